#include "core/bind/ordered_enumeration.h"

#include <algorithm>

#include "core/bind/function_call.h"
#include "core/value/compare.h"

namespace plexus::bind {
namespace {

using catalog::PropertyDeclaration;

// Of the declarations of the key, if they agree.
const std::vector<Value>* enumerationOf(std::string_view key, const catalog::Catalog& catalog) {
  const auto id = catalog.propertyKeys.find(key);
  if (!id) return nullptr;
  const std::vector<Value>* found = nullptr;
  bool agree = true;
  const auto look = [&](const std::vector<PropertyDeclaration>& properties) {
    for (const auto& property : properties) {
      if (property.key != *id || property.enumeration.empty()) continue;
      agree = agree && (!found || std::equal(found->begin(), found->end(), property.enumeration.begin(),
                                             property.enumeration.end(), equivalent));
      found = &property.enumeration;
    }
  };
  for (const auto& type : catalog.types().nodeTypes()) look(type.properties);
  for (const auto& type : catalog.types().relationTypes()) look(type.properties);
  return agree ? found : nullptr;
}

// "a < b" as "b > a".
std::string_view mirrored(std::string_view comparison) {
  if (comparison == "<") return ">";
  if (comparison == "<=") return ">=";
  if (comparison == ">") return "<";
  return "<=";
}

}  // namespace

ExpressionPtr compareByEnumeration(std::string_view comparison, const ExpressionPtr& left, const ExpressionPtr& right,
                                   const catalog::Catalog& catalog, Span span) {
  if (comparison == "=" || comparison == "<>") return nullptr;
  if (left->kind() == BoundKind::kConstant && right->kind() == BoundKind::kProperty) {
    return compareByEnumeration(mirrored(comparison), right, left, catalog, span);
  }
  if (left->kind() != BoundKind::kProperty || right->kind() != BoundKind::kConstant) return nullptr;
  const Value& bound = right->as<Constant>().value;
  const auto* values = bound.is(ValueKind::kString) ? enumerationOf(left->as<Property>().key, catalog) : nullptr;
  if (!values) return nullptr;
  const auto at =
      std::find_if(values->begin(), values->end(), [&](const Value& value) { return equivalent(value, bound); });
  if (at == values->end()) return nullptr;
  const bool less = comparison.front() == '<', orEqual = comparison.size() == 2;
  auto list = std::make_shared<Constant>();
  list->span = right->span;
  list->value = less ? List(values->begin(), orEqual ? at + 1 : at) : List(orEqual ? at : at + 1, values->end());
  list->type = Type::of(list->value);
  return callFunction("IN", {left, std::move(list)}, span);
}

}  // namespace plexus::bind
