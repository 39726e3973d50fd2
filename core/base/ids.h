// core/base/ids.h: the small integers by which everything is known inside the process and on disk.
//
// Ids are dense and given out in order of creation. Adjacency arrays hold NodeIds as plain u32, so a database has at
// most 2^32 - 2 nodes, and 2^32 - 2 relationships of one type.
#pragma once

#include <cstdint>
#include <limits>

namespace plexus {

using NodeId = std::uint32_t;
using RelId = std::uint32_t;  // dense within its relation type
using LabelId = std::uint16_t;
using RelTypeId = std::uint16_t;
using PropertyKeyId = std::uint16_t;
using IndexId = std::uint16_t;

inline constexpr NodeId kNoNode = std::numeric_limits<NodeId>::max();
inline constexpr RelId kNoRel = std::numeric_limits<RelId>::max();
inline constexpr std::uint16_t kNoId = std::numeric_limits<std::uint16_t>::max();  // LabelId, RelTypeId, ...

// The way a relationship is walked. kOut: from its start to its end. On disk: never renumbered.
enum class Direction : std::uint8_t { kOut = 0, kIn = 1, kBoth = 2 };

inline Direction reverse(Direction d) {
  return d == Direction::kBoth ? d : d == Direction::kOut ? Direction::kIn : Direction::kOut;
}

// A relationship as rows carry it: its identity is (type, id); the ends come along since adjacency knows them.
struct Relationship {
  NodeId start = kNoNode;
  NodeId end = kNoNode;
  RelId id = kNoRel;
  RelTypeId type = kNoId;
  friend bool operator==(const Relationship& a, const Relationship& b) { return a.id == b.id && a.type == b.type; }
  // What id(r) shows: unique over all types.
  std::int64_t number() const { return (static_cast<std::int64_t>(type) << 32) | id; }
};

}  // namespace plexus
