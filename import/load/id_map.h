// import/load/id_map.h: ids as files write them -> NodeId, for one id space.
//
// Open addressing over slots of 16 bytes. Ids that are decimal numbers (without leading zeros, up to 18 digits) are
// kept in the slot itself: one cache miss a look-up. Others are kept in an arena and compared there once their 64-bit
// hash is equal. 30 bytes a number, 50 bytes and the text for a string; 10-60 ns a look-up by size. Thread safety:
// none.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "core/base/ids.h"

namespace plexus::load {

class IdMap {
 public:
  IdMap();

  // kNoNode if unknown.
  NodeId find(std::string_view id) const;

  // Brings what find() or tryInsert() will look at into the cache: of use some ten ids ahead, where the map is large.
  void prefetch(std::string_view id) const;

  // What `id` stands for already, kNoNode if it was new and now stands for `node`. `place` comes back from placeOf().
  NodeId insert(std::string_view id, NodeId node, std::uint32_t place) { return tryInsert(id, node, place).existing; }

  // As insert(), where the node is known only later: give kPending, and the slot to setNode() before the next
  // reserve() or insertion beyond what was reserved.
  static constexpr NodeId kPending = kNoNode - 1;
  struct Insertion {
    NodeId existing;
    std::size_t slot;
  };
  Insertion tryInsert(std::string_view id, NodeId node, std::uint32_t place);
  void setNode(std::size_t slot, NodeId node) { slots_[slot].node = node; }
  // Slots do not move for `more` insertions.
  void reserve(std::size_t more);

  // Where an id that is in the map came from: a number < 2^31 that means something to the caller.
  std::uint32_t placeOf(std::string_view id) const;

  std::size_t size() const { return size_; }

 private:
  static constexpr std::uint32_t kNumber = std::uint32_t{1} << 31;
  struct Slot {
    std::uint64_t word = 0;       // the number, or the text's hash
    NodeId node = kNoNode;        // kNoNode: empty
    std::uint32_t reference = 0;  // kNumber | place, or an index of texts_
  };
  struct Text {
    const char* data;
    std::uint32_t size;
    std::uint32_t place;
  };
  struct Key;

  std::size_t home(std::uint64_t word) const;
  // The slot of the key, or the empty one where it belongs.
  std::size_t locate(const Key& key) const;
  bool matches(const Slot& slot, const Key& key) const;
  void grow();
  const char* keep(std::string_view text);

  std::vector<Slot> slots_;
  unsigned shift_;
  std::size_t size_ = 0;
  std::vector<Text> texts_;
  std::vector<std::unique_ptr<char[]>> arena_;
  char* arenaNext_ = nullptr;
  std::size_t arenaLeft_ = 0;
};

}  // namespace plexus::load
