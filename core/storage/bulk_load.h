// core/storage/bulk_load.h: many nodes and relationships in one atomic step, by sorted files that RocksDB ingests.
//
// Column-wise and in bounded memory: relationships are sorted in runs that spill to the database's directory. The
// database may hold data already. Until finish() returns nothing is visible; a load that is destroyed, or killed,
// leaves the database as it was (its files are removed when it is next opened). Thread safety: one thread calls;
// sorting and writing use `threads` workers inside.
#pragma once

#include <functional>
#include <memory>
#include <span>

#include "core/storage/attachment.h"
#include "core/storage/index_spec.h"
#include "core/value/vector.h"

namespace plexus::storage {

class BulkLoad {
 public:
  virtual ~BulkLoad() = default;

  // `count` new nodes that all have `labels`; they get consecutive ids, the first of which is returned.
  virtual NodeId addNodes(std::span<const LabelId> labels, std::size_t count) = 0;
  // Values of nodes first, first + 1, ...; nulls are absent properties. A node's property is given at most once.
  virtual void setNodeProperty(PropertyKeyId key, NodeId first, const Vector& values) = 0;

  // Relationships of one type; returns the ordinal of the first within this load and type (0, 1, ... as they were
  // added).
  virtual std::uint64_t addRelationships(RelTypeId type, std::span<const NodeId> starts,
                                         std::span<const NodeId> ends) = 0;
  // Values of the relationships with ordinals first, first + 1, ...
  virtual void setRelProperty(RelTypeId type, PropertyKeyId key, std::uint64_t first, const Vector& values) = 0;
  // Another value (not null) of a relationship that the database has already. Kept in memory until finish().
  virtual void changeRelProperty(RelTypeId type, PropertyKeyId key, RelId id, const Value& value) = 0;

  virtual void createIndex(const IndexSpec& spec) = 0;  // built by finish(), which throws UniqueViolation
  virtual void setAttachment(std::shared_ptr<const Attachment> attachment) = 0;

  // Sorts, writes, ingests. Throws Error{kIoError, kLimitExceeded}. `step` is called before each of the longer steps,
  // the last time before the one that makes the load visible; what it throws ends the load, which leaves nothing.
  virtual void finish(const std::function<void()>& step) = 0;
  void finish() {
    finish([] {});
  }
};

}  // namespace plexus::storage
