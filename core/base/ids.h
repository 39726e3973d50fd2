// core/base/ids.h: the small integers by which everything is known inside the process and on disk.
//
// Ids are dense and given out in order of creation. Adjacency arrays hold NodeIds as plain u32, so a database has at
// most 2^32 - 2 nodes, and 2^32 - 4 relationships of one type.
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
// In place of an id: a relationship that is entailed (core/inference) and stored nowhere. Its identity is its type and
// its ends; of a symmetric type, its ends either way round.
inline constexpr RelId kEntailedRel = kNoRel - 1;
inline constexpr RelId kEntailedEitherWay = kNoRel - 2;
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
  // Entailed and stored nowhere, not even turned round.
  bool isEntailed() const { return id == kEntailedRel || id == kEntailedEitherWay; }
  friend bool operator==(const Relationship& a, const Relationship& b) {
    return a.id == b.id && a.type == b.type && (!a.isEntailed() || sameEnds(a, b));
  }
  // What id(r) shows: unique over all types. Negative if entailed: then exact as long as ids of nodes stay below 2^24
  // and of types below 2^14, else a 62-bit hash.
  std::int64_t number() const { return isEntailed() ? entailedNumber() : (static_cast<std::int64_t>(type) << 32) | id; }

 private:
  static bool sameEnds(const Relationship& a, const Relationship& b) {
    return (a.start == b.start && a.end == b.end) ||
           (a.id == kEntailedEitherWay && a.start == b.end && a.end == b.start);
  }
  std::int64_t entailedNumber() const;
};

inline std::int64_t Relationship::entailedNumber() const {
  const bool turn = id == kEntailedEitherWay && end < start;
  const std::uint64_t first = turn ? end : start, second = turn ? start : end;
  constexpr std::uint64_t kPlain = 1U << 24, kHashed = std::uint64_t{1} << 62;
  if (first < kPlain && second < kPlain && type < (1U << 14)) {
    return -1 - static_cast<std::int64_t>((std::uint64_t{type} << 48) | (first << 24) | second);
  }
  std::uint64_t hash = ((first << 32) | second) * 0x9E3779B97F4A7C15ULL;
  hash = (hash ^ (hash >> 29) ^ type) * 0xBF58476D1CE4E5B9ULL;
  return -1 - static_cast<std::int64_t>(kHashed | ((hash ^ (hash >> 32)) & (kHashed - 1)));
}

}  // namespace plexus
