#include "core/storage/bulk/text_builder.h"

#include <functional>

#include "core/storage/bulk/key_sorter.h"
#include "core/storage/codec/text_key.h"

namespace plexus::storage {
namespace {

using Member = std::function<bool(std::uint32_t id)>;

// Entries of one property of nodes, or of the relationships of one type.
void addField(const IndexSource& source, const IndexSpec& spec, const PropertyScope& scope, std::uint8_t field,
              bool whole, const Member& member, const std::function<void(const std::string&)>& add) {
  const TextAnalyser& analyse = source.core.analyser();
  for (const std::uint32_t block : blocksOf(source, scope, whole)) {
    const auto segment = segmentOf(source, scope, block);
    if (!segment) continue;
    segment->forEach([&](std::uint32_t slot, std::size_t rank) {
      const std::uint32_t id = (block << kSegmentBits) + slot;
      if (!member(id)) return;
      for (const TextTerm& term : analyse(segment->byRank(rank))) {
        add(textKey(spec.id, term.term, {id, scope.type, field, term.frequency, term.length}));
      }
    });
  }
}

}  // namespace

void addTextEntries(const IndexSource& source, const IndexSpec& spec, bool whole,
                    const std::filesystem::path& directory, std::size_t memoryBytes, const SstOutput::PutKey& put) {
  KeySorter sorter{directory};
  const auto add = [&](const std::string& key) {
    sorter.add(key);
    if (sorter.bytes() > memoryBytes) sorter.spill();
  };
  Roaring members;
  for (const std::uint16_t owner : spec.owners()) {
    if (!spec.onRelationships) members |= membersOf(source, owner, whole);
  }
  for (std::size_t i = 0; i < spec.properties.size(); ++i) {
    const auto field = static_cast<std::uint8_t>(i);
    if (!spec.onRelationships) {
      addField(
          source, spec, {false, 0, spec.properties[i]}, field, whole,
          [&](std::uint32_t id) { return members.contains(id); }, add);
      continue;
    }
    for (const std::uint16_t type : spec.owners()) {
      const PropertyScope scope{true, type, spec.properties[i]};
      addField(
          source, spec, scope, field, whole, [&](std::uint32_t id) { return concerns(source, scope, whole, id); }, add);
    }
  }
  sorter.forEach([&](const std::string& key) { put(key); });
}

}  // namespace plexus::storage
