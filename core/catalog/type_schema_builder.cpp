// Checks declarations against each other, puts parents before children, and closes EXTENDS.
#include <algorithm>
#include <unordered_set>

#include "core/base/error.h"
#include "core/base/nearest_name.h"
#include "core/catalog/catalog.h"
#include "core/catalog/type_schema.h"

namespace plexus::catalog {
namespace {

[[noreturn]] void fail(std::string message, std::string hint = {}) {
  throw Error{ErrorType::kSchemaError, Phase::kRuntime, "", std::move(message), {}, std::move(hint)};
}

LabelId idOf(const NodeType& type) { return type.label; }
RelTypeId idOf(const RelationType& type) { return type.type; }
LabelId idOf(LabelId label) { return label; }
RelTypeId idOf(const RelationReading& reading) { return reading.type; }

// Sorts types so that parents come first, otherwise in the order given.
template <typename Type>
class Hierarchy {
 public:
  Hierarchy(std::vector<Type>& types, const NameTable& names, std::string_view kind)
      : types_{types}, names_{names}, kind_{kind} {}

  void sort() {
    for (std::size_t i = 0; i < types_.size(); ++i) {
      if (!places_.emplace(idOf(types_[i]), i).second) fail("`" + nameOf(types_[i]) + "` is declared twice");
    }
    for (const Type& type : types_) visit(type);
    std::vector<Type> sorted;
    for (const std::size_t place : order_) sorted.push_back(std::move(types_[place]));
    types_ = std::move(sorted);
  }

 private:
  const std::string& nameOf(const Type& type) const { return names_.name(idOf(type)); }

  void visit(const Type& type) {
    if (done_.contains(idOf(type))) return;
    if (std::find(path_.begin(), path_.end(), &type) != path_.end()) failWithCycle(type);
    path_.push_back(&type);
    for (const auto& parent : type.parents) {
      const auto found = places_.find(idOf(parent));
      if (found == places_.end()) failWithoutParent(type, names_.name(idOf(parent)));
      visit(types_[found->second]);
    }
    path_.pop_back();
    done_.insert(idOf(type));
    order_.push_back(places_.at(idOf(type)));
  }

  [[noreturn]] void failWithCycle(const Type& type) const {
    std::string cycle;
    for (auto at = std::find(path_.begin(), path_.end(), &type); at != path_.end(); ++at) {
      cycle += nameOf(**at) + " EXTENDS ";
    }
    fail("a type cannot extend itself: " + cycle + nameOf(type));
  }

  [[noreturn]] void failWithoutParent(const Type& type, const std::string& parent) const {
    std::vector<std::string> known;
    for (const Type& other : types_) known.push_back(nameOf(other));
    fail("`" + nameOf(type) + "` extends `" + parent + "`, which is not a declared " + kind_,
         didYouMean(parent, known));
  }

  std::vector<Type>& types_;
  const NameTable& names_;
  std::string kind_;
  std::unordered_map<std::uint16_t, std::size_t> places_;
  std::unordered_set<std::uint16_t> done_;
  std::vector<const Type*> path_;
  std::vector<std::size_t> order_;
};

void requireDistinctProperties(const std::vector<PropertyDeclaration>& properties, const std::string& owner,
                               const Catalog& catalog) {
  std::unordered_set<PropertyKeyId> seen;
  for (const auto& property : properties) {
    if (seen.insert(property.key).second) continue;
    fail("`" + owner + "` declares the property `" + catalog.propertyKeys.name(property.key) + "` twice");
  }
}

bool sameLabels(std::vector<LabelId> a, std::vector<LabelId> b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  return a == b;
}

}  // namespace

class TypeSchemaBuilder {
 public:
  TypeSchemaBuilder(TypeSchema& schema, const Catalog& catalog) : schema_{schema}, catalog_{catalog} {}

  void buildNodes() {
    Hierarchy<NodeType>{schema_.nodes_, catalog_.labels, "node type"}.sort();
    for (std::size_t i = 0; i < schema_.nodes_.size(); ++i) {
      const NodeType& type = schema_.nodes_[i];
      requireDistinctProperties(type.properties, catalog_.labels.name(type.label), catalog_);
      for (const auto& property : type.properties) {
        if (!property.evidence) continue;
        fail("`" + catalog_.labels.name(type.label) + "`: the property `" + catalog_.propertyKeys.name(property.key) +
             "` of a node type cannot be EVIDENCE");
      }
      schema_.nodePlaces_.emplace(type.label, i);
      auto& above = schema_.ancestors_[type.label];
      std::vector<LabelId> level = type.parents;
      while (!level.empty()) {
        std::vector<LabelId> next;
        for (const LabelId label : level) {
          if (std::find(above.begin(), above.end(), label) != above.end()) continue;
          above.push_back(label);
          const auto& parents = schema_.nodeType(label)->parents;
          next.insert(next.end(), parents.begin(), parents.end());
        }
        level = std::move(next);
      }
    }
    for (const NodeType& type : schema_.nodes_) {
      for (const LabelId ancestor : schema_.ancestors_[type.label]) {
        schema_.descendants_[ancestor].push_back(type.label);
      }
    }
  }

  void buildRelations() {
    nameInverses();
    for (RelationType& type : schema_.relations_) resolve(type);
    Hierarchy<RelationType>{schema_.relations_, catalog_.relTypes, "relation type"}.sort();
    for (std::size_t i = 0; i < schema_.relations_.size(); ++i) {
      schema_.relationPlaces_.emplace(schema_.relations_[i].type, i);
      closeRelation(schema_.relations_[i]);
    }
    for (const RelationType& type : schema_.relations_) {
      requireConsistent(type);
      for (const auto& ancestor : schema_.superRelations(type.type)) {
        schema_.subRelations_[ancestor.type].push_back({type.type, ancestor.reversed});
      }
      schema_.hasTraits_ = schema_.hasTraits_ || type.symmetric || type.transitive || type.inverse != kNoId ||
                           !type.parents.empty() || !type.impliedBy.empty();
    }
  }

 private:
  const std::string& nameOf(RelTypeId type) const { return catalog_.relTypes.name(type); }

  void nameInverses() {
    for (const RelationType& type : schema_.relations_) {
      if (type.inverse == kNoId) continue;
      const auto clash = std::find_if(schema_.relations_.begin(), schema_.relations_.end(),
                                      [&](const RelationType& other) { return other.type == type.inverse; });
      if (clash != schema_.relations_.end()) {
        fail("`" + nameOf(type.inverse) + "` cannot name the inverse of `" + nameOf(type.type) +
             "`: it is a relation type of its own");
      }
      const auto [known, added] = schema_.inverses_.emplace(type.inverse, type.type);
      if (!added) {
        fail("`" + nameOf(type.inverse) + "` cannot name the inverse of both `" + nameOf(known->second) + "` and `" +
             nameOf(type.type) + "`");
      }
    }
  }

  // Inverse names become the relation that is stored, turned round.
  void resolve(RelationType& type) {
    const auto resolved = [&](RelationReading& reading) {
      const RelationReading meant = schema_.reading(reading.type);
      reading = {meant.type, meant.reversed != reading.reversed};
    };
    for (auto& parent : type.parents) resolved(parent);
    for (auto& other : type.disjointWith) resolved(other);
    for (auto& chain : type.impliedBy) {
      for (auto& step : chain) resolved(step);
    }
  }

  // Of a symmetric relation both ways round hold, so what is above it is entailed both ways round.
  std::vector<RelationReading> parentsOf(const RelationType& type, bool reversed) const {
    std::vector<RelationReading> out;
    for (const auto& parent : type.parents) {
      const bool symmetric = schema_.relationType(parent.type)->symmetric;
      out.push_back({parent.type, !symmetric && parent.reversed != reversed});
      if (type.symmetric && !symmetric) out.push_back({parent.type, parent.reversed == reversed});
    }
    return out;
  }

  void closeRelation(const RelationType& type) {
    auto& above = schema_.superRelations_[type.type];
    std::vector<RelationReading> level = parentsOf(type, false);
    while (!level.empty()) {
      std::vector<RelationReading> next;
      for (const auto& reading : level) {
        if (std::find(above.begin(), above.end(), reading) != above.end()) continue;
        above.push_back(reading);
        const auto parents = parentsOf(*schema_.relationType(reading.type), reading.reversed);
        next.insert(next.end(), parents.begin(), parents.end());
      }
      level = std::move(next);
    }
  }

  void requireEvidence(const RelationType& type) const {
    for (const auto& property : type.properties) {
      const std::string field =
          "`" + nameOf(type.type) + "`: the evidence field `" + catalog_.propertyKeys.name(property.key) + "` ";
      if (property.evidence && property.unique)
        fail(field + "cannot be UNIQUE: rows of several statements may share it");
      if (property.evidence && !schema_.withEvidence(type)) fail(field + "needs a relation WITH EVIDENCE");
    }
  }

  void requireConsistent(const RelationType& type) const {
    const std::string& name = nameOf(type.type);
    requireDistinctProperties(type.properties, name, catalog_);
    requireEvidence(type);
    if (type.symmetric && type.acyclic) fail("`" + name + "` cannot be both SYMMETRIC and ACYCLIC");
    for (const auto& above : schema_.superRelations(type.type)) {
      if (!type.symmetric || !schema_.relationType(above.type)->acyclic) continue;
      fail("`" + name + "` cannot be SYMMETRIC: it extends `" + nameOf(above.type) + "`, which is ACYCLIC");
    }
    if (type.symmetric && type.inverse != kNoId) fail("`" + name + "` is SYMMETRIC: it is its own inverse");
    if (type.symmetric && !sameLabels(schema_.from(type), schema_.to(type))) {
      fail("`" + name + "` is SYMMETRIC: FROM and TO must name the same types");
    }
    const auto requireName = [&](const RelationReading& reading) {
      const RelationType* of = schema_.relationType(reading.type);
      if (!reading.reversed || (of && of->inverse != kNoId)) return;
      fail("`" + name + "` refers to the inverse of `" + nameOf(reading.type) + "`, which has no name any more");
    };
    for (const auto& parent : type.parents) requireName(parent);
    for (const auto& chain : type.impliedBy) {
      for (const auto& step : chain) requireName(step);
    }
    for (const auto& other : type.disjointWith) {
      requireName(other);
      if (other == RelationReading{type.type, false}) fail("`" + name + "` cannot be disjoint with itself");
    }
  }

  TypeSchema& schema_;
  const Catalog& catalog_;
};

std::shared_ptr<const TypeSchema> TypeSchema::build(std::vector<NodeType> nodes, std::vector<RelationType> relations,
                                                    bool strict, const Catalog& catalog) {
  auto schema = std::make_shared<TypeSchema>();
  schema->nodes_ = std::move(nodes);
  schema->relations_ = std::move(relations);
  schema->strict_ = strict;
  TypeSchemaBuilder builder{*schema, catalog};
  builder.buildNodes();
  builder.buildRelations();
  return schema;
}

}  // namespace plexus::catalog
