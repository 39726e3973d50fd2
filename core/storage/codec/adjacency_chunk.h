// core/storage/codec/adjacency_chunk.h: a run of an adjacency's entries, of about kChunkEntries; long lists span
// several. Integers little-endian.
//
//   neighbours := version: u8 (= 1)  layout: u8  zero: u16  sources: u32  entries: u32  firstNode: u32
//                 node: u32[sources]                    layouts kSparse16, kSparse32 only; ascending
//                 end: u16 or u32 [sources]             not for kColumn; where the source's neighbours end, ascending
//                 neighbour: u32[entries]
//                 operation*                            pending updates, oldest first
//   operation  := add: u8 (0 or 1)  node: u32  neighbour: u32  id: u32
//   ids        := version: u8 (= 1)  layout: u8 (0: sequential, 1: listed)  zero: u16  entries: u32
//                 first: u32 (sequential)  |  id: u32[entries] (listed)
// Dense layouts cover the nodes firstNode, firstNode + 1, ...; kColumn: each has exactly one neighbour.
// The ids belong to the entries before the operations; operations carry their own. A merge operand is operation+
// without a header; merging appends, so it costs no decoding. Chunks with many operations are rewritten by the writer.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/storage/fold.h"

namespace plexus::storage {

inline constexpr std::size_t kChunkEntries = 8192;  // 32 KB of neighbours
inline constexpr std::size_t kOperationBytes = 13;
inline constexpr std::size_t kRewriteOperations = 4096;  // so many pending in a chunk make the writer rewrite it

enum class ChunkLayout : std::uint8_t { kColumn = 0, kDense16, kDense32, kSparse16, kSparse32 };

void appendOperation(std::string& out, const AdjacencyOp& op);

// What a merge adds its first operand to.
std::string emptyChunk();

// `entries` ascend. Picks the smallest layout.
std::string encodeNeighbours(const AdjacencyEntry* entries, std::size_t count);
std::string encodeIds(const AdjacencyEntry* entries, std::size_t count);

// A neighbours value, taken apart. Reads in place: valid while the bytes are.
class NeighboursView {
 public:
  explicit NeighboursView(std::string_view value);  // checks all sizes and orders; throws Error{kCorruption}

  std::size_t entries() const { return entries_; }
  std::size_t sources() const { return sources_; }
  NodeId node(std::size_t source) const;
  std::uint32_t end(std::size_t source) const;  // first entry after those of the source
  void copyNeighbours(NodeId* out) const;       // entries() of them
  bool hasOperations() const { return !operations_.empty(); }
  std::vector<AdjacencyOp> operations() const;

 private:
  void check() const;
  ChunkLayout layout_{};
  std::size_t sources_ = 0, entries_ = 0;
  NodeId firstNode_ = 0;
  std::string_view nodes_, ends_, neighbours_, operations_;
};

// `entries` ids appended to `out`; throws Error{kCorruption} if there are more or fewer.
void decodeIds(std::string_view value, std::size_t entries, std::vector<RelId>& out);

// All entries of a chunk, folded. `ids` may be empty (then ids are 0) only if the chunk has no operations. Throws
// Error{kCorruption} for entries that do not ascend.
std::vector<AdjacencyEntry> decodeChunk(const NeighboursView& chunk, std::string_view ids);

// Where the chunks of an adjacency begin; the first begins at {0, 0, 0}.
//   directory := version: u8 (= 1)  zero: u8[3]  count: u32  (node: u32 neighbour: u32 id: u32)[count]
std::string encodeDirectory(const std::vector<AdjacencyEntry>& firsts);
std::vector<AdjacencyEntry> decodeDirectory(std::string_view value);

}  // namespace plexus::storage
