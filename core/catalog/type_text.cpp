#include "core/catalog/type_text.h"

#include <fmt/format.h>

#include "core/value/print.h"

namespace plexus::catalog {
namespace {

std::string labelsText(const std::vector<LabelId>& labels, const Catalog& catalog, const char* separator) {
  std::string text;
  for (const LabelId label : labels) text += (text.empty() ? "" : separator) + quotedName(catalog.labels.name(label));
  return text;
}

std::string readingText(const RelationReading& reading, const Catalog& catalog) {
  return quotedName(readingName(reading, catalog));
}

std::string readingsText(const std::vector<RelationReading>& readings, const Catalog& catalog, const char* separator) {
  std::string text;
  for (const auto& reading : readings) text += (text.empty() ? "" : separator) + readingText(reading, catalog);
  return text;
}

// As a declaration takes it: toCypherText() writes temporal values as their bare text.
std::string constantText(const Value& value) {
  const auto call = [&](const char* function) { return fmt::format("{}('{}')", function, toCypherText(value)); };
  switch (value.kind()) {
    case ValueKind::kDate:
      return call("date");
    case ValueKind::kLocalTime:
      return call("localtime");
    case ValueKind::kTime:
      return call("time");
    case ValueKind::kLocalDateTime:
      return call("localdatetime");
    case ValueKind::kDateTime:
      return call("datetime");
    case ValueKind::kDuration:
      return call("duration");
    case ValueKind::kList: {
      std::string text;
      for (const Value& element : value.list()) text += (text.empty() ? "" : ", ") + constantText(element);
      return "[" + text + "]";
    }
    default:
      return toCypherText(value);
  }
}

std::string propertiesText(const std::vector<PropertyDeclaration>& properties, const Catalog& catalog) {
  std::string text;
  for (const auto& property : properties) text += (text.empty() ? " (" : ", ") + propertyText(property, catalog);
  return text.empty() ? text : text + ")";
}

}  // namespace

const std::string& readingName(const RelationReading& reading, const Catalog& catalog) {
  const RelationType* type = catalog.types().relationType(reading.type);
  const bool byInverse = reading.reversed && type && type->inverse != kNoId;
  return catalog.relTypes.name(byInverse ? type->inverse : reading.type);
}

std::string quotedName(const std::string& name) {
  const bool plain =
      !name.empty() &&
      name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == std::string::npos &&
      (name[0] < '0' || name[0] > '9');
  if (plain) return name;
  std::string text = "`";
  for (const char c : name) text += c == '`' ? "``" : std::string(1, c);
  return text + "`";
}

std::string propertyText(const PropertyDeclaration& property, const Catalog& catalog) {
  std::string text = quotedName(catalog.propertyKeys.name(property.key)) + " " + typeText(property.type);
  if (property.evidence) text += " EVIDENCE";
  if (property.unique) text += " UNIQUE";
  if (property.notNull) text += " NOT NULL";
  if (!property.enumeration.empty()) text += " IN " + constantText(Value{List(property.enumeration)});
  if (!property.defaultValue.isNull()) text += " DEFAULT " + constantText(property.defaultValue);
  return text;
}

std::string declarationText(const NodeType& type, const Catalog& catalog) {
  std::string text = "CREATE NODE TYPE " + quotedName(catalog.labels.name(type.label));
  if (!type.parents.empty()) text += " EXTENDS " + labelsText(type.parents, catalog, ", ");
  if (type.isAbstract) text += " ABSTRACT";
  if (type.strict) text += " STRICT";
  return text + propertiesText(type.properties, catalog) + ";";
}

std::vector<std::string> traitTexts(const RelationType& type, const Catalog& catalog) {
  std::vector<std::string> traits;
  if (type.symmetric) traits.emplace_back("SYMMETRIC");
  if (type.transitive) traits.emplace_back("TRANSITIVE");
  if (type.acyclic) traits.emplace_back("ACYCLIC");
  if (type.functional) traits.emplace_back("FUNCTIONAL");
  if (type.inverse != kNoId) traits.push_back("INVERSE " + quotedName(catalog.relTypes.name(type.inverse)));
  std::string chains;
  for (const auto& chain : type.impliedBy) {
    chains += (chains.empty() ? "IMPLIED BY " : ", ") + readingsText(chain, catalog, "/");
  }
  if (!chains.empty()) traits.push_back(chains);
  if (!type.disjointWith.empty()) {
    traits.push_back("DISJOINT WITH " + readingsText(type.disjointWith, catalog, ", "));
  }
  if (type.withEvidence) traits.emplace_back("WITH EVIDENCE");
  if (type.strict) traits.emplace_back("STRICT");
  return traits;
}

std::string declarationText(const RelationType& type, const Catalog& catalog) {
  std::string text = "CREATE RELATION TYPE " + quotedName(catalog.relTypes.name(type.type));
  if (!type.parents.empty()) text += " EXTENDS " + readingsText(type.parents, catalog, ", ");
  if (!type.from.empty()) text += " FROM " + labelsText(type.from, catalog, " | ");
  if (!type.to.empty()) text += " TO " + labelsText(type.to, catalog, " | ");
  for (const auto& trait : traitTexts(type, catalog)) text += " " + trait;
  return text + propertiesText(type.properties, catalog) + ";";
}

}  // namespace plexus::catalog
