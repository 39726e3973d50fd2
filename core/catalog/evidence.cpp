#include "core/catalog/evidence.h"

#include <algorithm>

#include "core/value/calendar.h"
#include "core/value/json.h"
#include "core/value/print.h"
#include "core/value/temporal_text.h"
#include "core/value/type.h"

namespace plexus::catalog {
namespace {

// Rows hold no entities.
class NoEntities final : public EntitySource {
  std::vector<std::string> labels(NodeId) const override { return {}; }
  std::vector<MapEntry> properties(NodeId) const override { return {}; }
  std::string typeName(const Relationship&) const override { return {}; }
  std::vector<MapEntry> properties(const Relationship&) const override { return {}; }
};

// As JSON keeps it: a temporal value is an object of one entry, {"$DATE": "2026-11-27"}; a point its text.
Value toJson(const Value& value) {
  if (value.is(ValueKind::kList)) {
    List list;
    for (const Value& element : value.list()) list.push_back(toJson(element));
    return list;
  }
  if (value.isTemporal()) return Map{{{"$" + Type::of(value).text(), Value{toDisplayText(value)}}}};
  return value.is(ValueKind::kPoint) ? Value{toDisplayText(value)} : value;
}

std::optional<Value> readTemporal(std::string_view type, std::string_view text) {
  const auto read = [](auto parsed) { return parsed ? std::optional{Value{*parsed}} : std::nullopt; };
  if (type == "DATE") return read(parseDate(text));
  if (type == "DURATION") return read(parseDuration(text));
  const bool isTime = type == "LOCAL TIME" || type == "ZONED TIME";
  const auto moment = isTime ? parseTime(text) : parseDateTime(text);
  if (!moment || !moment->time || (!isTime && !moment->date)) return std::nullopt;
  const std::int32_t offset = moment->offset.value_or(0);
  if (type == "LOCAL TIME") return Value{*moment->time};
  if (type == "ZONED TIME") return Value{Time{moment->time->nanoOfDay, offset}};
  const LocalDateTime local = calendar::combine(*moment->date, *moment->time);
  if (type == "LOCAL DATETIME") return Value{local};
  if (type == "ZONED DATETIME") return Value{DateTime{local.epochSecond - offset, local.nano, offset, moment->zone}};
  return std::nullopt;
}

Value fromJson(const Value& value) {
  if (value.is(ValueKind::kList)) {
    List list;
    for (const Value& element : value.list()) list.push_back(fromJson(element));
    return list;
  }
  if (!value.is(ValueKind::kMap)) return value;
  const auto& entries = value.map().entries();
  if (entries.size() != 1 || !entries[0].first.starts_with('$') || !entries[0].second.is(ValueKind::kString)) {
    return value;
  }
  return readTemporal(std::string_view{entries[0].first}.substr(1), entries[0].second.string()).value_or(value);
}

}  // namespace

bool isQualifier(const Catalog& catalog, RelTypeId type, PropertyKeyId key) {
  const auto* declared = catalog.types().relationType(type);
  if (declared == nullptr) return false;
  const auto properties = catalog.types().qualifiers(*declared);
  return std::any_of(properties.begin(), properties.end(), [&](const auto* property) { return property->key == key; });
}

void addDefaults(const Catalog& catalog, RelTypeId type, std::vector<MapEntry>& row) {
  const auto* declared = catalog.types().relationType(type);
  if (declared == nullptr) return;
  const auto add = [&](const std::vector<PropertyDeclaration>& properties) {
    for (const PropertyDeclaration& field : properties) {
      if (field.defaultValue.isNull() || isQualifier(catalog, type, field.key)) continue;
      const std::string& name = catalog.propertyKeys.name(field.key);
      const auto isIt = [&](const MapEntry& entry) { return entry.first == name; };
      if (std::none_of(row.begin(), row.end(), isIt)) row.emplace_back(name, field.defaultValue);
    }
  };
  add(declared->properties);
  for (const auto& above : catalog.types().superRelations(type)) {
    add(catalog.types().relationType(above.type)->properties);
  }
}

std::optional<Map> readRow(std::string_view text, std::string& why) {
  const auto row = readJson(text, why);
  if (!row) return std::nullopt;
  if (!row->is(ValueKind::kMap)) {
    why = "it is not an object";
    return std::nullopt;
  }
  std::vector<MapEntry> entries = row->map().entries();
  for (auto& [name, value] : entries) value = fromJson(value);
  return Map{std::move(entries)};
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
        if (const auto row = readRow(text.string(), why)) rows.emplace_back(*row);
      }
    } else if (!isQualifier(catalog, relationship.type, key)) {
      first.emplace_back(name, value);
    }
  }
  if (!first.empty()) rows.insert(rows.begin(), Value{Map{std::move(first)}});
  return rows;
}

std::string evidenceText(const Map& row) {
  auto entries = row.entries();
  for (auto& [name, value] : entries) value = toJson(value);
  std::sort(entries.begin(), entries.end(), [](const MapEntry& a, const MapEntry& b) { return a.first < b.first; });
  std::string text;
  appendJson(text, Value{Map{std::move(entries)}}, NoEntities{});
  return text;
}

}  // namespace plexus::catalog
