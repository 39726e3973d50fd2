#include "import/load/type_rules.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/value/print.h"
#include "import/format/shorten.h"

namespace plexus::load {
namespace {

using catalog::Catalog;
using catalog::ConstraintKind;
using catalog::PropertyCheck;
using catalog::PropertyDeclaration;
using catalog::TypeSchema;

int columnOf(const StoredColumns& columns, PropertyKeyId key) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns.key(i) == key) return static_cast<int>(i);
  }
  return -1;
}

std::string namesOf(const std::vector<LabelId>& labels, const Catalog& catalog) {
  std::string text;
  for (const LabelId label : labels) text += (text.empty() ? "" : " or ") + catalog.labels.name(label);
  return text;
}

// Why nodes with these labels cannot be; empty if they can.
std::string refusalOf(const LabelSet& labels, const Catalog& catalog) {
  const TypeSchema& types = catalog.types();
  for (const LabelId label : labels.ids) {
    const auto* type = types.nodeType(label);
    const std::string& name = catalog.labels.name(label);
    if (type == nullptr && types.strict()) return fmt::format("the label `{}` is not declared (strict database)", name);
    if (type == nullptr || !type->isAbstract) continue;
    const bool concrete = std::any_of(labels.ids.begin(), labels.ids.end(), [&](LabelId other) {
      const auto* below = types.nodeType(other);
      return below && !below->isAbstract && types.isSubtype(other, label);
    });
    if (!concrete) return fmt::format("node type `{}` is abstract: a node must be of one of its kinds", name);
  }
  return labels.ids.empty() && types.strict() ? "the node has no label (strict database)" : "";
}

Vector filled(const Vector& values, const Value& value) {
  Vector all{Vector::Kind::kValue, values.size()};
  for (std::size_t row = 0; row < values.size(); ++row) all.set(row, values.isNull(row) ? value : values.value(row));
  return all;
}

}  // namespace

// --- Properties -----------------------------------------------------------------------------------------------------

PropertyRules PropertyRules::ofNodes(const LabelSet& labels, const StoredColumns& columns, const Catalog& catalog) {
  PropertyRules rules;
  rules.refusal_ = refusalOf(labels, catalog);
  std::vector<const PropertyDeclaration*> declared;
  bool strict = catalog.types().strict();
  for (const LabelId label : labels.ids) {
    const auto* type = catalog.types().nodeType(label);
    if (type == nullptr) continue;
    strict = strict || type->strict;
    const auto checks = propertyChecks(*type, catalog);
    for (std::size_t i = 0; i < checks.size(); ++i) {
      declared.push_back(&type->properties[i]);
      rules.add(type->properties[i], checks[i], columns);
    }
  }
  rules.addConstraints(false, labels.ids, columns, catalog);
  if (strict) rules.refuseUndeclared(declared, columns, "strict node type");
  return rules;
}

PropertyRules PropertyRules::ofRelationships(RelTypeId type, const StoredColumns& columns, const Catalog& catalog) {
  PropertyRules rules;
  const auto* declared = catalog.types().relationType(type);
  const std::vector<std::uint16_t> owners{type};
  rules.addConstraints(true, owners, columns, catalog);
  if (declared == nullptr) {
    if (catalog.types().strict()) {
      rules.refusal_ =
          fmt::format("the relation type `{}` is not declared (strict database)", catalog.relTypes.name(type));
    }
    return rules;
  }
  const auto addAll = [&](const catalog::RelationType& relation) {
    const auto checks = propertyChecks(relation, catalog);
    for (std::size_t i = 0; i < checks.size(); ++i) rules.add(relation.properties[i], checks[i], columns);
  };
  addAll(*declared);
  for (const auto& above : catalog.types().superRelations(type)) addAll(*catalog.types().relationType(above.type));
  const bool strict = declared->strict || catalog.types().strict();
  if (strict && !catalog.types().withEvidence(*declared)) {  // evidence is not declared
    rules.refuseUndeclared(catalog.types().properties(*declared), columns, "strict relation type");
  }
  return rules;
}

void PropertyRules::add(const PropertyDeclaration& property, PropertyCheck check, const StoredColumns& columns) {
  const int column = columnOf(columns, property.key);
  const bool known = std::any_of(defaults_.begin(), defaults_.end(), [&](const auto& d) { return d.key == check.key; });
  if (!property.defaultValue.isNull() && !known) defaults_.push_back({property.key, column, property.defaultValue});
  if (!property.defaultValue.isNull() || known) check.notNull = false;
  if (column >= 0 || check.notNull) checks_.push_back({std::move(check), column});
}

// Existence, key and type constraints that were made by CREATE CONSTRAINT.
void PropertyRules::addConstraints(bool onRelationships, std::span<const std::uint16_t> owners,
                                   const StoredColumns& columns, const Catalog& catalog) {
  for (const auto& rule : catalog.rules()) {
    const bool concerns = rule.spec.onRelationships == onRelationships &&
                          std::find(owners.begin(), owners.end(), rule.spec.labelOrType) != owners.end();
    if (!concerns) continue;
    if (rule.hasIndex && rule.spec.unique) addUnique(rule, columns);
    const std::string words = "constraint `" + rule.name + "`";
    if (rule.constraint == ConstraintKind::kPropertyType) {
      const PropertyKeyId key = rule.spec.properties.front();
      add({.key = key}, {key, catalog.propertyKeys.name(key), words, false, typeOfText(rule.propertyType), {}},
          columns);
    }
    const bool demands = rule.constraint == ConstraintKind::kExistence || rule.constraint == ConstraintKind::kKey;
    if (!demands) continue;
    for (const PropertyKeyId key : rule.spec.properties) {
      PropertyCheck check{key, catalog.propertyKeys.name(key), words, true, {}, {}};
      add({.key = key}, std::move(check), columns);
    }
  }
}

// Without one of the properties nothing is in the index. Ids are known to be unique by their space.
void PropertyRules::addUnique(const catalog::SchemaRule& rule, const StoredColumns& columns) {
  UniqueColumns of{rule.spec.id, {}, rule.name};
  for (const PropertyKeyId key : rule.spec.properties) {
    const int column = columnOf(columns, key);
    if (column < 0) return;
    of.columns.push_back(static_cast<std::size_t>(column));
  }
  if (of.columns.size() > 1 || !columns.isId(of.columns.front())) unique_.push_back(std::move(of));
}

void PropertyRules::checkUnique(const UniqueColumns& of, const StoredColumns& columns,
                                std::span<const std::uint32_t> rows, UniqueValues& unique, RowErrors& errors) const {
  std::string names;
  for (const std::size_t column : of.columns) names += (names.empty() ? "`" : ", `") + columns.header(column) + "`";
  const bool several = of.columns.size() > 1;
  std::vector<Value> values(of.columns.size());
  for (const std::uint32_t row : rows) {
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = columns.values(of.columns[i]).value(row);
    if (errors.isBad(row) || unique.add(of.index, values)) continue;
    std::string text;
    for (const Value& value : values) text += (text.empty() ? "" : ", ") + toCypherText(value);
    errors.add(row, columns.fileColumn(of.columns.front()), "duplicate value",
               fmt::format("column{} {}: the value{} {} {} there already (constraint `{}`)", several ? "s" : "", names,
                           several ? "s" : "", format::shorten(text), several ? "are" : "is", of.constraint));
  }
}

void PropertyRules::refuseUndeclared(const std::vector<const PropertyDeclaration*>& declared,
                                     const StoredColumns& columns, const std::string& rule) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const bool known =
        std::any_of(declared.begin(), declared.end(), [&](const auto* p) { return p->key == columns.key(i); });
    if (!known) undeclared_.emplace_back(i, rule);
  }
}

void PropertyRules::check(const StoredColumns& columns, std::span<const std::uint32_t> rows, UniqueValues& unique,
                          RowErrors& errors) const {
  constexpr std::string_view kKind = "declared type";
  if (!refusal_.empty()) {
    for (const std::uint32_t row : rows) errors.add(row, 0, kKind, refusal_);
  }
  for (const auto& [check, column] : checks_) {
    const auto tell = [&, &check = check, column = column](std::uint32_t row, const std::string& wrong) {
      const std::size_t at = column < 0 ? 0 : columns.fileColumn(static_cast<std::size_t>(column));
      errors.add(row, at, kKind, fmt::format("the property `{}` {} ({})", check.keyName, wrong, check.rule));
    };
    if (column < 0) {
      for (const std::uint32_t row : rows) tell(row, *check.offence(Value{}));
      continue;
    }
    const Vector& values = columns.values(static_cast<std::size_t>(column));
    if (check.holdsForAll(values.kind(), values.mayHaveNulls())) continue;
    for (const std::uint32_t row : rows) {
      if (const auto wrong = check.offence(values.value(row))) tell(row, *wrong);
    }
  }
  for (const auto& [column, rule] : undeclared_) {
    const Vector& values = columns.values(column);
    for (const std::uint32_t row : rows) {
      if (values.isNull(row)) continue;
      errors.add(row, columns.fileColumn(column), kKind,
                 fmt::format("column `{}` is no declared property ({})", columns.header(column), rule));
    }
  }
  for (const UniqueColumns& of : unique_) checkUnique(of, columns, rows, unique, errors);
}

void PropertyRules::store(StoredColumns& columns, const std::vector<std::uint32_t>& rows,
                          const std::function<void(PropertyKeyId key, const Vector& values)>& set) const {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const Vector& values = columns.values(i, rows);
    const auto missing = std::find_if(defaults_.begin(), defaults_.end(),
                                      [&](const Default& d) { return d.column == static_cast<int>(i); });
    if (missing == defaults_.end() || !values.mayHaveNulls()) {
      set(columns.key(i), values);
    } else {
      set(columns.key(i), filled(values, missing->value));
    }
  }
  for (const Default& missing : defaults_) {
    if (missing.column < 0) set(missing.key, Vector::constant(missing.value, rows.size()));
  }
}

// --- Ends -----------------------------------------------------------------------------------------------------------

RelationRules::RelationRules(RelTypeId type, const GraphBuilder& graph, const storage::GraphView* view)
    : graph_{graph}, view_{view} {
  const TypeSchema& types = graph.catalog().types();
  const auto* declared = types.relationType(type);
  if (declared == nullptr) return;
  addRules(*declared, false);
  for (const auto& above : types.superRelations(type)) addRules(*types.relationType(above.type), above.reversed);
}

void RelationRules::addRules(const catalog::RelationType& type, bool reversed) {
  const Catalog& catalog = graph_.catalog();
  const std::string& name = catalog.relTypes.name(type.type);
  if (!type.from.empty()) {
    ends_.push_back({type.from, !reversed,
                     fmt::format("relation type `{}`: FROM {}", name, namesOf(type.from, catalog)), 0, 0, false});
  }
  if (!type.to.empty()) {
    ends_.push_back(
        {type.to, reversed, fmt::format("relation type `{}`: TO {}", name, namesOf(type.to, catalog)), 0, 0, false});
  }
  if (type.functional) functional_.push_back({type.type, reversed, {}});
}

void RelationRules::check(std::span<const NodeId> starts, std::span<const NodeId> ends,
                          std::span<const std::uint32_t> rows, std::size_t startColumn, std::size_t endColumn,
                          RowErrors& errors) {
  for (EndRule& rule : ends_) {
    const auto nodes = rule.ofStart ? starts : ends;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      if (allows(rule, nodes[i])) continue;
      errors.add(rows[i], rule.ofStart ? startColumn : endColumn, "wrong end",
                 fmt::format("the {} is {}, not {} ({})", rule.ofStart ? "start" : "end", labelText(nodes[i]),
                             namesOf(rule.labels, graph_.catalog()), rule.rule));
    }
  }
  for (FunctionalRule& rule : functional_) {
    for (std::size_t i = 0; i < starts.size(); ++i) {
      if (errors.isBad(rows[i])) continue;
      const NodeId start = rule.reversed ? ends[i] : starts[i], end = rule.reversed ? starts[i] : ends[i];
      if (!relatesToOther(rule, start, end)) continue;
      errors.add(rows[i], rule.reversed ? startColumn : endColumn, "functional relation",
                 fmt::format("the start is related to another node already (relation type `{}` is functional)",
                             graph_.catalog().relTypes.name(rule.type)));
    }
  }
}

bool RelationRules::allows(EndRule& rule, NodeId node) const {
  if (node >= rule.first && node < rule.end) return rule.alikeWillDo;
  const auto* run = graph_.runOf(node);
  const bool allowed = std::any_of(rule.labels.begin(), rule.labels.end(), [&](LabelId label) {
    return run ? std::binary_search(run->labels.begin(), run->labels.end(), label)
               : view_ && view_->hasLabel(node, label);
  });
  if (run != nullptr) {
    rule.first = run->first;
    rule.end = run->end;
    rule.alikeWillDo = allowed;
  }
  return allowed;
}

// ":Drug", without super-types.
std::string RelationRules::labelText(NodeId node) const {
  const auto* run = graph_.runOf(node);
  const auto labels = run ? run->labels : view_ ? view_->labels(node) : std::vector<LabelId>{};
  std::string text;
  for (const LabelId label : labels) {
    const bool implied = std::any_of(labels.begin(), labels.end(), [&](LabelId other) {
      return other != label && graph_.catalog().types().isSubtype(other, label);
    });
    if (!implied) text += ":" + graph_.catalog().labels.name(label);
  }
  return text.empty() ? "a node without labels" : text;
}

bool RelationRules::relatesToOther(FunctionalRule& rule, NodeId start, NodeId end) const {
  if (view_ != nullptr) {
    const auto direction = rule.reversed ? Direction::kIn : Direction::kOut;
    for (const NodeId target : view_->adjacency(rule.type, direction).neighbours(start)) {
      if (target != end) return true;
    }
  }
  return rule.targets.emplace(start, end).first->second != end;
}

}  // namespace plexus::load
