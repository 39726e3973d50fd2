// core/storage/memory/state.h: the counters and small objects of one commit: what a view knows without reading chunks.
#pragma once

#include <memory>
#include <vector>

#include "core/storage/codec/meta.h"
#include "core/storage/rocks/database.h"

namespace plexus::storage {

// A copy a commit, so it is kept small: plain vectors. Immutable once shared.
struct State {
  Version version = 0;
  Version nodesChanged = 0;  // the last one, since the database was opened, that changed nodes or labels
  NodeCounters nodes;
  std::vector<std::uint64_t> labelCounts;                             // by label
  std::vector<RelTypeCounters> relTypes;                              // by type
  std::vector<std::pair<PropertyScope, PropertySummary>> properties;  // sorted
  std::shared_ptr<const std::vector<IndexSpec>> indexes = std::make_shared<const std::vector<IndexSpec>>();
  std::shared_ptr<const Attachment> attachment;

  std::uint64_t labelCount(LabelId label) const { return label < labelCounts.size() ? labelCounts[label] : 0; }
  RelTypeCounters relType(RelTypeId type) const { return type < relTypes.size() ? relTypes[type] : RelTypeCounters{}; }
  PropertySummary summary(const PropertyScope& scope) const;
  const IndexSpec* index(IndexId id) const;
  // About how many entries an index has: not more than its label or type, nor its first property. 0 if it is unknown.
  std::uint64_t expectedKeys(IndexId id) const;
  std::uint64_t expectedTextKeys(const IndexSpec& spec) const;
  // Ids of the entities of a scope are below this.
  std::uint32_t bound(const PropertyScope& scope) const {
    return scope.onRelationships ? relType(scope.type).bound : nodes.bound;
  }

  std::uint64_t& labelCountRef(LabelId label);
  RelTypeCounters& relTypeRef(RelTypeId type);
  PropertySummary& summaryRef(const PropertyScope& scope);
};

// Reads the state of the last commit.
State readState(const Database& database, const AttachmentReader& readAttachment);

// Puts what differs between two states.
void writeState(const Database& database, const State& before, const State& after, rocksdb::WriteBatch& batch);

}  // namespace plexus::storage
