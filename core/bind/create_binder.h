// core/bind/create_binder.h: patterns that are made, for CREATE and for the second half of MERGE.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/bind/binding.h"
#include "core/bind/scope.h"
#include "core/parse/ast/statement.h"

namespace plexus::bind {

class CreateBinder {
 public:
  // New names go into `scope`. For MERGE, an undirected relationship is made left to right.
  CreateBinder(Binding& binding, Scope& scope, bool merging) : binding_{binding}, scope_{scope}, merging_{merging} {}

  void add(const ast::PathPattern& path);
  BoundCreate take() { return std::move(create_); }

  // The same pattern to look for: what is made becomes conditions.
  PatternGraph search() const;

 private:
  VariableId addNode(const ast::NodePattern& node, bool alone);
  VariableId addRelationship(const ast::RelationshipPattern& source, VariableId left, VariableId right);
  void requireCreatable(const ast::RelationshipPattern& source) const;
  void setType(const ast::RelationshipPattern& source, CreateRelationship& relationship);
  ExpressionPtr bindProperties(const ast::Expression* properties);
  LabelsPtr searchDynamic(const ExpressionPtr& names, VariableId variable, PatternGraph& graph) const;
  std::size_t searchNode(VariableId variable, PatternGraph& graph) const;
  void searchRelationship(const CreateRelationship& created, PatternGraph& graph) const;
  void searchProperties(const ExpressionPtr& properties, VariableId variable, PatternGraph& graph) const;

  Binding& binding_;
  Scope& scope_;
  bool merging_;
  BoundCreate create_;
  std::vector<VariableId> boundNodes_;
  std::vector<VariableId> undirected_;  // relationships
};

// The labels that are set or made: plain names and dynamic ones. Throws SyntaxError for |, ! and %.
void bindWrittenLabels(Binding& binding, const Scope& scope, const ast::LabelExpression& source,
                       std::vector<std::string>& labels, std::vector<ExpressionPtr>& dynamic);

}  // namespace plexus::bind
