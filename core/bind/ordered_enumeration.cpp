#include "core/bind/ordered_enumeration.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/nearest_name.h"
#include "core/bind/function_call.h"
#include "core/value/compare.h"

namespace plexus::bind {
namespace {

using catalog::PropertyDeclaration;
using catalog::TypeSchema;

// The enumeration that declarations of one key agree on.
class Agreement {
 public:
  Agreement(PropertyKeyId key, const catalog::Catalog& catalog) : key_{key}, schema_{catalog.sharedTypes()} {}

  void look(const PropertyDeclaration& property) {
    if (property.key != key_ || property.enumeration.empty()) return;
    Enumeration values{schema_, &property.enumeration};
    agree_ = agree_ && (!found_ || sameEnumeration(found_, values));
    found_ = std::move(values);
  }
  void look(const std::vector<PropertyDeclaration>& properties) {
    for (const auto& property : properties) look(property);
  }
  template <typename Type>
  void lookWithSuperTypes(const Type& type) {
    for (const auto* property : schema_->properties(type)) look(*property);
  }
  void lookAtNode(LabelId label) {
    const auto* type = schema_->nodeType(label);
    if (!type) return;
    lookWithSuperTypes(*type);
    for (const LabelId below : schema_->descendants(label)) look(schema_->nodeType(below)->properties);
  }
  void lookAtRelationship(RelTypeId name) {
    const RelTypeId type = schema_->reading(name).type;
    const auto* declared = schema_->relationType(type);
    if (!declared) return;
    lookWithSuperTypes(*declared);
    for (const auto& below : schema_->subRelations(type)) look(schema_->relationType(below.type)->properties);
  }
  void lookAtAll(TypeKind owner) {
    if (owner != TypeKind::kRelationship) {
      for (const auto& type : schema_->nodeTypes()) look(type.properties);
    }
    if (owner != TypeKind::kNode) {
      for (const auto& type : schema_->relationTypes()) look(type.properties);
    }
  }

  Enumeration result() const {
    const auto isString = [](const Value& value) { return value.is(ValueKind::kString); };
    return agree_ && found_ && std::all_of(found_->begin(), found_->end(), isString) ? found_ : nullptr;
  }

 private:
  PropertyKeyId key_;
  std::shared_ptr<const TypeSchema> schema_;
  Enumeration found_;
  bool agree_ = true;
};

// Names of which some must hold.
void collectNames(const LabelsPtr& labels, std::vector<std::string>& names) {
  if (!labels) return;
  if (labels->kind == BoundLabels::Kind::kName) names.push_back(labels->name);
  if (labels->kind != BoundLabels::Kind::kAnd && labels->kind != BoundLabels::Kind::kOr) return;
  for (const auto& operand : labels->operands) collectNames(operand, names);
}

// "a < b" as "b > a".
std::string_view mirrored(std::string_view comparison) {
  if (comparison == "<") return ">";
  if (comparison == "<=") return ">=";
  if (comparison == ">") return "<";
  return "<=";
}

ExpressionPtr listConstant(List values, Span span) {
  auto list = std::make_shared<Constant>();
  list->span = span;
  list->value = std::move(values);
  list->type = Type::of(list->value);
  return list;
}

ExpressionPtr listConstant(const Enumeration& enumeration, Span span) {
  return listConstant(List(enumeration->begin(), enumeration->end()), span);
}

ExpressionPtr ordinalIn(const ExpressionPtr& expression, const Enumeration& enumeration) {
  return callFunction("ordinal", {expression, listConstant(enumeration, expression->span)}, expression->span);
}

void warnOfStranger(const Value& value, const Enumeration& enumeration, std::vector<std::string>& warnings) {
  std::vector<std::string> known;
  std::string all;
  for (const Value& v : *enumeration) {
    known.emplace_back(v.string());
    all += (all.empty() ? "'" : ", '") + known.back() + "'";
  }
  std::string warning = fmt::format("'{}' compares to nothing: it is none of {}", value.string(), all);
  if (const std::string hint = didYouMean(value.string(), known); !hint.empty()) warning += "; " + hint;
  if (std::find(warnings.begin(), warnings.end(), warning) == warnings.end()) warnings.push_back(std::move(warning));
}

// With a constant string on the right.
ExpressionPtr compareToConstant(std::string_view comparison, const ExpressionPtr& left, const ExpressionPtr& right,
                                const Enumeration& enumeration, Span span, std::vector<std::string>& warnings) {
  const Value& bound = right->as<Constant>().value;
  const auto at = std::find_if(enumeration->begin(), enumeration->end(),
                               [&](const Value& value) { return equivalent(value, bound); });
  if (at == enumeration->end()) {
    warnOfStranger(bound, enumeration, warnings);
    return callFunction(comparison, {ordinalIn(left, enumeration), right}, span);
  }
  const bool less = comparison.front() == '<', orEqual = comparison.size() == 2;
  List values =
      less ? List(enumeration->begin(), orEqual ? at + 1 : at) : List(orEqual ? at : at + 1, enumeration->end());
  return callFunction("IN", {left, listConstant(std::move(values), right->span)}, span);
}

bool isConstantString(const ExpressionPtr& expression) {
  return expression->kind() == BoundKind::kConstant && expression->as<Constant>().value.is(ValueKind::kString);
}

}  // namespace

Enumeration enumerationOf(std::string_view key, TypeKind owner, const LabelsPtr& labels,
                          const catalog::Catalog& catalog) {
  const auto id = catalog.propertyKeys.find(key);
  const bool isEntity = owner == TypeKind::kAny || owner == TypeKind::kNode || owner == TypeKind::kRelationship;
  if (!id || !isEntity || catalog.types().empty()) return nullptr;
  Agreement agreement{*id, catalog};
  std::vector<std::string> names;
  collectNames(labels, names);
  const bool ofRelationship = owner == TypeKind::kRelationship;
  for (const std::string& name : names) {
    const auto known = ofRelationship ? catalog.relTypes.find(name) : catalog.labels.find(name);
    if (!known) continue;
    if (ofRelationship) {
      agreement.lookAtRelationship(*known);
    } else {
      agreement.lookAtNode(*known);
    }
  }
  if (names.empty()) agreement.lookAtAll(owner);
  return agreement.result();
}

ExpressionPtr compareByEnumeration(std::string_view comparison, const ExpressionPtr& left, const ExpressionPtr& right,
                                   Span span, std::vector<std::string>& warnings) {
  if (comparison == "=" || comparison == "<>") return nullptr;
  const Enumeration &ofLeft = left->type.enumeration(), &ofRight = right->type.enumeration();
  if (ofLeft && ofRight && !sameEnumeration(ofLeft, ofRight)) return nullptr;
  const Enumeration& enumeration = ofLeft ? ofLeft : ofRight;
  if (!enumeration) return nullptr;
  if (isConstantString(right)) return compareToConstant(comparison, left, right, enumeration, span, warnings);
  if (isConstantString(left)) return compareToConstant(mirrored(comparison), right, left, enumeration, span, warnings);
  return callFunction(comparison, {ordinalIn(left, enumeration), ordinalIn(right, enumeration)}, span);
}

ExpressionPtr ordinalOf(const ExpressionPtr& expression) {
  const Enumeration& enumeration = expression->type.enumeration();
  return enumeration ? ordinalIn(expression, enumeration) : expression;
}

ExpressionPtr fromOrdinal(ExpressionPtr place, const Enumeration& enumeration) {
  const Span span = place->span;
  auto call = callFunction("fromOrdinal", {std::move(place), listConstant(enumeration, span)}, span);
  auto typed = std::make_shared<Function>(call->as<Function>());
  typed->type = Type{TypeKind::kAny}.enumerated(enumeration);
  return typed;
}

}  // namespace plexus::bind
