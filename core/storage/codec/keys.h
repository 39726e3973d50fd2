// core/storage/codec/keys.h: every key of the four keyspaces (RocksDB column families). All integers big-endian.
//
//   default   "F" format | "V" version of the last commit | "N" node counters | "A" attachment
//             "l" label: u16                      count of nodes
//             "T" type: u16                       relationship counters
//             "P" scope: u8 type: u16 key: u16    property summary
//             "L" label: u16 block: u16           bitmap of the nodes [block << 16, (block + 1) << 16); label 65535:
//             all nodes "I" index: u16                      index specification "D" type: u16 direction: u8 chunk
//             directory
//   adjacency type: u16 direction: u8 part: u8 node: u32 neighbour: u32 id: u32     (part 0: neighbours, 1: ids)
//   property  scope: u8 type: u16 key: u16 block: u32                               (scope 0: nodes, 1: relationships)
//   index     index: u16 sortable value... entity: u32                              (empty values)
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/ids.h"
#include "core/storage/codec/bytes.h"

namespace plexus::storage {

// Column families, in the order in which they are opened.
enum class Keyspace : std::uint8_t { kMeta = 0, kAdjacency, kProperty, kIndex };
inline constexpr std::size_t kKeyspaces = 4;

inline constexpr LabelId kAllNodes = kNoId;  // the label that every node has, in "L" keys
inline constexpr unsigned kLabelBlockBits = 16;

// One of all properties: of nodes, or of the relationships of one type.
struct PropertyScope {
  bool onRelationships = false;
  RelTypeId type = 0;  // 0 for nodes
  PropertyKeyId key = 0;
  friend auto operator<=>(const PropertyScope&, const PropertyScope&) = default;
};

// One entry of an adjacency: the lists of all nodes, one after another, are the entries in this order.
struct AdjacencyEntry {
  NodeId node = 0;
  NodeId neighbour = 0;
  RelId id = 0;
  friend auto operator<=>(const AdjacencyEntry&, const AdjacencyEntry&) = default;
};

enum class ChunkPart : std::uint8_t { kNeighbours = 0, kIds = 1 };

std::string formatKey();
std::string versionKey();
std::string nodeCountersKey();
std::string attachmentKey();
std::string labelCountKey(LabelId label);
std::string relTypeKey(RelTypeId type);
std::string propertySummaryKey(const PropertyScope& scope);
std::string labelBlockKey(LabelId label, std::uint16_t block);
std::string labelPrefix(LabelId label);
std::string indexSpecKey(IndexId index);
std::string directoryKey(RelTypeId type, Direction direction);

std::string adjacencyPrefix(RelTypeId type, Direction direction, ChunkPart part);
std::string adjacencyKey(RelTypeId type, Direction direction, ChunkPart part, const AdjacencyEntry& first);
AdjacencyEntry decodeAdjacencyKey(std::string_view key);  // throws Error{kCorruption}

std::string propertyPrefix(const PropertyScope& scope);
std::string propertyKey(const PropertyScope& scope, std::uint32_t block);
std::string indexPrefix(IndexId index);
IndexId indexOf(std::string_view key);  // of a key that starts with such a prefix

// The least key greater than all keys that start with `prefix`; empty if there is none.
std::string afterPrefix(std::string prefix);

}  // namespace plexus::storage
