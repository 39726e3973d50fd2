#include "core/catalog/evidence.h"

#include <algorithm>

#include "core/value/json.h"
#include "core/value/print.h"

namespace plexus::catalog {
namespace {

// Rows hold no entities.
class NoEntities final : public EntitySource {
  std::vector<std::string> labels(NodeId) const override { return {}; }
  std::vector<MapEntry> properties(NodeId) const override { return {}; }
  std::string typeName(const Relationship&) const override { return {}; }
  std::vector<MapEntry> properties(const Relationship&) const override { return {}; }
};

// As JSON keeps it, so that all rows are of one kind.
Value kept(const Value& value) {
  const auto kind = value.kind();
  if (kind == ValueKind::kList) {
    List list;
    for (const Value& element : value.list()) list.push_back(kept(element));
    return list;
  }
  const bool plain = kind == ValueKind::kBoolean || kind == ValueKind::kInteger || kind == ValueKind::kFloat ||
                     kind == ValueKind::kString || kind == ValueKind::kNull;
  return plain ? value : Value{toDisplayText(value)};
}

}  // namespace

bool isQualifier(const Catalog& catalog, RelTypeId type, PropertyKeyId key) {
  const auto* declared = catalog.types().relationType(type);
  if (declared == nullptr) return false;
  const auto properties = catalog.types().properties(*declared);
  return std::any_of(properties.begin(), properties.end(), [&](const auto* property) { return property->key == key; });
}

List evidenceOf(const storage::GraphView& view, const Relationship& relationship) {
  const auto& catalog = Catalog::of(view);
  std::vector<MapEntry> first;
  List rows;
  for (const auto& [key, value] : view.properties(relationship)) {
    const std::string& name = catalog.propertyKeys.name(key);
    if (name == kMoreEvidence && value.is(ValueKind::kList)) {
      for (const Value& text : value.list()) {
        std::string why;
        if (!text.is(ValueKind::kString)) continue;
        if (auto row = readJson(text.string(), why)) rows.push_back(std::move(*row));
      }
    } else if (!isQualifier(catalog, relationship.type, key)) {
      first.emplace_back(name, kept(value));
    }
  }
  if (!first.empty()) rows.insert(rows.begin(), Value{Map{std::move(first)}});
  return rows;
}

std::string evidenceText(const Map& row) {
  auto entries = row.entries();
  std::sort(entries.begin(), entries.end(), [](const MapEntry& a, const MapEntry& b) { return a.first < b.first; });
  std::string text;
  appendJson(text, Value{Map{std::move(entries)}}, NoEntities{});
  return text;
}

}  // namespace plexus::catalog
