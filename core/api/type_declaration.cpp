#include "core/api/type_declaration.h"

#include <algorithm>

#include "core/bind/binder.h"
#include "core/catalog/property_check.h"
#include "core/exec/expression/type_check.h"
#include "core/function/context.h"
#include "core/function/registry.h"
#include "core/value/compare.h"
#include "core/value/print.h"

namespace plexus::api {
namespace {

using catalog::Catalog;
using catalog::PropertyDeclaration;
using catalog::RelationReading;

[[noreturn]] void failAt(Span span, std::string message) {
  throw Error{ErrorType::kSchemaError, Phase::kCompile, "", std::move(message), span};
}

// Literals, and calls that mean one value for ever: date('2026-11-27'), but neither date() nor rand().
Value constantOf(const bind::BoundExpression& expression) {
  if (expression.kind() == bind::BoundKind::kConstant) return expression.as<bind::Constant>().value;
  if (expression.kind() == bind::BoundKind::kList) {
    List elements;
    for (const auto& element : expression.as<bind::ListExpression>().elements) elements.push_back(constantOf(*element));
    return elements;
  }
  if (expression.kind() == bind::BoundKind::kMap) {
    std::vector<MapEntry> entries;
    for (const auto& [name, value] : expression.as<bind::MapExpression>().entries) {
      entries.emplace_back(name, constantOf(*value));
    }
    return Map{std::move(entries)};
  }
  if (expression.kind() == bind::BoundKind::kFunction) {
    const auto& called = expression.as<bind::Function>();
    const auto volatility = called.function->volatility;
    const bool fixed = volatility == function::Volatility::kImmutable ||
                       (volatility == function::Volatility::kStatement && !called.arguments.empty());
    std::vector<Value> arguments;
    for (const auto& argument : called.arguments) arguments.push_back(constantOf(*argument));
    function::FunctionContext context;
    if (fixed) return function::call(*called.function, context, arguments);
  }
  failAt(expression.span,
         "a declaration takes constants only: numbers, strings, true, false, lists, and values such as "
         "date('2026-11-27')");
}

// The value, which must be one that the property may have.
Value valueOf(const ast::Expression& expression, const PropertyDeclaration& property, const Catalog& catalog) {
  Value value;
  try {
    value = constantOf(*bind::bindConstant(expression, {}));
  } catch (const Error& error) {
    throw error.at(expression.span);
  }
  const catalog::PropertyCheck check{
      property.key, catalog.propertyKeys.name(property.key), "", true, property.type, property.enumeration};
  if (const auto wrong = check.offence(value)) {
    failAt(expression.span, "a value of the property `" + check.keyName + "` " + *wrong);
  }
  return value;
}

std::vector<PropertyDeclaration> propertiesOf(const std::vector<ast::PropertyDeclaration>& declarations,
                                              Catalog& catalog) {
  std::vector<PropertyDeclaration> properties;
  for (const auto& declaration : declarations) {
    PropertyDeclaration property;
    property.key = catalog.propertyKeys.add(declaration.name.text);
    property.type = exec::checkedType(declaration.type);
    property.notNull = declaration.notNull;
    property.unique = declaration.unique;
    property.evidence = declaration.evidence;
    std::vector<Value> enumeration;
    for (const auto& expression : declaration.enumeration) {
      Value value = valueOf(*expression, property, catalog);
      const auto isValue = [&](const Value& known) { return equivalent(known, value); };
      if (std::any_of(enumeration.begin(), enumeration.end(), isValue)) {
        failAt(expression->span, toCypherText(value) + " is listed twice");
      }
      enumeration.push_back(std::move(value));
    }
    property.enumeration = std::move(enumeration);
    if (declaration.defaultValue) property.defaultValue = valueOf(*declaration.defaultValue, property, catalog);
    properties.push_back(std::move(property));
  }
  return properties;
}

std::vector<LabelId> labelsOf(const std::vector<ast::Name>& names, Catalog& catalog) {
  std::vector<LabelId> labels;
  labels.reserve(names.size());
  for (const auto& name : names) labels.push_back(catalog.labels.add(name.text));
  return labels;
}

std::vector<RelationReading> readingsOf(const std::vector<ast::Name>& names, Catalog& catalog) {
  std::vector<RelationReading> readings;
  readings.reserve(names.size());
  for (const auto& name : names) readings.push_back({catalog.relTypes.add(name.text), false});
  return readings;
}

}  // namespace

catalog::NodeType nodeTypeOf(const ast::NodeTypeDeclaration& declaration, Catalog& catalog) {
  catalog::NodeType type;
  type.label = catalog.labels.add(declaration.name.text);
  type.parents = labelsOf(declaration.parents, catalog);
  type.isAbstract = declaration.isAbstract;
  type.strict = declaration.strict;
  type.properties = propertiesOf(declaration.properties, catalog);
  return type;
}

catalog::RelationType relationTypeOf(const ast::RelationTypeDeclaration& declaration, Catalog& catalog) {
  catalog::RelationType type;
  type.type = catalog.relTypes.add(declaration.name.text);
  type.parents = readingsOf(declaration.parents, catalog);
  type.from = labelsOf(declaration.from, catalog);
  type.to = labelsOf(declaration.to, catalog);
  type.symmetric = declaration.symmetric;
  type.transitive = declaration.transitive;
  type.acyclic = declaration.acyclic;
  type.functional = declaration.functional;
  type.withEvidence = declaration.withEvidence;
  type.strict = declaration.strict;
  if (declaration.inverse) type.inverse = catalog.relTypes.add(declaration.inverse->text);
  for (const auto& chain : declaration.impliedBy) type.impliedBy.push_back(readingsOf(chain, catalog));
  type.disjointWith = readingsOf(declaration.disjointWith, catalog);
  type.properties = propertiesOf(declaration.properties, catalog);
  return type;
}

}  // namespace plexus::api
