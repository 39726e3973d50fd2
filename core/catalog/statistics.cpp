#include "core/catalog/statistics.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>
#include <tuple>
#include <unordered_set>

#include "core/value/compare.h"

namespace plexus::catalog {
namespace {

constexpr std::uint64_t kSample = 4096;  // nodes whose values are looked at

// What something was counted among; it is counted anew when either has moved by more than an eighth.
struct Basis {
  std::uint64_t nodes = 0, others = 0;

  bool serves(const Basis& now) const { return near(nodes, now.nodes) && near(others, now.others); }
  static bool near(std::uint64_t then, std::uint64_t now) { return (then > now ? then - now : now - then) <= then / 8; }
};

}  // namespace

class Statistics::Counted {
 public:
  double nearEnd(const storage::GraphView& view, LabelId label, RelTypeId type, Direction direction);
  double bothEnds(const storage::GraphView& view, LabelId near, RelTypeId type, Direction direction, LabelId far);
  double distinctValues(const storage::GraphView& view, LabelId label, PropertyKeyId key);

 private:
  struct Share {
    Basis basis;
    double value = 0;  // of the relationships of the type, or of the nodes of the label
  };
  // The share under `key`; `count()` tells it if none serves. Guarded by `mutex_`; counted under it, so that it is
  // counted once.
  template <typename Key, typename Count>
  double share(std::map<Key, Share>& shares, const Key& key, const Basis& basis, Count count) {
    const auto known = shares.find(key);
    if (known != shares.end() && known->second.basis.serves(basis)) return known->second.value;
    const double value = count();
    shares[key] = {basis, value};
    return value;
  }
  double nearShare(const storage::GraphView& view, LabelId label, RelTypeId type, Direction direction);
  double bothShare(const storage::GraphView& view, LabelId start, RelTypeId type, LabelId end, bool fromStart);

  std::mutex mutex_;
  std::map<std::tuple<LabelId, RelTypeId, Direction>, Share> nearEnds_;
  std::map<std::tuple<LabelId, RelTypeId, LabelId>, Share> ends_;  // from the start's label to the end's
  std::map<std::pair<LabelId, PropertyKeyId>, Share> distinct_;
};

double Statistics::Counted::nearShare(const storage::GraphView& view, LabelId label, RelTypeId type,
                                      Direction direction) {
  const Roaring& nodes = view.labelled(label);
  const std::uint64_t all = view.relationshipCount(type);
  return share(nearEnds_, {label, type, direction}, {nodes.cardinality(), all}, [&] {
    if (all == 0) return 0.0;
    const auto adjacency = view.adjacency(type, direction);
    std::uint64_t count = 0;
    for (const NodeId node : nodes) count += adjacency.degree(node);
    return static_cast<double>(count) / static_cast<double>(all);
  });
}

double Statistics::Counted::nearEnd(const storage::GraphView& view, LabelId label, RelTypeId type,
                                    Direction direction) {
  const std::lock_guard lock{mutex_};
  const auto all = static_cast<double>(view.relationshipCount(type));
  double share = 0;
  if (direction != Direction::kIn) share += nearShare(view, label, type, Direction::kOut);
  if (direction != Direction::kOut) share += nearShare(view, label, type, Direction::kIn);
  return std::round(all * share);
}

// By a walk from the start's side or from the end's.
double Statistics::Counted::bothShare(const storage::GraphView& view, LabelId start, RelTypeId type, LabelId end,
                                      bool fromStart) {
  const Roaring& starts = view.labelled(start);
  const Roaring& ends = view.labelled(end);
  const std::uint64_t all = view.relationshipCount(type);
  return share(ends_, {start, type, end}, {starts.cardinality() + ends.cardinality(), all}, [&] {
    const auto adjacency = view.adjacency(type, fromStart ? Direction::kOut : Direction::kIn);
    const Roaring& others = fromStart ? ends : starts;
    std::vector<bool> isOther(others.isEmpty() ? 0 : std::size_t{others.maximum()} + 1);
    for (const NodeId node : others) isOther[node] = true;
    std::uint64_t count = 0;
    for (const NodeId node : fromStart ? starts : ends) {
      for (const NodeId n : adjacency.neighbours(node)) count += n < isOther.size() && isOther[n] ? 1 : 0;
    }
    return static_cast<double>(count) / static_cast<double>(all);
  });
}

// Counted only where neither label is that of all relationships' ends.
double Statistics::Counted::bothEnds(const storage::GraphView& view, LabelId near, RelTypeId type, Direction direction,
                                     LabelId far) {
  if (direction == Direction::kBoth) {
    return bothEnds(view, near, type, Direction::kOut, far) + bothEnds(view, near, type, Direction::kIn, far);
  }
  const std::lock_guard lock{mutex_};
  const bool out = direction == Direction::kOut;
  const auto all = static_cast<double>(view.relationshipCount(type));
  const double start = nearShare(view, out ? near : far, type, Direction::kOut);
  const double end = nearShare(view, out ? far : near, type, Direction::kIn);
  if (start == 0 || end == 0) return 0;
  if (start == 1 || end == 1) return std::round(all * std::min(start, end));
  return std::round(all * bothShare(view, out ? near : far, type, out ? far : near, start < end));
}

double Statistics::Counted::distinctValues(const storage::GraphView& view, LabelId label, PropertyKeyId key) {
  const std::lock_guard lock{mutex_};
  const Roaring& nodes = view.labelled(label);
  const std::uint64_t all = nodes.cardinality();
  const auto column = view.nodeProperty(key);
  const double found = share(distinct_, {label, key}, {all, column.count()}, [&] {
    const std::uint64_t step = std::max<std::uint64_t>(1, all / kSample);
    std::unordered_set<Value, ValueHash, ValueEquivalent> seen;
    std::uint64_t index = 0, sampled = 0, present = 0;
    for (const NodeId node : nodes) {
      if (index++ % step != 0) continue;
      ++sampled;
      Value value = column.get(node);
      if (value.isNull()) continue;
      ++present;
      seen.insert(std::move(value));
    }
    if (present == 0) return 0.0;
    // Few repeats in the sample: the values go on being new; many: the sample has met nearly all of them.
    const double distinct = static_cast<double>(seen.size()), ofPresent = distinct / static_cast<double>(present);
    const double values = static_cast<double>(all) * static_cast<double>(present) / static_cast<double>(sampled);
    return (ofPresent > 0.5 ? values * ofPresent : distinct) / static_cast<double>(all);
  });
  return std::max(1.0, std::round(found * static_cast<double>(all)));
}

std::shared_ptr<Statistics::Counted> Statistics::nothingCounted() { return std::make_shared<Counted>(); }

Statistics::Statistics(storage::GraphView view, std::shared_ptr<Counted> counted)
    : view_{std::move(view)}, counted_{std::move(counted)} {}

double Statistics::nodeCount() const { return static_cast<double>(view_.nodeCount()); }

double Statistics::nodeCount(LabelId label) const { return static_cast<double>(view_.labelled(label).cardinality()); }

double Statistics::relationshipCount(RelTypeId type) const {
  return static_cast<double>(view_.relationshipCount(type));
}

double Statistics::relationshipCount(LabelId nearEnd, RelTypeId type, Direction direction) const {
  return counted_->nearEnd(view_, nearEnd, type, direction);
}

double Statistics::relationshipCount(LabelId nearEnd, RelTypeId type, Direction direction, LabelId farEnd) const {
  return counted_->bothEnds(view_, nearEnd, type, direction, farEnd);
}

double Statistics::distinctValues(LabelId label, PropertyKeyId key) const {
  return counted_->distinctValues(view_, label, key);
}

}  // namespace plexus::catalog
