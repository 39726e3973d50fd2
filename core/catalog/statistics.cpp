#include "core/catalog/statistics.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <tuple>
#include <unordered_set>

#include "core/value/compare.h"

namespace plexus::catalog {
namespace {

constexpr std::uint64_t kSample = 4096;  // nodes whose values are looked at

}  // namespace

struct Statistics::Impl {
  // What was asked once is kept. Guarded by `mutex`; computed under it, so that it is computed once.
  struct NearEnd {
    double relationships = 0;
    bool total = true;  // every node of the label has exactly one
  };
  struct Values {
    double count = 0, distinct = 1;
  };

  explicit Impl(storage::GraphView v) : view{std::move(v)} {}

  const NearEnd& nearEnd(LabelId label, RelTypeId type, Direction direction);
  double bothEnds(LabelId near, RelTypeId type, Direction direction, LabelId far);
  const Values& values(LabelId label, PropertyKeyId key);

  storage::GraphView view;
  std::mutex mutex;
  std::map<std::tuple<LabelId, RelTypeId, Direction>, NearEnd> nearEnds;
  std::map<std::tuple<LabelId, RelTypeId, LabelId>, double> ends;  // from the start's label to the end's
  std::map<std::pair<LabelId, PropertyKeyId>, Values> valuesOf;
};

const Statistics::Impl::NearEnd& Statistics::Impl::nearEnd(LabelId label, RelTypeId type, Direction direction) {
  const auto [place, isNew] = nearEnds.try_emplace({label, type, direction});
  NearEnd& result = place->second;
  if (!isNew) return result;
  const auto add = [&](Direction way) {
    const auto adjacency = view.adjacency(type, way);
    for (const NodeId node : view.labelled(label)) {
      const std::size_t degree = adjacency.degree(node);
      result.relationships += static_cast<double>(degree);
      result.total = result.total && degree == 1;
    }
  };
  if (direction != Direction::kIn) add(Direction::kOut);
  if (direction != Direction::kOut) add(Direction::kIn);
  if (direction == Direction::kBoth) result.total = false;
  return result;
}

// Counted only where neither label is that of all relationships' ends.
double Statistics::Impl::bothEnds(LabelId near, RelTypeId type, Direction direction, LabelId far) {
  if (direction == Direction::kBoth) {
    return bothEnds(near, type, Direction::kOut, far) + bothEnds(near, type, Direction::kIn, far);
  }
  const Direction back = direction == Direction::kOut ? Direction::kIn : Direction::kOut;
  const auto all = static_cast<double>(view.relationshipCount(type));
  const double fromNear = nearEnd(near, type, direction).relationships,
               fromFar = nearEnd(far, type, back).relationships;
  if (fromNear == all || fromNear == 0) return fromNear == 0 ? 0 : fromFar;
  if (fromFar == all || fromFar == 0) return fromFar == 0 ? 0 : fromNear;
  const auto key = direction == Direction::kOut ? std::tuple{near, type, far} : std::tuple{far, type, near};
  const auto [place, isNew] = ends.try_emplace(key);
  if (!isNew) return place->second;
  const bool nearIsFewer = fromNear < fromFar;
  const auto adjacency = view.adjacency(type, nearIsFewer ? direction : back);
  const Roaring& others = view.labelled(nearIsFewer ? far : near);
  std::vector<bool> isOther(others.isEmpty() ? 0 : std::size_t{others.maximum()} + 1);
  for (const NodeId node : others) isOther[node] = true;
  std::uint64_t count = 0;
  for (const NodeId node : view.labelled(nearIsFewer ? near : far)) {
    for (const NodeId n : adjacency.neighbours(node)) count += n < isOther.size() && isOther[n] ? 1 : 0;
  }
  return place->second = static_cast<double>(count);
}

const Statistics::Impl::Values& Statistics::Impl::values(LabelId label, PropertyKeyId key) {
  const auto [place, isNew] = valuesOf.try_emplace({label, key});
  Values& result = place->second;
  if (!isNew) return result;
  const Roaring& nodes = view.labelled(label);
  const std::uint64_t all = nodes.cardinality();
  const std::uint64_t step = std::max<std::uint64_t>(1, all / kSample);
  const auto column = view.nodeProperty(key);
  std::unordered_set<Value, ValueHash, ValueEquivalent> seen;
  std::uint64_t index = 0, sampled = 0, present = 0;
  for (const NodeId node : nodes) {
    if (index++ % step != 0) continue;
    ++sampled;
    const Value value = column.get(node);
    if (value.isNull()) continue;
    ++present;
    seen.insert(value);
  }
  if (present == 0) return result;
  result.count = static_cast<double>(all) * static_cast<double>(present) / static_cast<double>(sampled);
  // Few repeats in the sample: the values go on being new; many: the sample has met nearly all of them.
  const double distinct = static_cast<double>(seen.size()), share = distinct / static_cast<double>(present);
  result.distinct = std::max(1.0, share > 0.5 ? result.count * share : distinct);
  return result;
}

Statistics::Statistics(storage::GraphView view) : impl_{std::make_unique<Impl>(std::move(view))} {}
Statistics::~Statistics() = default;

double Statistics::nodeCount() const { return static_cast<double>(impl_->view.nodeCount()); }

double Statistics::nodeCount(LabelId label) const {
  return static_cast<double>(impl_->view.labelled(label).cardinality());
}

double Statistics::relationshipCount(RelTypeId type) const {
  return static_cast<double>(impl_->view.relationshipCount(type));
}

double Statistics::relationshipCount(LabelId nearEnd, RelTypeId type, Direction direction) const {
  std::lock_guard lock{impl_->mutex};
  return impl_->nearEnd(nearEnd, type, direction).relationships;
}

double Statistics::relationshipCount(LabelId nearEnd, RelTypeId type, Direction direction, LabelId farEnd) const {
  std::lock_guard lock{impl_->mutex};
  return impl_->bothEnds(nearEnd, type, direction, farEnd);
}

double Statistics::distinctValues(LabelId label, PropertyKeyId key) const {
  std::lock_guard lock{impl_->mutex};
  return impl_->values(label, key).distinct;
}

double Statistics::propertyCount(LabelId label, PropertyKeyId key) const {
  std::lock_guard lock{impl_->mutex};
  return impl_->values(label, key).count;
}

bool Statistics::isTotalFunction(LabelId label, RelTypeId type, Direction direction) const {
  std::lock_guard lock{impl_->mutex};
  return impl_->nearEnd(label, type, direction).total;
}

}  // namespace plexus::catalog
