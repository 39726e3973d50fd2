// core/exec/operator/aggregate/accumulator.h: one aggregate of all groups, fed a batch at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/bind/bound_query.h"
#include "core/value/batch.h"

namespace plexus::exec {

// Not thread-safe: each worker has its own, merged at the end.
class Accumulator {
 public:
  // The rows of a batch as an aggregate sees them.
  struct Rows {
    std::span<const Column> arguments;
    std::size_t rows = 0;
    std::span<const std::uint32_t> groups;        // one a row; empty: all of group 0
    std::size_t groupCount = 1;                   // groups so far
    std::span<const std::uint64_t> multiplicity;  // one a row; empty: 1
    std::uint64_t times(std::size_t row) const { return multiplicity.empty() ? 1 : multiplicity[row]; }
    std::uint32_t group(std::size_t row) const { return groups.empty() ? 0 : groups[row]; }
  };

  virtual ~Accumulator() = default;
  // May throw what the aggregate throws (overflow, wrong types).
  virtual void add(const Rows& rows) = 0;
  // Group g of `other`, which was made for the same aggregate, is groups[g] here; groupCount as in Rows.
  virtual void merge(Accumulator& other, std::span<const std::uint32_t> groups, std::size_t groupCount) = 0;
  // One value a group, also for groups that add() never saw. Called once.
  virtual std::shared_ptr<const Vector> finish(std::size_t groupCount) = 0;
  virtual std::size_t bytes() const = 0;
  // As new: no group has seen anything. Little memory is kept.
  virtual void clear() = 0;
};

std::unique_ptr<Accumulator> makeAccumulator(const bind::BoundAggregate& aggregate);

}  // namespace plexus::exec
