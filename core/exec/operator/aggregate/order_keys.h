// core/exec/operator/aggregate/order_keys.h: what nodes are compared by, as numbers that compare alike.
#pragma once

#include <cstdint>
#include <vector>

#include "core/exec/expression/evaluator.h"
#include "core/exec/operator/aggregate/node_weights.h"
#include "core/exec/run/row_store.h"

namespace plexus::exec {

// Of the two sides of one `<`: keys of the nodes of each. Integers are their own keys; other values are ranked, all of
// both sides together, those of a kind one after another: values of two kinds do not compare. Values that compare with
// none (null, NaN, points, durations) have no key. Lists are only compared in pairs: [] compares with lists of any
// kind. Cost: O(n log n) comparisons for values that are no integers.
class OrderKeys {
 public:
  // A key that no node has.
  static constexpr std::int64_t kNone = INT64_MIN;

  // Evaluators over batches with the node as their only column.
  OrderKeys(Worker& worker, const Evaluator& lessKey, const NodeCounts& less, const Evaluator& greaterKey,
            const NodeCounts& greater);

  std::int64_t less(NodeId node) const { return less_[node]; }
  std::int64_t greater(NodeId node) const { return greater_[node]; }
  // Keys compare only within a class.
  std::int64_t classOf(std::int64_t key) const { return form_ == Form::kRanks ? key >> kRankBits : 0; }
  // Keys do not compare at all: isBefore() tells.
  bool onlyInPairs() const { return form_ == Form::kPlaces; }
  bool isBefore(std::int64_t less, std::int64_t greater, bool strict) const;

 private:
  enum class Form : std::uint8_t { kIntegers, kRanks, kPlaces };
  static constexpr unsigned kRankBits = 40;
  // By node, over the range of those that have one.
  struct Side {
    NodeId low = 0;
    Array<std::int64_t> keys;
    std::int64_t operator[](NodeId node) const {
      const std::size_t i = static_cast<NodeId>(node - low);
      return i < keys.size() ? keys[i] : kNone;
    }
  };
  struct Keyed {
    Value value;
    std::int64_t* key;
  };
  static Side emptySide(const NodeCounts& nodes);
  void rank(std::vector<Keyed> all);

  Reservation reservation_;
  Side less_, greater_;
  Form form_ = Form::kIntegers;
  std::vector<Value> values_;  // by key, where those are places
};

}  // namespace plexus::exec
