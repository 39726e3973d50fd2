#include "core/storage/codec/adjacency_chunk.h"

namespace plexus::storage {
namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kHeaderBytes = 16;

template <typename T>
T at(std::string_view bytes, std::size_t index) {
  T value;
  std::memcpy(&value, bytes.data() + index * sizeof(T), sizeof(T));
  return value;
}

struct Sources {
  std::vector<NodeId> nodes;
  std::vector<std::uint32_t> ends;
};

Sources sourcesOf(const AdjacencyEntry* entries, std::size_t count) {
  Sources sources;
  for (std::size_t i = 0; i < count; ++i) {
    if (sources.nodes.empty() || sources.nodes.back() != entries[i].node) {
      sources.nodes.push_back(entries[i].node);
      sources.ends.push_back(0);
    }
    sources.ends.back() = static_cast<std::uint32_t>(i + 1);
  }
  return sources;
}

ChunkLayout pickLayout(const Sources& s, std::size_t count) {
  const bool narrow = count <= 0xFFFF;
  if (s.nodes.empty()) return ChunkLayout::kDense16;
  const std::size_t span = std::size_t{s.nodes.back()} - s.nodes.front() + 1;
  if (span == count && s.nodes.size() == count) return ChunkLayout::kColumn;
  const std::size_t width = narrow ? 2 : 4;
  if (span * width <= s.nodes.size() * (width + 4)) return narrow ? ChunkLayout::kDense16 : ChunkLayout::kDense32;
  return narrow ? ChunkLayout::kSparse16 : ChunkLayout::kSparse32;
}

bool isSparse(ChunkLayout l) { return l == ChunkLayout::kSparse16 || l == ChunkLayout::kSparse32; }
bool isNarrow(ChunkLayout l) { return l == ChunkLayout::kDense16 || l == ChunkLayout::kSparse16; }

// A node without neighbours inside a dense layout ends where the one before it ends.
void fillGaps(Sources& s) {
  Sources dense;
  for (std::size_t i = 0; i < s.nodes.size(); ++i) {
    while (!dense.nodes.empty() && dense.nodes.back() + 1 < s.nodes[i]) {
      dense.nodes.push_back(dense.nodes.back() + 1);
      dense.ends.push_back(dense.ends.back());
    }
    dense.nodes.push_back(s.nodes[i]);
    dense.ends.push_back(s.ends[i]);
  }
  s = std::move(dense);
}

}  // namespace

void appendOperation(std::string& out, const AdjacencyOp& op) {
  out.push_back(op.add ? 1 : 0);
  putLittle(out, op.entry.node);
  putLittle(out, op.entry.neighbour);
  putLittle(out, op.entry.id);
}

std::string emptyChunk() { return encodeNeighbours(nullptr, 0); }

std::string encodeNeighbours(const AdjacencyEntry* entries, std::size_t count) {
  Sources s = sourcesOf(entries, count);
  const ChunkLayout layout = pickLayout(s, count);
  if (!isSparse(layout) && layout != ChunkLayout::kColumn) fillGaps(s);
  std::string out;
  out.reserve(kHeaderBytes + s.nodes.size() * 8 + count * 4);
  out.push_back(static_cast<char>(kVersion));
  out.push_back(static_cast<char>(layout));
  putLittle(out, std::uint16_t{0});
  putLittle(out, static_cast<std::uint32_t>(s.nodes.size()));
  putLittle(out, static_cast<std::uint32_t>(count));
  putLittle(out, s.nodes.empty() ? NodeId{0} : s.nodes.front());
  if (isSparse(layout)) {
    for (const NodeId node : s.nodes) putLittle(out, node);
  }
  if (layout != ChunkLayout::kColumn) {
    for (const std::uint32_t end : s.ends) {
      if (isNarrow(layout)) {
        putLittle(out, static_cast<std::uint16_t>(end));
      } else {
        putLittle(out, end);
      }
    }
  }
  const std::size_t at = out.size();
  out.resize(at + count * sizeof(NodeId));
  for (std::size_t i = 0; i < count; ++i)
    std::memcpy(&out[at + i * sizeof(NodeId)], &entries[i].neighbour, sizeof(NodeId));
  return out;
}

std::string encodeIds(const AdjacencyEntry* entries, std::size_t count) {
  bool sequential = true;
  for (std::size_t i = 1; i < count && sequential; ++i) sequential = entries[i].id == entries[0].id + i;
  std::string out;
  out.push_back(static_cast<char>(kVersion));
  out.push_back(sequential ? 0 : 1);
  putLittle(out, std::uint16_t{0});
  putLittle(out, static_cast<std::uint32_t>(count));
  if (sequential) {
    putLittle(out, count == 0 ? RelId{0} : entries[0].id);
  } else {
    out.reserve(out.size() + count * sizeof(RelId));
    for (std::size_t i = 0; i < count; ++i) putLittle(out, entries[i].id);
  }
  return out;
}

NeighboursView::NeighboursView(std::string_view value) {
  ByteReader in{value, "adjacency chunk"};
  if (in.little<std::uint8_t>() != kVersion) in.fail();
  const auto layout = in.little<std::uint8_t>();
  if (layout > static_cast<std::uint8_t>(ChunkLayout::kSparse32) || in.little<std::uint16_t>() != 0) in.fail();
  layout_ = static_cast<ChunkLayout>(layout);
  sources_ = in.little<std::uint32_t>();
  entries_ = in.little<std::uint32_t>();
  firstNode_ = in.little<NodeId>();
  if (isSparse(layout_)) nodes_ = in.take(sources_ * sizeof(NodeId));
  if (layout_ != ChunkLayout::kColumn) ends_ = in.take(sources_ * (isNarrow(layout_) ? 2 : 4));
  neighbours_ = in.take(entries_ * sizeof(NodeId));
  operations_ = in.rest();
  if (operations_.size() % kOperationBytes != 0) in.fail();
  check();
}

void NeighboursView::check() const {
  bool good = layout_ != ChunkLayout::kColumn || sources_ == entries_;
  good = good && (sources_ == 0 || std::uint64_t{firstNode_} + sources_ - 1 <= kNoNode);
  std::uint32_t last = 0;
  for (std::size_t i = 0; i < sources_ && good; ++i) {
    good = end(i) >= last && (i == 0 || node(i) > node(i - 1));
    last = end(i);
  }
  if (!good || last != entries_) throwCorruption("adjacency chunk: offsets do not ascend");
}

NodeId NeighboursView::node(std::size_t source) const {
  return isSparse(layout_) ? at<NodeId>(nodes_, source) : firstNode_ + static_cast<NodeId>(source);
}

std::uint32_t NeighboursView::end(std::size_t source) const {
  if (layout_ == ChunkLayout::kColumn) return static_cast<std::uint32_t>(source + 1);
  return isNarrow(layout_) ? at<std::uint16_t>(ends_, source) : at<std::uint32_t>(ends_, source);
}

void NeighboursView::copyNeighbours(NodeId* out) const {
  if (entries_ > 0) std::memcpy(out, neighbours_.data(), neighbours_.size());
}

std::vector<AdjacencyOp> NeighboursView::operations() const {
  std::vector<AdjacencyOp> ops;
  ops.reserve(operations_.size() / kOperationBytes);
  ByteReader in{operations_, "adjacency operations"};
  while (!in.atEnd()) {
    const auto add = in.little<std::uint8_t>();
    if (add > 1) in.fail();
    AdjacencyEntry entry;
    entry.node = in.little<NodeId>();
    entry.neighbour = in.little<NodeId>();
    entry.id = in.little<RelId>();
    ops.push_back({entry, add == 1});
  }
  return ops;
}

void decodeIds(std::string_view value, std::size_t entries, std::vector<RelId>& out) {
  ByteReader in{value, "relationship ids"};
  if (in.little<std::uint8_t>() != kVersion) in.fail();
  const auto layout = in.little<std::uint8_t>();
  if (layout > 1 || in.little<std::uint16_t>() != 0 || in.little<std::uint32_t>() != entries) in.fail();
  const std::size_t at = out.size();
  if (layout == 0) {
    const auto first = in.little<RelId>();
    out.resize(at + entries);
    for (std::size_t i = 0; i < entries; ++i) out[at + i] = first + static_cast<RelId>(i);
  } else {
    if (in.rest().size() != entries * sizeof(RelId)) in.fail();
    out.resize(at + entries);
    in.array(out.data() + at, entries);
  }
  if (!in.atEnd()) in.fail();
}

std::vector<AdjacencyEntry> decodeChunk(const NeighboursView& chunk, std::string_view idValue) {
  std::vector<NodeId> neighbours(chunk.entries());
  chunk.copyNeighbours(neighbours.data());
  std::vector<RelId> ids;
  if (!idValue.empty()) {
    decodeIds(idValue, chunk.entries(), ids);
  } else if (chunk.hasOperations() && chunk.entries() > 0) {
    throwCorruption("adjacency chunk: its relationship ids are missing");
  } else {
    ids.resize(chunk.entries());
  }
  std::vector<AdjacencyEntry> base;
  base.reserve(chunk.entries());
  for (std::size_t s = 0; s < chunk.sources(); ++s) {
    for (std::size_t i = base.size(); i < chunk.end(s); ++i) base.push_back({chunk.node(s), neighbours[i], ids[i]});
  }
  if (!std::is_sorted(base.begin(), base.end())) throwCorruption("adjacency chunk: its entries do not ascend");
  if (!chunk.hasOperations()) return base;
  std::vector<AdjacencyOp> ops = chunk.operations();
  keepLast(ops);
  std::vector<AdjacencyEntry> result;
  result.reserve(base.size() + ops.size());
  foldAdjacency(
      base.size(), [&](std::size_t i) { return base[i]; }, ops,
      [&](std::size_t from, std::size_t to) {
        result.insert(result.end(), base.begin() + static_cast<std::ptrdiff_t>(from),
                      base.begin() + static_cast<std::ptrdiff_t>(to));
      },
      [&](const AdjacencyEntry& entry) { result.push_back(entry); });
  return result;
}

std::string encodeDirectory(const std::vector<AdjacencyEntry>& firsts) {
  std::string out;
  putLittle(out, std::uint32_t{kVersion});
  putLittle(out, static_cast<std::uint32_t>(firsts.size()));
  for (const AdjacencyEntry& first : firsts) {
    putLittle(out, first.node);
    putLittle(out, first.neighbour);
    putLittle(out, first.id);
  }
  return out;
}

std::vector<AdjacencyEntry> decodeDirectory(std::string_view value) {
  ByteReader in{value, "chunk directory"};
  if (in.little<std::uint32_t>() != kVersion) in.fail();
  const auto count = in.little<std::uint32_t>();
  if (in.rest().size() != count * sizeof(AdjacencyEntry) || count == 0) in.fail();
  std::vector<AdjacencyEntry> firsts(count);
  static_assert(sizeof(AdjacencyEntry) == 12);
  for (AdjacencyEntry& first : firsts) {
    first.node = in.little<NodeId>();
    first.neighbour = in.little<NodeId>();
    first.id = in.little<RelId>();
  }
  if (firsts.front() != AdjacencyEntry{} || !std::is_sorted(firsts.begin(), firsts.end())) in.fail();
  return firsts;
}

}  // namespace plexus::storage
