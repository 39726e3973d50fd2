// core/bind/binding.h: what all parts of the binder share while one statement is bound: its variables, its parameters,
// and the names it reads and writes, for warnings.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/bind/binder.h"
#include "core/bind/bound_query.h"
#include "core/bind/scope.h"

namespace plexus::bind {

// Labels, relation types or property keys of a statement.
struct NamesUsed {
  std::set<std::string> read, written;
  bool anyWritten = false;  // what is written is known when the statement runs: any name may be there then

  // A name that an expression gives; the names that are the keys of a map.
  void write(const BoundExpression& name);
  void writeKeys(const BoundExpression& map);
};

class Binding {
 public:
  Binding(std::string_view text, const BindContext& context) : text_{text}, context_{context} {}

  const BindContext& context() const { return context_; }
  std::string_view text() const { return text_; }
  std::string textOf(Span span) const { return std::string{text_.substr(span.begin, span.end - span.begin)}; }

  VariableId newVariable(std::string name, Type type);
  // With a name that no query can write.
  VariableId newAnonymous(std::string_view purpose, Type type);
  const VariableInfo& info(VariableId variable) const { return variables_[variable]; }
  void setType(VariableId variable, Type type) { variables_[variable].type = std::move(type); }
  // Labels or types that a pattern demands of the variable; those of another one hold of it too.
  void addLabels(VariableId variable, const LabelsPtr& demanded);
  void copyLabels(VariableId from, VariableId to);
  // What a property of the expression is one of.
  Enumeration enumerationOf(const BoundExpression& owner, std::string_view key) const;
  // An expression that reads the variable.
  ExpressionPtr read(VariableId variable, Span span) const;

  // Where it is read; the first place is kept.
  void useParameter(const std::string& name, Span span);

  NamesUsed labels, relTypes, propertyKeys;
  std::vector<std::string> warnings;

  // Moves variables, parameters and warnings into the statement, with those of unknown names.
  void finish(BoundStatement& statement);

 private:
  std::string_view text_;
  const BindContext& context_;
  std::vector<VariableInfo> variables_;
  std::unordered_map<VariableId, LabelsPtr> labels_;
  std::vector<std::string> parameters_;
  std::vector<Span> parameterSpans_;  // parallel
};

[[noreturn]] void throwUndefined(const Scope& scope, const std::string& name, Span span);
[[noreturn]] void throwAlreadyBound(const Scope& scope, const std::string& name, Span span);
[[noreturn]] void throwShadowing(const std::string& name, Span span);
[[noreturn]] void throwSyntax(std::string_view detail, std::string message, Span span, std::string hint = {});

}  // namespace plexus::bind
