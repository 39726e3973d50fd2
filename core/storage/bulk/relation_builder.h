// core/storage/bulk/relation_builder.h: the new relationships of one type: sorted both ways, given ids, cut into
// chunks.
#pragma once

#include "core/storage/bulk/entry_sort.h"
#include "core/storage/bulk/property_appender.h"
#include "core/storage/bulk/run_sorter.h"
#include "core/storage/codec/adjacency_chunk.h"
#include "core/storage/memory/state.h"

namespace plexus::storage {

class RelationBuilder {
 public:
  RelationBuilder(RelTypeId type, const std::filesystem::path& directory, std::size_t memoryBytes);

  std::uint64_t add(std::span<const NodeId> starts, std::span<const NodeId> ends);
  void setProperty(PropertyKeyId key, std::uint64_t first, const Vector& values);
  std::size_t bytes() const { return out_.bytes(); }  // in memory, that spill() can free
  void spill() { out_.spill(); }
  std::uint64_t count() const { return count_; }
  RelTypeId type() const { return type_; }

  // Ids from firstId in order of (start, end); chunks into `adjacency`, directories into `meta`, properties into
  // `properties`. Chunks that are there already are read and joined.
  void finish(const Database& database, RelId firstId, KeyedValues& adjacency, KeyedValues& meta,
              KeyedValues& properties);
  // After finish().
  std::vector<std::pair<PropertyScope, PropertySummary>> summaries() const;

 private:
  struct SortEntries {
    void operator()(std::vector<AdjacencyEntry>& entries) const { sortEntries(entries); }
  };
  using EntrySorter = RunSorter<AdjacencyEntry, SortEntries>;

  void writeDirection(const Database& database, Direction direction, EntrySorter entries, KeyedValues& adjacency,
                      KeyedValues& meta);
  void writeProperty(PropertyAppender& byOrdinal, const std::vector<RelId>& idOf, RelId firstId,
                     KeyedValues& properties);

  RelTypeId type_;
  std::filesystem::path directory_;
  std::size_t memoryBytes_;
  std::uint64_t count_ = 0;
  EntrySorter out_, in_;  // out: {start, end, ordinal}; in: {end, start, id}
  KeyedValues byOrdinal_;
  std::vector<std::unique_ptr<PropertyAppender>> appenders_;
};

}  // namespace plexus::storage
