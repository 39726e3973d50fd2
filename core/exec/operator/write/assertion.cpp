#include "core/exec/operator/write/assertion.h"

#include <algorithm>

#include "core/catalog/evidence.h"
#include "core/value/compare.h"

namespace plexus::exec {
namespace {

using catalog::Catalog;
using catalog::PropertyDeclaration;
using Given = std::span<const storage::PropertyValue>;

Value givenValue(Given given, const PropertyDeclaration& property) {
  const auto found = std::find_if(given.begin(), given.end(), [&](const auto& p) { return p.key == property.key; });
  return found == given.end() ? property.defaultValue : found->value;
}

bool sameQualifiers(const storage::GraphView& view, const catalog::RelationType& type, const Relationship& known,
                    Given given) {
  const auto declared = Catalog::of(view).types().qualifiers(type);
  return std::all_of(declared.begin(), declared.end(), [&](const PropertyDeclaration* property) {
    return equivalent(view.property(known, property->key), givenValue(given, *property));
  });
}

std::optional<Relationship> findStatement(const storage::GraphView& view, const catalog::RelationType& type,
                                          NodeId start, NodeId end, Given given) {
  const auto adjacency = view.adjacency(type.type, Direction::kOut);
  const auto ends = adjacency.neighbours(start);
  const auto ids = adjacency.relationships(start);
  auto at = std::lower_bound(ends.begin(), ends.end(), end);
  for (; at != ends.end() && *at == end; ++at) {
    const Relationship known{start, end, ids[static_cast<std::size_t>(at - ends.begin())], type.type};
    if (sameQualifiers(view, type, known, given)) return known;
  }
  return std::nullopt;
}

// Whether an assertion without evidence lacks a field that it must have: the row that it makes will be refused.
bool wantsEvidence(const Catalog& catalog, RelTypeId type) {
  const auto wants = [&](const catalog::RelationType& declared) {
    return std::any_of(declared.properties.begin(), declared.properties.end(),
                       [](const PropertyDeclaration& field) { return field.evidence && field.notNull; });
  };
  const auto& types = catalog.types();
  const auto above = types.superRelations(type);
  return wants(*types.relationType(type)) ||
         std::any_of(above.begin(), above.end(), [&](const auto& r) { return wants(*types.relationType(r.type)); });
}

void addRow(WriteContext& writes, const Relationship& statement, Given given) {
  const auto& catalog = Catalog::of(writes.view());
  std::vector<MapEntry> row;
  for (const auto& property : given) {
    if (catalog::isQualifier(catalog, statement.type, property.key)) continue;
    row.emplace_back(catalog.propertyKeys.name(property.key), property.value);
  }
  if (row.empty() && !wantsEvidence(catalog, statement.type)) return;
  catalog::addDefaults(catalog, statement.type, row);
  const List known = catalog::evidenceOf(writes.view(), statement);
  if (known.empty()) {
    for (const auto& [name, value] : row) writes.setProperty(statement, writes.propertyKey(name), value);
    return;
  }
  const std::string text = catalog::evidenceText(Map{std::move(row)});
  const bool there = std::any_of(known.begin(), known.end(),
                                 [&](const Value& other) { return catalog::evidenceText(other.map()) == text; });
  if (there) return;
  const PropertyKeyId key = writes.propertyKey(std::string{catalog::kMoreEvidence});
  const Value more = writes.view().property(statement, key);
  List texts = more.is(ValueKind::kList) ? more.list() : List{};
  texts.emplace_back(text);
  writes.setProperty(statement, key, Value{std::move(texts)});
}

}  // namespace

bool keepsEvidence(const WriteContext& writes, RelTypeId type) {
  const auto& types = Catalog::of(writes.view()).types();
  const auto* declared = types.relationType(types.reading(type).type);
  return declared && types.withEvidence(*declared);
}

Relationship assertStatement(WriteContext& writes, RelTypeId type, NodeId start, NodeId end, Given properties) {
  const auto& types = Catalog::of(writes.view()).types();
  const auto meant = types.reading(type);
  const auto& declared = *types.relationType(meant.type);
  if (meant.reversed) std::swap(start, end);
  auto known = findStatement(writes.view(), declared, start, end, properties);
  if (!known && declared.symmetric) known = findStatement(writes.view(), declared, end, start, properties);
  if (known) {
    addRow(writes, *known, properties);
    return *known;
  }
  const Relationship made = writes.createRelationship(meant.type, start, end);
  for (const auto& property : properties) writes.setProperty(made, property.key, property.value);
  return made;
}

}  // namespace plexus::exec
