#include "import/load/graph_builder.h"

#include <algorithm>

#include <fmt/format.h>

namespace plexus::load {
namespace {

// counts[id] += n, and the id to `order` when it is new.
template <typename Id>
void count(std::vector<std::uint64_t>& counts, std::vector<Id>& order, Id id, std::uint64_t n) {
  if (counts.size() <= id) counts.resize(id + 1U);
  if (std::find(order.begin(), order.end(), id) == order.end()) order.push_back(id);
  counts[id] += n;
}

}  // namespace

GraphBuilder::GraphBuilder(storage::BulkLoad& bulk, std::shared_ptr<catalog::Catalog> catalog)
    : bulk_{bulk}, catalog_{std::move(catalog)} {}

LabelSet GraphBuilder::labels(std::span<const std::string> names) {
  LabelSet set;
  for (const std::string& name : names) {
    if (name.empty() || std::find(set.names.begin(), set.names.end(), name) != set.names.end()) continue;
    set.names.push_back(name);
    const LabelId label = catalog_->labels.add(name);
    set.ids.push_back(label);
    const auto above = catalog_->types().ancestors(label);
    set.ids.insert(set.ids.end(), above.begin(), above.end());
  }
  std::sort(set.ids.begin(), set.ids.end());
  set.ids.erase(std::unique(set.ids.begin(), set.ids.end()), set.ids.end());
  return set;
}

NodeId GraphBuilder::addNodes(const LabelSet& labels, std::size_t count_) {
  for (const LabelId label : labels.ids) count(nodesByLabel_, labelOrder_, label, count_);
  nodes_ += count_;
  const NodeId first = bulk_.addNodes(labels.ids, count_);
  if (catalog_->types().empty()) return first;
  const NodeId end = first + static_cast<NodeId>(count_);
  if (!runs_.empty() && runs_.back().end == first && runs_.back().labels == labels.ids) {
    runs_.back().end = end;
  } else {
    runs_.push_back({first, end, labels.ids});
  }
  return first;
}

const GraphBuilder::Run* GraphBuilder::runOf(NodeId node) const {
  const auto after =
      std::upper_bound(runs_.begin(), runs_.end(), node, [](NodeId n, const Run& run) { return n < run.first; });
  if (after == runs_.begin() || node >= std::prev(after)->end) return nullptr;
  return &*std::prev(after);
}

void GraphBuilder::setNodeProperty(PropertyKeyId key, NodeId first, const Vector& values) {
  bulk_.setNodeProperty(key, first, values);
}

std::uint64_t GraphBuilder::addRelationships(RelTypeId type, std::span<const NodeId> starts,
                                             std::span<const NodeId> ends) {
  count(relationshipsByType_, typeOrder_, type, starts.size());
  relationships_ += starts.size();
  return bulk_.addRelationships(type, starts, ends);
}

void GraphBuilder::setRelProperty(RelTypeId type, PropertyKeyId key, std::uint64_t first, const Vector& values) {
  bulk_.setRelProperty(type, key, first, values);
}

void GraphBuilder::changeRelProperty(RelTypeId type, PropertyKeyId key, RelId id, const Value& value) {
  bulk_.changeRelProperty(type, key, id, value);
}

void GraphBuilder::identify(const LabelSet& labels, const std::string& property, const std::string& space) {
  for (const std::string& name : labels.names) {
    const LabelId label = catalog_->labels.add(name);
    const bool primary = name == labels.names.front();
    const auto known =
        std::find_if(identities_.begin(), identities_.end(), [&](const Identity& i) { return i.label == label; });
    if (known == identities_.end()) {
      identities_.push_back({label, property, space, primary, false});
      continue;
    }
    known->primary = known->primary || primary;
    known->ambiguous = known->ambiguous || known->property != property || known->space != space;
  }
}

void GraphBuilder::finish(const std::function<bool(const std::string&)>& hasNodes, std::vector<std::string>& notes) {
  for (const Identity& identity : identities_) {
    if (wantsIndex(identity)) addIndex(identity, hasNodes(catalog_->labels.name(identity.label)), notes);
  }
  bulk_.setAttachment(catalog_);
}

bool GraphBuilder::wantsIndex(const Identity& identity) const {
  return identity.primary && !identity.ambiguous && !identity.property.empty();
}

void GraphBuilder::addIndex(const Identity& identity, bool hasNodes, std::vector<std::string>& notes) {
  const std::string label = catalog_->labels.name(identity.label);
  const PropertyKeyId key = catalog_->propertyKeys.add(identity.property);
  const auto covers = [&](const catalog::SchemaRule& rule) {
    return rule.hasIndex && rule.constraint == catalog::ConstraintKind::kUnique && !rule.spec.onRelationships &&
           rule.spec.labelOrType == identity.label && rule.spec.properties == std::vector<PropertyKeyId>{key};
  };
  const auto& rules = catalog_->rules();
  if (std::any_of(rules.begin(), rules.end(), covers)) return;
  const std::string name = fmt::format("unique_{}_{}", label, identity.property);
  if (hasNodes || catalog_->findRule(name) != nullptr) {
    notes.push_back(
        fmt::format("no unique index was made on :{}({}): {}", label, identity.property,
                    hasNodes ? "nodes with that label were there before" : "the name " + name + " is taken"));
    return;
  }
  catalog::SchemaRule rule;
  rule.name = name;
  rule.hasIndex = true;
  rule.constraint = catalog::ConstraintKind::kUnique;
  rule.spec = {
      .id = kNoId, .unique = true, .onRelationships = false, .labelOrType = identity.label, .properties = {key}};
  bulk_.createIndex(catalog_->addRule(std::move(rule)).spec);
}

void GraphBuilder::report(ImportReport& report) const {
  report.nodes = nodes_;
  report.relationships = relationships_;
  for (const LabelId id : labelOrder_) report.nodesByLabel.emplace_back(catalog_->labels.name(id), nodesByLabel_[id]);
  for (const RelTypeId id : typeOrder_) {
    report.relationshipsByType.emplace_back(catalog_->relTypes.name(id), relationshipsByType_[id]);
  }
}

}  // namespace plexus::load
