#include "core/catalog/property_check.h"

#include <algorithm>

#include "core/value/compare.h"
#include "core/value/print.h"

namespace plexus::catalog {
namespace {

std::vector<PropertyCheck> checksOf(const std::vector<PropertyDeclaration>& properties, const std::string& rule,
                                    const Catalog& catalog) {
  std::vector<PropertyCheck> checks;
  checks.reserve(properties.size());
  for (const auto& property : properties) {
    checks.push_back({property.key, catalog.propertyKeys.name(property.key), rule, property.notNull, property.type,
                      property.enumeration});
  }
  return checks;
}

std::string listText(const std::vector<Value>& values) {
  std::string text;
  for (const Value& value : values) text += (text.empty() ? "" : ", ") + toCypherText(value);
  return text;
}

std::string_view typeNameOf(Vector::Kind kind) {
  switch (kind) {
    case Vector::Kind::kBoolean:
      return "BOOLEAN";
    case Vector::Kind::kInteger:
      return "INTEGER";
    case Vector::Kind::kFloat:
      return "FLOAT";
    case Vector::Kind::kString:
      return "STRING";
    default:
      return "";
  }
}

}  // namespace

std::optional<std::string> PropertyCheck::offence(const Value& value) const {
  if (value.isNull()) return notNull ? std::optional<std::string>{"must not be missing"} : std::nullopt;
  if (!isOfType(value, type)) return "must be " + typeText(type) + ", not " + toCypherText(value);
  if (enumeration.empty()) return std::nullopt;
  const bool known = std::any_of(enumeration.begin(), enumeration.end(),
                                 [&](const Value& allowed) { return equivalent(allowed, value); });
  if (known) return std::nullopt;
  return "must be one of " + listText(enumeration) + ", not " + toCypherText(value);
}

bool PropertyCheck::holdsForAll(Vector::Kind kind, bool mayBeNull) const {
  if ((notNull && mayBeNull) || !enumeration.empty()) return false;
  const auto takesAll = [&](const CheckedType& t) { return t.base == "ANY" || t.base == typeNameOf(kind); };
  if (type.alternatives.empty()) return takesAll(type);
  return std::any_of(type.alternatives.begin(), type.alternatives.end(),
                     [&](const CheckedType& t) { return t.alternatives.empty() && takesAll(t); });
}

std::vector<PropertyCheck> propertyChecks(const NodeType& type, const Catalog& catalog) {
  return checksOf(type.properties, "node type `" + catalog.labels.name(type.label) + "`", catalog);
}

std::vector<PropertyCheck> propertyChecks(const RelationType& type, const Catalog& catalog) {
  return checksOf(type.properties, "relation type `" + catalog.relTypes.name(type.type) + "`", catalog);
}

}  // namespace plexus::catalog
