// core/storage/bulk/index_builder.h: the entries that a bulk load adds to an index.
#pragma once

#include <optional>
#include <unordered_map>

#include "core/storage/bulk/keyed_values.h"
#include "core/storage/bulk/sst_output.h"
#include "core/storage/codec/property_segment.h"
#include "core/storage/memory/core.h"

namespace plexus::storage {

// Relationships that were there before a load, and of which it changes a property.
using ChangedRelationships = std::unordered_map<RelTypeId, Roaring>;

// What is stored (as of `moment`; null: now) and what a load brings; `properties` sorted.
struct IndexSource {
  const Core& core;
  std::shared_ptr<const State> base;
  const Roaring& newNodes;
  const std::unordered_map<LabelId, Roaring>& labels;
  const KeyedValues& properties;
  const ChangedRelationships& changed;
  Database::ReadPointPtr moment;
};

// The segment of a block as it will be: what is stored, and what the load adds. Nothing if no entity has a value.
std::optional<Segment> segmentOf(const IndexSource& source, const PropertyScope& scope, std::uint32_t block);
// Blocks in which the load, or (`whole`) the database with it, has values of the property, and those of changed
// relationships. Ascending.
std::vector<std::uint32_t> blocksOf(const IndexSource& source, const PropertyScope& scope, bool whole);
// True if entries of the entity have to be put: it is new, it is changed, or `whole`.
bool concerns(const IndexSource& source, const PropertyScope& scope, bool whole, std::uint32_t id);
// New nodes with the label; with `whole` also the old ones.
Roaring membersOf(const IndexSource& source, LabelId label, bool whole);

// Puts the keys of the entries of new and changed entities, ascending; for a new index (`whole`) also those of the old
// ones. Throws UniqueViolation.
void addIndexEntries(const IndexSource& source, const IndexSpec& spec, bool whole,
                     const std::filesystem::path& directory, std::size_t memoryBytes, const SstOutput::PutKey& put);

}  // namespace plexus::storage
