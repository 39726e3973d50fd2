#include "core/catalog/conformance.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "core/catalog/cycle.h"
#include "core/catalog/evidence.h"
#include "core/value/compare.h"
#include "core/value/print.h"

namespace plexus::catalog {

Conformance::Conformance(const storage::GraphView& view, std::function<void(Offence)> tell)
    : view_{view}, catalog_{Catalog::of(view)}, types_{catalog_.types()}, tell_{std::move(tell)} {}

// --- In words -------------------------------------------------------------------------------------------------------

std::string Conformance::describe(NodeId node) const {
  std::string labels;
  const auto all = view_.labels(node);
  for (const LabelId label : all) {
    const bool implied = std::any_of(all.begin(), all.end(),
                                     [&](LabelId other) { return other != label && types_.isSubtype(other, label); });
    if (!implied) labels += ":" + catalog_.labels.name(label);
  }
  std::string name;
  if (const auto key = catalog_.propertyKeys.find("name")) {
    if (const Value value = view_.property(node, *key); !value.isNull()) name = toCypherText(value);
  }
  if (name.empty()) return fmt::format("node {} ({})", node, labels);
  return fmt::format("node {} ({}{}{{name: {}}})", node, labels, labels.empty() ? "" : " ", name);
}

std::string Conformance::describe(const Relationship& relationship) const {
  return fmt::format("[:{}] from {} to {}", catalog_.relTypes.name(relationship.type), describe(relationship.start),
                     describe(relationship.end));
}

std::string Conformance::labelList(const std::vector<LabelId>& labels) const {
  std::string text;
  for (const LabelId label : labels) text += (text.empty() ? "" : " or ") + catalog_.labels.name(label);
  return text;
}

// --- Nodes ----------------------------------------------------------------------------------------------------------

template <typename Entities, typename Column>
void Conformance::checkProperties(const std::vector<PropertyCheck>& checks, const Entities& entities, Column column) {
  for (const PropertyCheck& check : checks) {
    const storage::PropertyColumn values = column(check.key);
    for (const auto& entity : entities) {
      Value value;
      if constexpr (std::is_same_v<std::decay_t<decltype(entity)>, Relationship>) {
        value = values.get(entity.id);
      } else {
        value = values.get(entity);
      }
      if (const auto wrong = check.offence(value)) {
        tell_({check.rule,
               fmt::format("the property `{}` of {} {} ({})", check.keyName, describe(entity), *wrong, check.rule)});
      }
    }
  }
}

void Conformance::checkNodes(const Roaring& nodes) {
  const auto& all = types_.nodeTypes();
  for (auto at = all.rbegin(); at != all.rend(); ++at) {  // from the most specific: it words the message best
    const NodeType& type = *at;
    const Roaring ofType = nodes & view_.labelled(type.label);
    if (ofType.isEmpty()) continue;
    checkLabels(type, ofType);
    checkProperties(propertyChecks(type, catalog_), ofType, [&](PropertyKeyId key) { return view_.nodeProperty(key); });
    if (type.strict || types_.strict()) checkStrict(type, ofType);
  }
  if (types_.strict()) checkUndeclared(nodes);
}

void Conformance::checkLabels(const NodeType& type, const Roaring& nodes) {
  const std::string& name = catalog_.labels.name(type.label);
  for (const LabelId ancestor : types_.ancestors(type.label)) {
    for (const NodeId node : nodes - view_.labelled(ancestor)) {
      const std::string& above = catalog_.labels.name(ancestor);
      tell_({"node type `" + name + "`: super-types",
             fmt::format("{} is of type {} and so must have the label `{}`", describe(node), name, above)});
    }
  }
  if (!type.isAbstract) return;
  Roaring without = nodes;
  for (const LabelId descendant : types_.descendants(type.label)) {
    if (!types_.nodeType(descendant)->isAbstract) without -= view_.labelled(descendant);
  }
  for (const NodeId node : without) {
    tell_({"node type `" + name + "`: abstract",
           fmt::format("{} is of no type below {}: node type `{}` is abstract", describe(node), name, name)});
  }
}

bool Conformance::isDeclared(NodeId node, PropertyKeyId key) const {
  const auto labels = view_.labels(node);
  return std::any_of(labels.begin(), labels.end(), [&](LabelId label) {
    const NodeType* type = types_.nodeType(label);
    return type && std::any_of(type->properties.begin(), type->properties.end(),
                               [&](const auto& property) { return property.key == key; });
  });
}

void Conformance::checkStrict(const NodeType& type, const Roaring& nodes) {
  const std::string& name = catalog_.labels.name(type.label);
  const auto declared = types_.properties(type);
  for (const PropertyKeyId key : view_.nodePropertyKeysInUse()) {
    const bool known = std::any_of(declared.begin(), declared.end(), [&](const auto* p) { return p->key == key; });
    if (known) continue;
    const auto values = view_.nodeProperty(key);
    for (const NodeId node : nodes) {
      const Value value = values.get(node);
      if (value.isNull() || isDeclared(node, key)) continue;
      tell_({"node type `" + name + "`: strict",
             fmt::format("{} has the property `{}` = {}, which node type `{}` (strict) does not declare",
                         describe(node), catalog_.propertyKeys.name(key), toCypherText(value), name)});
    }
  }
}

void Conformance::checkUndeclared(const Roaring& nodes) {
  Roaring without = nodes;
  for (const LabelId label : view_.labelIdsInUse()) {
    without -= view_.labelled(label);
    if (types_.nodeType(label)) continue;
    for (const NodeId node : nodes& view_.labelled(label)) {
      tell_({"strict database: labels", fmt::format("{} has the label `{}`, which is not declared (the database is "
                                                    "strict)",
                                                    describe(node), catalog_.labels.name(label))});
    }
  }
  for (const NodeId node : without) {
    tell_({"strict database: labels", fmt::format("{} has no label (the database is strict)", describe(node))});
  }
}

// --- Relationships --------------------------------------------------------------------------------------------------

void Conformance::checkRelationships(RelTypeId type, std::span<const Relationship> relationships) {
  const RelationType* declared = types_.relationType(type);
  if (relationships.empty()) return;
  if (declared == nullptr) {
    if (!types_.strict()) return;
    for (const Relationship& r : relationships) {
      tell_({"strict database: relation types",
             fmt::format("{}: the relation type is not declared (the database is strict)", describe(r))});
    }
    return;
  }
  const auto check = [&](const RelationType& relation, bool reversed) {
    checkEnds(relation, reversed, relationships);
    checkProperties(propertyChecks(relation, catalog_), relationships,
                    [&](PropertyKeyId key) { return view_.relProperty(type, key); });
    if (relation.functional) checkFunctional(relation, reversed, relationships);
  };
  check(*declared, false);
  for (const auto& above : types_.superRelations(type)) check(*types_.relationType(above.type), above.reversed);
  checkEvidence(*declared, relationships);
  const bool strict = declared->strict || types_.strict();
  if (types_.withEvidence(*declared)) checkStatements(*declared, relationships);
  if (strict && !types_.withEvidence(*declared)) checkStrict(*declared, relationships);  // evidence is not declared
}

void Conformance::checkEnds(const RelationType& type, bool reversed, std::span<const Relationship> relationships) {
  const std::string& name = catalog_.relTypes.name(type.type);
  const auto checkEnd = [&](const std::vector<LabelId>& labels, bool start, const char* word) {
    if (labels.empty()) return;
    for (const Relationship& r : relationships) {
      const NodeId node = start != reversed ? r.start : r.end;
      const bool fits =
          std::any_of(labels.begin(), labels.end(), [&](LabelId label) { return view_.hasLabel(node, label); });
      if (fits) continue;
      tell_({fmt::format("relation type `{}`: {}", name, word),
             fmt::format("{}: {} is not of type {} (relation type `{}`: {} {})", describe(r), describe(node),
                         labelList(labels), name, word, labelList(labels))});
    }
  };
  checkEnd(type.from, true, "FROM");
  checkEnd(type.to, false, "TO");
}

// Whatever can be written there must be readable as rows.
void Conformance::checkEvidence(const RelationType& type, std::span<const Relationship> relationships) {
  const auto key = catalog_.propertyKeys.find(kMoreEvidence);
  if (!key) return;
  const std::string& name = catalog_.relTypes.name(type.type);
  const auto rows = view_.relProperty(type.type, *key);
  for (const Relationship& r : relationships) {
    const Value value = rows.get(r.id);
    if (value.isNull()) continue;
    std::string why = "it is not a list";
    const auto isRow = [&](const Value& row) {
      why = "an element is not a STRING";
      return row.is(ValueKind::kString) && readRow(row.string(), why);
    };
    const bool fits = value.is(ValueKind::kList) && std::all_of(value.list().begin(), value.list().end(), isRow);
    if (fits) {
      checkFields(type, r, value.list());
      continue;
    }
    tell_({fmt::format("relation type `{}`: evidence", name),
           fmt::format("{}: `{}` must be a list of JSON objects, not {}: {}", describe(r), kMoreEvidence,
                       toCypherText(value), why)});
  }
}

// What is declared of evidence, here and above, holds for each row; the first one is the relationship's own properties.
void Conformance::checkFields(const RelationType& type, const Relationship& relationship, const List& rows) {
  std::vector<PropertyCheck> checks = propertyChecks(type, catalog_);
  for (const auto& above : types_.superRelations(type.type)) {
    const auto more = propertyChecks(*types_.relationType(above.type), catalog_);
    checks.insert(checks.end(), more.begin(), more.end());
  }
  for (const Value& text : rows) {
    std::string why;
    const auto row = readRow(text.string(), why);
    for (const PropertyCheck& check : checks) {
      const Value* value = row->find(check.keyName);
      std::optional<std::string> wrong;
      if (!isQualifier(catalog_, type.type, check.key)) {
        wrong = check.offence(value != nullptr ? *value : Value{});
      } else if (value != nullptr) {
        wrong = "belongs to the statement: it is no field of evidence";
      }
      if (!wrong) continue;
      tell_({check.rule, fmt::format("`{}` in a row of evidence of {} {} ({})", check.keyName, describe(relationship),
                                     *wrong, check.rule)});
    }
  }
}

// Each statement is there once.
void Conformance::checkStatements(const RelationType& type, std::span<const Relationship> relationships) {
  const std::string& name = catalog_.relTypes.name(type.type);
  const auto qualifiers = types_.qualifiers(type);
  const auto sameStatement = [&](const Relationship& a, const Relationship& b) {
    return std::all_of(qualifiers.begin(), qualifiers.end(), [&](const PropertyDeclaration* property) {
      return equivalent(view_.property(a, property->key), view_.property(b, property->key));
    });
  };
  const auto adjacency = view_.adjacency(type.type, Direction::kOut);
  const auto check = [&](const Relationship& r, NodeId start, NodeId end) {
    const auto ends = adjacency.neighbours(start);
    auto at = std::lower_bound(ends.begin(), ends.end(), end);
    for (; at != ends.end() && *at == end; ++at) {
      const RelId id = adjacency.relationships(start)[static_cast<std::size_t>(at - ends.begin())];
      const Relationship other{start, end, id, type.type};
      if (id == r.id || !sameStatement(r, other)) continue;
      return tell_({"relation type `" + name + "`: repeated statements",
                    fmt::format("{} and {} are one statement (relation type `{}`: WITH EVIDENCE)", describe(r),
                                describe(other), name)});
    }
  };
  for (const Relationship& r : relationships) {
    check(r, r.start, r.end);
    if (type.symmetric && r.start != r.end) check(r, r.end, r.start);
  }
}

void Conformance::checkFunctional(const RelationType& type, bool reversed,
                                  std::span<const Relationship> relationships) {
  const std::string& name = catalog_.relTypes.name(type.type);
  for (const Relationship& r : relationships) {
    const NodeId start = reversed ? r.end : r.start;
    std::set<NodeId> targets;
    forEachTarget(type.type, start, [&](NodeId target) { targets.insert(target); });
    if (targets.size() < 2) continue;
    const NodeId end = reversed ? r.start : r.end;
    const NodeId other = *targets.begin() == end ? *std::next(targets.begin()) : *targets.begin();
    tell_({"relation type `" + name + "`: functional",
           fmt::format("{}: the start is related to {} already (relation type `{}` is functional)", describe(r),
                       describe(other), name)});
  }
}

void Conformance::checkStrict(const RelationType& type, std::span<const Relationship> relationships) {
  const std::string& name = catalog_.relTypes.name(type.type);
  const auto declared = types_.properties(type);
  for (const PropertyKeyId key : view_.relPropertyKeysInUse(type.type)) {
    const bool known = std::any_of(declared.begin(), declared.end(), [&](const auto* p) { return p->key == key; });
    if (known) continue;
    const auto values = view_.relProperty(type.type, key);
    for (const Relationship& r : relationships) {
      const Value value = values.get(r.id);
      if (value.isNull()) continue;
      tell_({"relation type `" + name + "`: strict",
             fmt::format("{} has the property `{}` = {}, which relation type `{}` (strict) does not declare",
                         describe(r), catalog_.propertyKeys.name(key), toCypherText(value), name)});
    }
  }
}

// --- Cycles ---------------------------------------------------------------------------------------------------------

void Conformance::forEachTarget(RelTypeId type, NodeId node, const std::function<void(NodeId)>& visit) const {
  const auto visitAll = [&](RelTypeId of, Direction direction) {
    for (const NodeId neighbour : view_.adjacency(of, direction).neighbours(node)) visit(neighbour);
  };
  const auto visitReading = [&](const RelationReading& reading) {
    visitAll(reading.type, reading.reversed ? Direction::kIn : Direction::kOut);
    const RelationType* declared = types_.relationType(reading.type);
    if (declared && declared->symmetric) visitAll(reading.type, reading.reversed ? Direction::kOut : Direction::kIn);
  };
  visitReading({type, false});
  for (const auto& below : types_.subRelations(type)) visitReading(below);
}

// The relationship that takes a step of the relation, which may be of a sub-relation: " -[:part_of]-> ".
std::string Conformance::stepText(RelTypeId type, NodeId from, NodeId to) const {
  std::vector<RelationReading> readings{{type, false}};
  const auto below = types_.subRelations(type);
  readings.insert(readings.end(), below.begin(), below.end());
  for (const RelationReading& reading : readings) {
    const std::string& name = catalog_.relTypes.name(reading.type);
    const auto adjacency = view_.adjacency(reading.type, Direction::kOut);
    const RelationType* declared = types_.relationType(reading.type);
    const bool eitherWay = declared && declared->symmetric;
    if ((!reading.reversed || eitherWay) && adjacency.connected(from, to)) return fmt::format(" -[:{}]-> ", name);
    if ((reading.reversed || eitherWay) && adjacency.connected(to, from)) return fmt::format(" <-[:{}]- ", name);
  }
  return fmt::format(" -[:{}]-> ", catalog_.relTypes.name(type));
}

void Conformance::checkCycles(RelTypeId type, std::span<const Relationship> relationships) {
  const auto check = [&](RelTypeId of, bool reversed) {
    if (!types_.relationType(of) || !types_.relationType(of)->acyclic) return;
    std::vector<NodeId> starts;
    for (const Relationship& r : relationships) starts.push_back(reversed ? r.start : r.end);
    const auto cycle = findCycle(
        starts, [&](NodeId node, const std::function<void(NodeId)>& visit) { forEachTarget(of, node, visit); });
    if (!cycle) return;
    const std::string& name = catalog_.relTypes.name(of);
    std::string text;
    for (std::size_t i = 0; i < cycle->size(); ++i) {
      text += describe((*cycle)[i]) + stepText(of, (*cycle)[i], (*cycle)[(i + 1) % cycle->size()]);
    }
    tell_({"relation type `" + name + "`: acyclic",
           fmt::format("a cycle: {}{} (relation type `{}` is acyclic)", text, describe(cycle->front()), name)});
  };
  check(type, false);
  for (const auto& above : types_.superRelations(type)) check(above.type, above.reversed);
}

void Conformance::checkAll() {
  checkNodes(view_.nodes());
  for (const RelTypeId type : view_.relTypesInUse()) {
    if (!types_.strict() && !types_.relationType(type)) continue;
    const auto all = relationshipsOf(view_, type);
    checkRelationships(type, all);
    checkCycles(type, all);
  }
}

namespace {

// Calls back with each relationship of `node` in that direction, and the neighbour.
template <typename Visit>
void forEachRelationship(const storage::Adjacency& adjacency, NodeId node, Visit visit) {
  const auto neighbours = adjacency.neighbours(node);
  if (neighbours.empty()) return;
  const auto ids = adjacency.relationships(node);
  for (std::size_t i = 0; i < neighbours.size(); ++i) visit(neighbours[i], ids[i]);
}

}  // namespace

std::vector<Relationship> relationshipsOf(const storage::GraphView& view, RelTypeId type) {
  return relationshipsOf(view, type, view.adjacency(type, Direction::kOut));
}

std::vector<Relationship> relationshipsOf(const storage::GraphView& view, RelTypeId type,
                                          const storage::Adjacency& adjacency) {
  std::vector<Relationship> all;
  all.reserve(view.relationshipCount(type));
  for (const NodeId start : view.nodes()) {
    forEachRelationship(adjacency, start, [&](NodeId end, RelId id) { all.push_back({start, end, id, type}); });
  }
  return all;
}

std::vector<Relationship> relationshipsAt(const storage::GraphView& view, RelTypeId type, const Roaring& nodes) {
  std::vector<Relationship> all;
  const auto out = view.adjacency(type, Direction::kOut), in = view.adjacency(type, Direction::kIn);
  for (const NodeId node : nodes) {
    forEachRelationship(out, node, [&](NodeId end, RelId id) { all.push_back({node, end, id, type}); });
    forEachRelationship(in, node, [&](NodeId start, RelId id) {
      if (start != node) all.push_back({start, node, id, type});
    });
  }
  return all;
}

}  // namespace plexus::catalog
