#include "core/storage/graph_view.h"

#include <algorithm>

#include "core/storage/view/view_impl.h"

namespace plexus::storage {
namespace {

PropertyScope nodeScope(PropertyKeyId key) { return {false, 0, key}; }
PropertyScope relScope(RelTypeId type, PropertyKeyId key) { return {true, type, key}; }

}  // namespace

std::uint64_t GraphView::version() const { return impl_->version(); }
const std::shared_ptr<const Attachment>& GraphView::attachment() const { return impl_->state->attachment; }

NodeId GraphView::nodeBound() const { return impl_->state->nodes.bound; }
std::uint64_t GraphView::nodeCount() const { return impl_->state->nodes.count; }
const Roaring& GraphView::nodes() const { return impl_->bitmap(kAllNodes); }
const Roaring& GraphView::labelled(LabelId label) const { return impl_->bitmap(label); }
bool GraphView::exists(NodeId node) const { return nodes().contains(node); }
bool GraphView::hasLabel(NodeId node, LabelId label) const { return labelled(label).contains(node); }

std::vector<LabelId> GraphView::labels(NodeId node) const {
  std::vector<LabelId> labels;
  for (std::size_t i = 0; i < impl_->state->labelCounts.size(); ++i) {
    const auto label = static_cast<LabelId>(i);
    if (impl_->state->labelCounts[i] > 0 && hasLabel(node, label)) labels.push_back(label);
  }
  return labels;
}

std::vector<LabelId> GraphView::labelIdsInUse() const {
  std::vector<LabelId> labels;
  for (std::size_t i = 0; i < impl_->state->labelCounts.size(); ++i) {
    if (impl_->state->labelCounts[i] > 0) labels.push_back(static_cast<LabelId>(i));
  }
  return labels;
}

Adjacency GraphView::adjacency(RelTypeId type, Direction direction) const {
  return Adjacency{openAdjacency(*impl_, type, direction)};
}

std::vector<RelTypeId> GraphView::relTypesInUse() const {
  std::vector<RelTypeId> types;
  for (std::size_t i = 0; i < impl_->state->relTypes.size(); ++i) {
    if (impl_->state->relTypes[i].count > 0) types.push_back(static_cast<RelTypeId>(i));
  }
  return types;
}

std::uint64_t GraphView::relationshipCount(RelTypeId type) const { return impl_->state->relType(type).count; }
RelId GraphView::relationshipBound(RelTypeId type) const { return impl_->state->relType(type).bound; }
bool GraphView::writing() const { return impl_->writing(); }

bool GraphView::exists(const Relationship& r) const {
  const auto lists = openAdjacency(*impl_, r.type, Direction::kOut)->lists(r.start);
  auto [from, to] = std::equal_range(lists.neighbours.begin(), lists.neighbours.end(), r.end);
  const auto ids =
      lists.ids.subspan(static_cast<std::size_t>(from - lists.neighbours.begin()), static_cast<std::size_t>(to - from));
  return std::binary_search(ids.begin(), ids.end(), r.id);
}

std::optional<Relationship> GraphView::relationship(RelTypeId type, RelId id) const {
  if (id >= impl_->state->relType(type).bound) return std::nullopt;
  return openAdjacency(*impl_, type, Direction::kOut)->find(id);
}

PropertyColumn GraphView::nodeProperty(PropertyKeyId key) const {
  return PropertyColumn{openColumn(impl_, nodeScope(key))};
}
PropertyColumn GraphView::relProperty(RelTypeId type, PropertyKeyId key) const {
  return PropertyColumn{openColumn(impl_, relScope(type, key))};
}

Value GraphView::property(NodeId node, PropertyKeyId key) const { return nodeProperty(key).get(node); }
Value GraphView::property(const Relationship& r, PropertyKeyId key) const { return relProperty(r.type, key).get(r.id); }

std::vector<PropertyValue> GraphView::properties(NodeId node) const {
  std::vector<PropertyValue> values;
  for (const PropertyKeyId key : nodePropertyKeysInUse()) {
    Value value = property(node, key);
    if (!value.isNull()) values.push_back({key, std::move(value)});
  }
  return values;
}

std::vector<PropertyValue> GraphView::properties(const Relationship& r) const {
  std::vector<PropertyValue> values;
  for (const PropertyKeyId key : relPropertyKeysInUse(r.type)) {
    Value value = property(r, key);
    if (!value.isNull()) values.push_back({key, std::move(value)});
  }
  return values;
}

std::vector<PropertyKeyId> GraphView::nodePropertyKeysInUse() const {
  std::vector<PropertyKeyId> keys;
  for (const auto& [scope, summary] : impl_->state->properties) {
    if (!scope.onRelationships && summary.count > 0) keys.push_back(scope.key);
  }
  return keys;
}

std::vector<PropertyKeyId> GraphView::relPropertyKeysInUse(RelTypeId type) const {
  std::vector<PropertyKeyId> keys;
  for (const auto& [scope, summary] : impl_->state->properties) {
    if (scope.onRelationships && scope.type == type && summary.count > 0) keys.push_back(scope.key);
  }
  return keys;
}

}  // namespace plexus::storage
