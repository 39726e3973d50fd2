// core/catalog/type_schema.h: what is declared of node types and relation types: who extends whom, what a relation
// means, what its ends and properties must be (docs/knowledge.md).
//
// Built as a whole by each declaration and immutable then: shared by all catalogs until the next one. A node type is a
// label with a declaration, a relation type a relationship type with one; names are the catalog's. Closures over
// EXTENDS are kept, so asking costs no walk. A schema in which no relation has traits says so in one flag
// (hasTraits()), and everything is plain Cypher then. Thread safety: immutable.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/ids.h"
#include "core/value/checked_type.h"
#include "core/value/value.h"

namespace plexus::catalog {

class Catalog;

struct PropertyDeclaration {
  PropertyKeyId key = kNoId;
  CheckedType type;
  bool notNull = false, unique = false;
  bool evidence = false;           // of a relation: a field of evidence rows, and no qualifier
  Value defaultValue;              // null: none
  std::vector<Value> enumeration;  // ascending: `phase >= 'phase 3'` compares by this order; empty: any value
};

struct NodeType {
  LabelId label = kNoId;
  std::vector<LabelId> parents;  // as declared; each is a node type
  bool isAbstract = false;       // nodes of it belong to one of its sub-types
  bool strict = false;           // nodes have no properties but declared ones
  std::vector<PropertyDeclaration> properties;
};

// A relation read as it is asserted, or turned round: x follows y is y precedes x, {precedes, reversed}.
struct RelationReading {
  RelTypeId type = kNoId;
  bool reversed = false;
  friend bool operator==(const RelationReading&, const RelationReading&) = default;
};

struct RelationType {
  RelTypeId type = kNoId;
  std::vector<RelationReading> parents;  // x type y entails x parent y
  std::vector<LabelId> from, to;         // one of them each; empty: anything
  bool symmetric = false, transitive = false, acyclic = false, functional = false;
  bool withEvidence = false;  // declared so; see TypeSchema::withEvidence()
  bool strict = false;        // no properties but declared ones
  RelTypeId inverse = kNoId;  // the name of the relation turned round: nothing is ever stored under it
  std::vector<std::vector<RelationReading>> impliedBy;  // chains: x a y, y b z entail x type z
  std::vector<RelationReading> disjointWith;            // contradict it between the same ends
  std::vector<PropertyDeclaration> properties;
};

class TypeSchema {
 public:
  TypeSchema() = default;  // nothing is declared

  // In order of declaration: parents come before their children. Names of `catalog` word the errors. Throws
  // Error{kSchemaError}: a type that extends itself (the cycle is spelled out), a parent that is not declared, traits
  // that contradict each other, an inverse name that is taken.
  static std::shared_ptr<const TypeSchema> build(std::vector<NodeType> nodes, std::vector<RelationType> relations,
                                                 bool strict, const Catalog& catalog);

  const std::vector<NodeType>& nodeTypes() const { return nodes_; }
  const std::vector<RelationType>& relationTypes() const { return relations_; }
  bool empty() const { return nodes_.empty() && relations_.empty() && !strict_; }
  // The database refuses what is not declared.
  bool strict() const { return strict_; }
  // False: no relation entails another one, by EXTENDS, SYMMETRIC, TRANSITIVE, INVERSE or IMPLIED BY.
  bool hasTraits() const { return hasTraits_; }

  // Null if the label or type has no declaration. An inverse name has none: see reading().
  const NodeType* nodeType(LabelId label) const;
  const RelationType* relationType(RelTypeId type) const;

  // All super-types or sub-types, not the type itself; nearest first. Empty for a label without a declaration.
  std::span<const LabelId> ancestors(LabelId label) const;
  std::span<const LabelId> descendants(LabelId label) const;
  bool isSubtype(LabelId label, LabelId ancestor) const;  // reflexive

  // All super-relations or sub-relations by EXTENDS, not the relation itself; nearest first. `reversed`: the relation
  // entails its super-relation turned round. With a symmetric relation on the way it entails it both ways round, and is
  // listed twice; a symmetric super-relation once, as it is.
  std::span<const RelationReading> superRelations(RelTypeId type) const;
  std::span<const RelationReading> subRelations(RelTypeId type) const;

  // What a name stands for: an inverse name for its relation, reversed; any other name for itself.
  RelationReading reading(RelTypeId type) const;
  bool isInverseName(RelTypeId type) const { return inverses_.contains(type); }

  // Declared of the type or inherited, its own first; one that is declared again lower down counts there.
  std::vector<const PropertyDeclaration*> properties(const NodeType& type) const;
  std::vector<const PropertyDeclaration*> properties(const RelationType& type) const;
  // Those of a relation that tell its statements apart, and those that are fields of their evidence.
  std::vector<const PropertyDeclaration*> qualifiers(const RelationType& type) const;
  std::vector<const PropertyDeclaration*> evidenceFields(const RelationType& type) const;
  // Statements have evidence rows: (start, type, end, qualifiers) is asserted once. Declared of the type or inherited.
  bool withEvidence(const RelationType& type) const;
  // The labels that an end may have: the type's own, or those of the nearest super-relation that names any.
  const std::vector<LabelId>& from(const RelationType& type) const { return ends(type, false); }
  const std::vector<LabelId>& to(const RelationType& type) const { return ends(type, true); }

 private:
  friend class TypeSchemaBuilder;
  const std::vector<LabelId>& ends(const RelationType& type, bool target) const;

  std::vector<NodeType> nodes_;
  std::vector<RelationType> relations_;
  bool strict_ = false, hasTraits_ = false;
  std::unordered_map<LabelId, std::size_t> nodePlaces_;
  std::unordered_map<RelTypeId, std::size_t> relationPlaces_;
  std::unordered_map<RelTypeId, RelTypeId> inverses_;  // inverse name -> relation
  std::unordered_map<LabelId, std::vector<LabelId>> ancestors_, descendants_;
  std::unordered_map<RelTypeId, std::vector<RelationReading>> superRelations_, subRelations_;
};

}  // namespace plexus::catalog
