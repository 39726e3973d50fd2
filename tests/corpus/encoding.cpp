#include "tests/corpus/encoding.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <regex>
#include <stdexcept>

#include <fmt/format.h>

namespace plexus::corpus {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::element_type;
using simdjson::dom::object;

using Fields = std::map<std::string, std::string>;

std::string floatText(double d) {
  if (std::isnan(d)) return "float NaN";
  if (std::isinf(d)) return d > 0 ? "float Infinity" : "float -Infinity";
  return fmt::format("float {:.9g}", d == 0 ? 0.0 : d);
}

std::string listText(std::vector<std::string> items, bool anyOrder) {
  if (anyOrder) std::sort(items.begin(), items.end());
  return fmt::format("[{}]", fmt::join(items, ", "));
}

std::string mapText(const Fields& fields) {
  std::string text = "{";
  for (const auto& [key, value] : fields) text += key + ": " + value + ", ";
  return text + "}";
}

std::string nodeText(std::vector<std::string> labels, const Fields& properties) {
  std::sort(labels.begin(), labels.end());
  return fmt::format("(:{} {})", fmt::join(labels, ":"), mapText(properties));
}

std::string relationshipText(std::string_view type, const Fields& properties) {
  return fmt::format("[:{} {}]", type, mapText(properties));
}

// 10:15 and 10:15:00 are the same, also before an offset.
std::string temporalText(std::string_view kind, const std::string& text) {
  static const std::regex zeroSeconds{R"((\d\d:\d\d):00(?![.\d]))"};
  return fmt::format("{} {}", kind, std::regex_replace(text, zeroSeconds, "$1"));
}

std::string pointText(std::int64_t srid, const std::vector<double>& coordinates) {
  return fmt::format("point {} {:.9g}", srid, fmt::join(coordinates, " "));
}

Fields fieldsOf(const object& json, bool anyListOrder, std::string_view except = {}) {
  Fields fields;
  for (const auto& [key, value] : json)
    if (key != except) fields[std::string{key}] = canonicalJson(value, anyListOrder);
  return fields;
}

std::string graphElementText(const object& json, bool isNode, bool anyListOrder) {
  const Fields properties = fieldsOf(object{json["properties"]}, anyListOrder);
  if (!isNode) return relationshipText(std::string_view{json["type"]}, properties);
  std::vector<std::string> labels;
  for (const auto label : array{json["labels"]}) labels.emplace_back(std::string_view{label});
  return nodeText(std::move(labels), properties);
}

std::string pathText(const array& json, bool anyListOrder) {
  std::string text = "path ";
  for (const auto item : json) {
    const object wrapped{item};
    element inner;
    if (wrapped["$node"].get(inner) == simdjson::SUCCESS) {
      text += graphElementText(object{inner}, true, anyListOrder);
      continue;
    }
    const bool hasWrapper = wrapped["$rel"].get(inner) == simdjson::SUCCESS;
    const object relationship = hasWrapper ? object{inner} : wrapped;
    bool forward = false;
    if (relationship["forward"].get(forward) != simdjson::SUCCESS &&
        wrapped["forward"].get(forward) != simdjson::SUCCESS)
      forward = false;
    text += (forward ? " -> " : " <- ") + graphElementText(relationship, false, anyListOrder);
  }
  return text;
}

std::string objectText(const object& json, bool anyListOrder) {
  for (const auto& [key, value] : json) {
    if (key.empty() || key[0] != '$') break;
    if (key == "$float") return floatText(std::stod(std::string{std::string_view{value}}));
    if (key == "$node" || key == "$rel") return graphElementText(object{value}, key == "$node", anyListOrder);
    if (key == "$path") return pathText(array{value}, anyListOrder);
    if (key == "$point") {
      std::vector<double> coordinates;
      for (const auto c : array{value["coordinates"]}) coordinates.push_back(double{c});
      return pointText(std::int64_t{value["srid"]}, coordinates);
    }
    return temporalText(key.substr(1), std::string{std::string_view{value}});
  }
  return mapText(fieldsOf(json, anyListOrder));
}

Fields fieldsOf(const std::vector<MapEntry>& entries, const EntitySource& entities, bool anyListOrder) {
  Fields fields;
  for (const auto& [key, value] : entries) fields[key] = canonicalValue(value, entities, anyListOrder);
  return fields;
}

std::string pathText(const Path& path, const EntitySource& entities, bool anyListOrder) {
  const auto node = [&](NodeId id) { return canonicalValue(Value::node(id), entities, anyListOrder); };
  std::string text = "path " + node(path.nodes[0]);
  for (std::size_t i = 0; i < path.relationships.size(); ++i)
    text += (path.relationships[i].start == path.nodes[i] ? " -> " : " <- ") +
            canonicalValue(Value{path.relationships[i]}, entities, anyListOrder) + node(path.nodes[i + 1]);
  return text;
}

std::string_view temporalKind(ValueKind kind) {
  switch (kind) {
    case ValueKind::kDate:
      return "date";
    case ValueKind::kLocalTime:
      return "localtime";
    case ValueKind::kTime:
      return "time";
    case ValueKind::kLocalDateTime:
      return "localdatetime";
    case ValueKind::kDateTime:
      return "datetime";
    default:
      return "duration";
  }
}

}  // namespace

std::string canonicalJson(const element& json, bool anyListOrder) {
  switch (json.type()) {
    case element_type::NULL_VALUE:
      return "null";
    case element_type::BOOL:
      return bool{json} ? "true" : "false";
    case element_type::INT64:
      return fmt::format("int {}", std::int64_t{json});
    case element_type::UINT64:
      return fmt::format("int {}", std::uint64_t{json});
    case element_type::DOUBLE:
      return floatText(double{json});
    case element_type::STRING:
      return fmt::format("'{}'", std::string_view{json});
    case element_type::OBJECT:
      return objectText(object{json}, anyListOrder);
    case element_type::ARRAY:
      break;
  }
  std::vector<std::string> items;
  for (const auto item : array{json}) items.push_back(canonicalJson(item, anyListOrder));
  return listText(std::move(items), anyListOrder);
}

std::string canonicalValue(const Value& value, const EntitySource& entities, bool anyListOrder) {
  switch (value.kind()) {
    case ValueKind::kNull:
      return "null";
    case ValueKind::kBoolean:
      return value.boolean() ? "true" : "false";
    case ValueKind::kInteger:
      return fmt::format("int {}", value.integer());
    case ValueKind::kFloat:
      return floatText(value.floating());
    case ValueKind::kString:
      return fmt::format("'{}'", value.string());
    case ValueKind::kList: {
      std::vector<std::string> items;
      for (const Value& item : value.list()) items.push_back(canonicalValue(item, entities, anyListOrder));
      return listText(std::move(items), anyListOrder);
    }
    case ValueKind::kMap:
      return mapText(fieldsOf(value.map().entries(), entities, anyListOrder));
    case ValueKind::kNode:
      return nodeText(entities.labels(value.node()),
                      fieldsOf(entities.properties(value.node()), entities, anyListOrder));
    case ValueKind::kRelationship: {
      const Relationship r = value.relationship();
      return relationshipText(entities.typeName(r), fieldsOf(entities.properties(r), entities, anyListOrder));
    }
    case ValueKind::kPath:
      return pathText(value.path(), entities, anyListOrder);
    case ValueKind::kPoint: {
      const Point& p = value.point();
      std::vector<double> coordinates{p.x, p.y};
      if (p.is3D()) coordinates.push_back(p.z);
      return pointText(p.srid, coordinates);
    }
    default:
      return temporalText(temporalKind(value.kind()), toDisplayText(value));
  }
}

Value decode(const element& json, Connection& connection) {
  switch (json.type()) {
    case element_type::BOOL:
      return Value{bool{json}};
    case element_type::INT64:
      return Value{std::int64_t{json}};
    case element_type::DOUBLE:
      return Value{double{json}};
    case element_type::STRING:
      return Value{std::string_view{json}};
    case element_type::ARRAY: {
      List list;
      for (const auto item : array{json}) list.push_back(decode(item, connection));
      return Value{std::move(list)};
    }
    case element_type::OBJECT:
      break;
    default:
      return {};
  }
  std::vector<MapEntry> entries;
  for (const auto& [key, value] : object{json}) {
    if (!key.empty() && key[0] == '$') {
      if (key == "$float") return Value{std::stod(std::string{std::string_view{value}})};
      if (key == "$point") throw std::runtime_error{"points as parameters are not read"};
      Result result =
          connection.run(fmt::format("RETURN {}($text)", key.substr(1)), {{"text", decode(value, connection)}});
      return result.nextRow() ? result.value(0) : Value{};
    }
    entries.emplace_back(key, decode(value, connection));
  }
  return Value{Map{std::move(entries)}};
}

}  // namespace plexus::corpus
