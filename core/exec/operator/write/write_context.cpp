#include "core/exec/operator/write/write_context.h"

#include <algorithm>

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
    hasRules_ = needsChecking(Catalog::of(view()));
  }
  return hasRules_;
}

NodeId WriteContext::createNode(const std::vector<LabelId>& labels) {
  const NodeId node = transaction_->createNode(labels);
  ++counters_.nodesCreated;
  counters_.labelsAdded += labels.size();
  if (hasRules()) touchedNodes_.insert(node);
  return node;
}

Relationship WriteContext::createRelationship(RelTypeId type, NodeId start, NodeId end) {
  const Relationship relationship = transaction_->createRelationship(type, start, end);
  ++counters_.relationshipsCreated;
  if (hasRules()) touchedRelationships_.insert(relationship);
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
  if (hasRules()) touchedNodes_.insert(node);
}

void WriteContext::setProperty(const Relationship& relationship, PropertyKeyId key, const Value& value) {
  store(relationship, key, value);
  ++counters_.propertiesSet;
  if (hasRules()) touchedRelationships_.insert(relationship);
}

void WriteContext::addLabel(NodeId node, LabelId label) {
  try {
    if (transaction_->addLabel(node, label)) ++counters_.labelsAdded;
  } catch (const storage::UniqueViolation& violation) {
    throwViolation(violation, view());
  }
  if (hasRules()) touchedNodes_.insert(node);
}

void WriteContext::removeLabel(NodeId node, LabelId label) {
  if (transaction_->removeLabel(node, label)) ++counters_.labelsRemoved;
}

bool WriteContext::deleteNode(NodeId node) {
  if (!transaction_->deleteNode(node)) return false;
  ++counters_.nodesDeleted;
  touchedNodes_.erase(node);
  return true;
}

bool WriteContext::deleteConnectedNode(NodeId node, Span span) {
  if (!transaction_->deleteNode(node, true)) return false;
  ++counters_.nodesDeleted;
  touchedNodes_.erase(node);
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
  touchedNodes_.clear();
  touchedRelationships_.clear();
}

}  // namespace plexus::exec
