#include "core/exec/operator/write/constraints.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/exec/expression/type_check.h"
#include "core/value/print.h"

namespace plexus::exec {

using catalog::Catalog;
using catalog::ConstraintKind;
using catalog::SchemaRule;

namespace {

[[noreturn]] void fail(const SchemaRule& rule, std::string_view detail, const std::string& message) {
  throwRuntime(ErrorType::kConstraintValidationFailed, detail, message + " (constraint `" + rule.name + "`)");
}

std::string listOf(const std::vector<PropertyKeyId>& keys, const Catalog& catalog) {
  std::string text;
  for (const PropertyKeyId key : keys) text += (text.empty() ? "`" : ", `") + catalog.propertyKeys.name(key) + "`";
  return text;
}

std::string ownerOf(const SchemaRule& rule, const Catalog& catalog) {
  return rule.spec.onRelationships ? "[:" + catalog.relTypes.name(rule.spec.labelOrType) + "]"
                                   : "(:" + catalog.labels.name(rule.spec.labelOrType) + ")";
}

}  // namespace

bool isChecked(const SchemaRule& rule) {
  return rule.constraint == ConstraintKind::kExistence || rule.constraint == ConstraintKind::kKey ||
         rule.constraint == ConstraintKind::kPropertyType;
}

bool needsChecking(const Catalog& catalog) {
  return std::any_of(catalog.rules().begin(), catalog.rules().end(), isChecked);
}

RuleCheck::RuleCheck(const SchemaRule& rule, const storage::GraphView& view) : rule_{rule}, view_{view} {
  if (rule.constraint == ConstraintKind::kPropertyType) type_ = typeOfText(rule.propertyType);
}

void RuleCheck::require(NodeId node) const {
  if (rule_.spec.onRelationships || !view_.hasLabel(node, rule_.spec.labelOrType)) return;
  requireProperties(node, "node " + std::to_string(node));
}

void RuleCheck::require(const Relationship& relationship) const {
  if (!rule_.spec.onRelationships || relationship.type != rule_.spec.labelOrType) return;
  requireProperties(relationship, "relationship " + std::to_string(relationship.number()));
}

template <typename Entity>
void RuleCheck::requireProperties(const Entity& entity, const std::string& shown) const {
  const Catalog& catalog = Catalog::of(view_);
  for (const PropertyKeyId key : rule_.spec.properties) {
    const Value value = view_.property(entity, key);
    const std::string& keyName = catalog.propertyKeys.name(key);
    if (!type_) {
      if (value.isNull())
        fail(rule_, "PropertyMissing",
             fmt::format("{} of {} must have the property `{}`", shown, ownerOf(rule_, catalog), keyName));
    } else if (!isOfType(value, *type_)) {
      fail(rule_, "PropertyTypeViolated",
           fmt::format("the property `{}` of {} of {} must be {}, not {}", keyName, shown, ownerOf(rule_, catalog),
                       rule_.propertyType, toCypherText(value)));
    }
  }
}

void RuleCheck::requireAll() const {
  if (!rule_.spec.onRelationships) {
    for (const NodeId node : view_.labelled(rule_.spec.labelOrType)) require(node);
    return;
  }
  const RelTypeId type = rule_.spec.labelOrType;
  const auto adjacency = view_.adjacency(type, Direction::kOut);
  for (const NodeId start : view_.nodes()) {
    const auto ends = adjacency.neighbours(start);
    const auto ids = adjacency.relationships(start);
    for (std::size_t i = 0; i < ends.size(); ++i) require(Relationship{start, ends[i], ids[i], type});
  }
}

void throwViolation(const storage::UniqueViolation& violation, const storage::GraphView& view) {
  const Catalog& catalog = Catalog::of(view);
  const auto rule = std::find_if(catalog.rules().begin(), catalog.rules().end(),
                                 [&](const SchemaRule& r) { return r.hasIndex && r.spec.id == violation.index; });
  if (rule == catalog.rules().end()) {
    throwRuntime(ErrorType::kConstraintValidationFailed, "PropertyNotUnique",
                 "two entities would have the same unique values");
  }
  std::string values;
  for (const PropertyKeyId key : rule->spec.properties) {
    Value value;
    if (!rule->spec.onRelationships) {
      value = view.property(violation.existing, key);
    } else if (const auto r = view.relationship(rule->spec.labelOrType, violation.existing)) {
      value = view.property(*r, key);
    }
    values += (values.empty() ? "" : ", ") + toCypherText(value);
  }
  fail(*rule, "PropertyNotUnique",
       (rule->spec.onRelationships ? "relationship " : "node ") + std::to_string(violation.existing) + " of " +
           ownerOf(*rule, catalog) + " has " + listOf(rule->spec.properties, catalog) + " = " + values + " already");
}

}  // namespace plexus::exec
