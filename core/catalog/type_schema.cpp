#include "core/catalog/type_schema.h"

#include <algorithm>

namespace plexus::catalog {
namespace {

const std::vector<LabelId> kAnything;

template <typename Map>
auto spanOf(const Map& map, std::uint16_t id) {
  const auto found = map.find(id);
  using Element = typename Map::mapped_type::value_type;
  return found == map.end() ? std::span<const Element>{} : std::span<const Element>{found->second};
}

void addNew(std::vector<const PropertyDeclaration*>& all, const std::vector<PropertyDeclaration>& more) {
  for (const auto& property : more) {
    const bool known = std::any_of(all.begin(), all.end(), [&](const auto* p) { return p->key == property.key; });
    if (!known) all.push_back(&property);
  }
}

}  // namespace

const NodeType* TypeSchema::nodeType(LabelId label) const {
  const auto found = nodePlaces_.find(label);
  return found == nodePlaces_.end() ? nullptr : &nodes_[found->second];
}

const RelationType* TypeSchema::relationType(RelTypeId type) const {
  const auto found = relationPlaces_.find(type);
  return found == relationPlaces_.end() ? nullptr : &relations_[found->second];
}

std::span<const LabelId> TypeSchema::ancestors(LabelId label) const { return spanOf(ancestors_, label); }
std::span<const LabelId> TypeSchema::descendants(LabelId label) const { return spanOf(descendants_, label); }

bool TypeSchema::isSubtype(LabelId label, LabelId ancestor) const {
  const auto above = ancestors(label);
  return label == ancestor || std::find(above.begin(), above.end(), ancestor) != above.end();
}

std::span<const RelationReading> TypeSchema::superRelations(RelTypeId type) const {
  return spanOf(superRelations_, type);
}
std::span<const RelationReading> TypeSchema::subRelations(RelTypeId type) const { return spanOf(subRelations_, type); }

RelationReading TypeSchema::reading(RelTypeId type) const {
  const auto found = inverses_.find(type);
  return found == inverses_.end() ? RelationReading{type, false} : RelationReading{found->second, true};
}

std::vector<const PropertyDeclaration*> TypeSchema::properties(const NodeType& type) const {
  std::vector<const PropertyDeclaration*> all;
  addNew(all, type.properties);
  for (const LabelId ancestor : ancestors(type.label)) addNew(all, nodeType(ancestor)->properties);
  return all;
}

std::vector<const PropertyDeclaration*> TypeSchema::properties(const RelationType& type) const {
  std::vector<const PropertyDeclaration*> all;
  addNew(all, type.properties);
  for (const auto& ancestor : superRelations(type.type)) addNew(all, relationType(ancestor.type)->properties);
  return all;
}

std::vector<const PropertyDeclaration*> TypeSchema::qualifiers(const RelationType& type) const {
  auto all = properties(type);
  std::erase_if(all, [](const PropertyDeclaration* property) { return property->evidence; });
  return all;
}

std::vector<const PropertyDeclaration*> TypeSchema::evidenceFields(const RelationType& type) const {
  auto all = properties(type);
  std::erase_if(all, [](const PropertyDeclaration* property) { return !property->evidence; });
  return all;
}

bool TypeSchema::withEvidence(const RelationType& type) const {
  const auto above = superRelations(type.type);
  return type.withEvidence || std::any_of(above.begin(), above.end(), [&](const RelationReading& ancestor) {
           return relationType(ancestor.type)->withEvidence;
         });
}

const std::vector<LabelId>& TypeSchema::ends(const RelationType& type, bool target) const {
  const auto& own = target ? type.to : type.from;
  if (!own.empty()) return own;
  for (const auto& ancestor : superRelations(type.type)) {
    const RelationType& above = *relationType(ancestor.type);
    const auto& inherited = target != ancestor.reversed ? above.to : above.from;
    if (!inherited.empty()) return inherited;
  }
  return kAnything;
}

}  // namespace plexus::catalog
