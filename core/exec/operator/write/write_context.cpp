#include "core/exec/operator/write/write_context.h"

#include <algorithm>

#include "core/catalog/conformance.h"
#include "core/exec/operator/write/constraints.h"
#include "core/function/kernel.h"

namespace plexus::exec {

using catalog::Catalog;

std::uint16_t WriteContext::add(catalog::NameTable Catalog::*table, const std::string& name) {
  if (const auto id = (Catalog::of(view()).*table).find(name)) return *id;
  if (!catalog_) catalog_ = Catalog::of(view()).copy();
  const std::uint16_t id = ((*catalog_).*table).add(name);
  transaction_->setAttachment(catalog_);
  return id;
}

LabelId WriteContext::label(const std::string& name) { return add(&Catalog::labels, name); }
RelTypeId WriteContext::relType(const std::string& name) { return add(&Catalog::relTypes, name); }
PropertyKeyId WriteContext::propertyKey(const std::string& name) { return add(&Catalog::propertyKeys, name); }

bool WriteContext::hasRules() {
  if (!rulesKnown_) {
    rulesKnown_ = true;
    hasRules_ = needsChecking(Catalog::of(view())) || !types().empty();
  }
  return hasRules_;
}

const std::vector<LabelId>& WriteContext::withSuperTypes(const std::vector<LabelId>& labels) {
  if (types().nodeTypes().empty()) return labels;
  const auto [entry, isNew] = closedLabels_.try_emplace(labels, labels);
  auto& closed = entry->second;
  if (!isNew) return closed;
  for (const LabelId label : labels) {
    for (const LabelId ancestor : types().ancestors(label)) {
      if (std::find(closed.begin(), closed.end(), ancestor) == closed.end()) closed.push_back(ancestor);
    }
  }
  return closed;
}

template <typename Entity>
void WriteContext::setDefaults(const Entity& entity, const std::vector<catalog::PropertyDeclaration>& properties) {
  for (const auto& property : properties) {
    if (property.defaultValue.isNull() || !view().property(entity, property.key).isNull()) continue;
    setProperty(entity, property.key, property.defaultValue);
  }
}

void WriteContext::setDefaults(NodeId node, LabelId label) {
  if (const auto* type = types().nodeType(label)) setDefaults(node, type->properties);
}

void WriteContext::setDefaults(const Relationship& relationship) {
  if (const auto* type = types().relationType(relationship.type)) setDefaults(relationship, type->properties);
  for (const auto& above : types().superRelations(relationship.type)) {
    setDefaults(relationship, types().relationType(above.type)->properties);
  }
}

NodeId WriteContext::createNode(const std::vector<LabelId>& labels) {
  const auto& all = withSuperTypes(labels);
  const NodeId node = transaction_->createNode(all);
  ++counters_.nodesCreated;
  counters_.labelsAdded += all.size();
  if (hasRules()) {
    touchedNodes_.add(node);
    for (const LabelId label : all) setDefaults(node, label);
  }
  return node;
}

Relationship WriteContext::createRelationship(RelTypeId type, NodeId start, NodeId end) {
  const auto meant = types().reading(type);
  const Relationship relationship =
      transaction_->createRelationship(meant.type, meant.reversed ? end : start, meant.reversed ? start : end);
  ++counters_.relationshipsCreated;
  if (hasRules()) {
    touchedRelationships_.insert(relationship);
    setDefaults(relationship);
  }
  return relationship;
}

template <typename Entity>
void WriteContext::store(const Entity& entity, PropertyKeyId key, const Value& value) {
  try {
    transaction_->setProperty(entity, key, value);
  } catch (const storage::UniqueViolation& violation) {
    throwViolation(violation, view());
  } catch (const Error& error) {
    if (error.detail() != "InvalidPropertyType") throw;
    throwRuntime(error.type(), error.detail(),
                 "`" + Catalog::of(view()).propertyKeys.name(key) + "` cannot be " + function::describe(value) + ": " +
                     error.what());
  }
}

void WriteContext::setProperty(NodeId node, PropertyKeyId key, const Value& value) {
  store(node, key, value);
  ++counters_.propertiesSet;
  if (hasRules()) touchedNodes_.add(node);
}

void WriteContext::setProperty(const Relationship& relationship, PropertyKeyId key, const Value& value) {
  store(relationship, key, value);
  ++counters_.propertiesSet;
  if (hasRules()) touchedRelationships_.insert(relationship);
}

void WriteContext::addLabel(NodeId node, LabelId label) {
  const std::vector<LabelId> single{label};
  for (const LabelId added : withSuperTypes(single)) {
    try {
      if (!transaction_->addLabel(node, added)) continue;
    } catch (const storage::UniqueViolation& violation) {
      throwViolation(violation, view());
    }
    ++counters_.labelsAdded;
    if (hasRules()) setDefaults(node, added);
  }
  if (hasRules()) touchedNodes_.add(node);
}

void WriteContext::removeLabel(NodeId node, LabelId label) {
  if (!transaction_->removeLabel(node, label)) return;
  ++counters_.labelsRemoved;
  if (!hasRules()) return;
  touchedNodes_.add(node);
  lessLabelled_.add(node);
}

bool WriteContext::deleteNode(NodeId node) {
  if (!transaction_->deleteNode(node)) return false;
  ++counters_.nodesDeleted;
  touchedNodes_.remove(node);
  lessLabelled_.remove(node);
  return true;
}

bool WriteContext::deleteConnectedNode(NodeId node, Span span) {
  if (!transaction_->deleteNode(node, true)) return false;
  ++counters_.nodesDeleted;
  touchedNodes_.remove(node);
  lessLabelled_.remove(node);
  connectedDelete_ = span;
  return true;
}

// Between BEGIN and COMMIT later statements may still delete the relationships.
void WriteContext::requireNoDanglingNode() const {
  if (!commitAndContinue || connectedDelete_.empty()) return;
  if (const auto node = transaction_->danglingNode()) {
    throwRuntime(ErrorType::kConstraintVerificationFailed, "DeleteConnectedNode",
                 "node " + std::to_string(*node) + " still has relationships; DETACH DELETE deletes them too",
                 connectedDelete_);
  }
}

bool WriteContext::deleteRelationship(const Relationship& relationship) {
  if (!transaction_->deleteRelationship(relationship)) return false;
  ++counters_.relationshipsDeleted;
  touchedRelationships_.erase(relationship);
  return true;
}

void WriteContext::checkConstraints() {
  requireNoDanglingNode();
  if (!hasRules()) return;
  for (const auto& rule : Catalog::of(view()).rules()) {
    if (!isChecked(rule)) continue;
    const RuleCheck check{rule, view()};
    if (rule.spec.onRelationships) {
      for (const Relationship& relationship : touchedRelationships_) check.require(relationship);
    } else {
      for (const NodeId node : touchedNodes_) check.require(node);
    }
  }
  if (!types().empty()) checkTypes();
}

void WriteContext::checkTypes() {
  catalog::Conformance conformance{view(), [](const catalog::Offence& offence) {
                                     throwRuntime(ErrorType::kConstraintValidationFailed, "", offence.message);
                                   }};
  conformance.checkNodes(touchedNodes_);
  std::map<RelTypeId, std::vector<Relationship>> byType;
  for (const Relationship& relationship : touchedRelationships_) byType[relationship.type].push_back(relationship);
  for (auto& [type, relationships] : byType) {
    std::sort(relationships.begin(), relationships.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    conformance.checkRelationships(type, relationships);
    conformance.checkCycles(type, relationships);
  }
  if (lessLabelled_.isEmpty()) return;
  for (const auto& type : types().relationTypes()) {
    conformance.checkRelationships(type.type, catalog::relationshipsAt(view(), type.type, lessLabelled_));
  }
}

void WriteContext::rollbackTo(const Mark& mark) {
  transaction_->rollbackTo(mark.savepoint);
  counters_ = mark.counters;
  continueIn(*transaction_);
}

void WriteContext::continueIn(storage::WriteTransaction& transaction) {
  transaction_ = &transaction;
  catalog_ = nullptr;
  rulesKnown_ = false;
  touchedNodes_ = Roaring{};
  lessLabelled_ = Roaring{};
  closedLabels_.clear();
  touchedRelationships_.clear();
}

}  // namespace plexus::exec
