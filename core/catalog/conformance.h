// core/catalog/conformance.h: what in a graph contradicts the declared types (type_schema.h).
//
// Works on sets: writes ask about what they touched, a declaration about all that has its label or type, CALL kg.lint()
// about everything. Cost: for each declared type, the nodes of the set that have it, times its properties; for
// relationships each one, times its super-relations.
// Thread safety: as the view's.
#pragma once

#include <functional>
#include <roaring/roaring.hh>
#include <span>
#include <string>
#include <vector>

#include "core/catalog/catalog.h"
#include "core/catalog/property_check.h"
#include "core/storage/graph_view.h"

namespace plexus::catalog {

struct Offence {
  std::string rule;     // "node type `Drug`: abstract", by which offences are grouped
  std::string message;  // one sentence with entity and value
};

class Conformance {
 public:
  // `tell` may throw, to end the check. Both must outlive this.
  Conformance(const storage::GraphView& view, std::function<void(Offence)> tell);

  // Super-types' labels, abstract types, properties.
  void checkNodes(const Roaring& nodes);
  // Ends, properties, FUNCTIONAL; all of one type.
  void checkRelationships(RelTypeId type, std::span<const Relationship> relationships);
  // Cycles in ACYCLIC relations that go through one of these.
  void checkCycles(RelTypeId type, std::span<const Relationship> relationships);
  void checkAll();

  // "node 12 (:Drug {name: 'aspirin'})": its most specific labels, and its name if it has one.
  std::string describe(NodeId node) const;
  std::string describe(const Relationship& relationship) const;

 private:
  template <typename Entities, typename Column>
  void checkProperties(const std::vector<PropertyCheck>& checks, const Entities& entities, Column column);
  void checkLabels(const NodeType& type, const Roaring& nodes);
  void checkStrict(const NodeType& type, const Roaring& nodes);
  void checkUndeclared(const Roaring& nodes);
  void checkEnds(const RelationType& type, bool reversed, std::span<const Relationship> relationships);
  void checkFunctional(const RelationType& type, bool reversed, std::span<const Relationship> relationships);
  void checkStrict(const RelationType& type, std::span<const Relationship> relationships);
  void checkStatements(const RelationType& type, std::span<const Relationship> relationships);
  void checkEvidence(const RelationType& type, std::span<const Relationship> relationships);
  void checkFields(const RelationType& type, const Relationship& relationship, const List& rows);
  bool isDeclared(NodeId node, PropertyKeyId key) const;
  // Calls back with each node that `node` is related to by the relation or one of its sub-relations.
  void forEachTarget(RelTypeId type, NodeId node, const std::function<void(NodeId)>& visit) const;
  std::string stepText(RelTypeId type, NodeId from, NodeId to) const;
  std::string labelList(const std::vector<LabelId>& labels) const;

  const storage::GraphView& view_;
  const Catalog& catalog_;
  const TypeSchema& types_;
  std::function<void(Offence)> tell_;
};

// All relationships of a type, in order of their starts, then ends; or those of an adjacency from starts to ends.
std::vector<Relationship> relationshipsOf(const storage::GraphView& view, RelTypeId type);
std::vector<Relationship> relationshipsOf(const storage::GraphView& view, RelTypeId type,
                                          const storage::Adjacency& adjacency);
// Those that start or end at one of the nodes; loops once.
std::vector<Relationship> relationshipsAt(const storage::GraphView& view, RelTypeId type, const Roaring& nodes);

}  // namespace plexus::catalog
