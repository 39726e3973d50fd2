#include "core/storage/store_check.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/storage/codec/adjacency_chunk.h"
#include "core/storage/codec/property_segment.h"
#include "core/storage/index_check.h"

namespace plexus::storage {
namespace {

class Checker {
 public:
  Checker(const Core& core, const std::function<void(const std::string&)>& report)
      : database_{*core.database}, report_{report}, moment_{database_.readPoint()}, core_{core}, state_{core.state()} {}

  bool run() {
    guarded("checksums", [&] { check(database_.rocks().VerifyChecksum()); });
    guarded("nodes", [&] { checkNodes(); });
    for (std::size_t type = 0; type < state_->relTypes.size(); ++type) {
      guarded(fmt::format("relation type {}", type), [&] { checkRelation(static_cast<RelTypeId>(type)); });
    }
    for (const auto& entry : state_->properties) {
      const auto& scope = entry.first;
      guarded(
          fmt::format("property {} of {} {}", scope.key, scope.onRelationships ? "relation type" : "nodes", scope.type),
          [&] { checkProperty(scope, entry.second); });
    }
    for (const IndexSpec& spec : *state_->indexes) {
      guarded(fmt::format("index {}", spec.id),
              [&] { checkIndex(core_, state_, moment_, spec, [&](const std::string& line) { found(line); }); });
    }
    return good_;
  }

 private:
  template <typename F>
  void guarded(const std::string& what, F f) {
    try {
      f();
    } catch (const Error& error) {
      found(fmt::format("{}: {}", what, error.what()));
    }
  }

  void found(const std::string& line) {
    good_ = false;
    report_(line);
  }

  void checkNodes() {
    nodes_ = readLabel(database_, kAllNodes, moment_.get());
    if (nodes_.cardinality() != state_->nodes.count) {
      found(fmt::format("nodes: {} are stored, the counter says {}", nodes_.cardinality(), state_->nodes.count));
    }
    if (!nodes_.isEmpty() && nodes_.maximum() >= state_->nodes.bound) found("nodes: an id is beyond the bound");
    for (std::size_t label = 0; label < state_->labelCounts.size(); ++label) {
      const Roaring labelled = readLabel(database_, static_cast<LabelId>(label), moment_.get());
      if (labelled.cardinality() != state_->labelCounts[label]) {
        found(fmt::format("label {}: {} nodes have it, the counter says {}", label, labelled.cardinality(),
                          state_->labelCounts[label]));
      }
      if (!labelled.isSubset(nodes_)) found(fmt::format("label {}: a node that has it does not exist", label));
    }
  }

  std::vector<AdjacencyEntry> readEntries(RelTypeId type, Direction direction) {
    std::vector<AdjacencyEntry> entries;
    const std::vector<AdjacencyEntry> firsts = readDirectory(database_, type, direction, moment_.get());
    std::size_t chunks = 0;
    const auto scan =
        database_.scan(Keyspace::kAdjacency, adjacencyPrefix(type, direction, ChunkPart::kNeighbours), moment_.get());
    for (; scan->it->Valid(); scan->it->Next()) {
      const std::string key = scan->it->key().ToString();
      const AdjacencyEntry first = decodeAdjacencyKey(key);
      const auto at = std::lower_bound(firsts.begin(), firsts.end(), first);
      if (at == firsts.end() || *at != first)
        found(fmt::format("relation type {}: a chunk is not in the directory", type));
      ++chunks;
      std::string idsKey = key;
      idsKey[3] = static_cast<char>(ChunkPart::kIds);
      const auto ids = database_.get(Keyspace::kAdjacency, idsKey, moment_.get());
      const auto part = decodeChunk(NeighboursView{toView(scan->it->value())}, ids ? *ids : std::string_view{});
      if (!part.empty() && (part.front() < first || (at + 1 < firsts.end() && !(part.back() < *(at + 1))))) {
        found(fmt::format("relation type {}: an entry lies in the wrong chunk", type));
      }
      entries.insert(entries.end(), part.begin(), part.end());
    }
    check(scan->it->status());
    if (chunks != firsts.size() && !(chunks == 0 && firsts.size() == 1)) {
      found(fmt::format("relation type {}: the directory has {} chunks, {} are stored", type, firsts.size(), chunks));
    }
    if (!std::is_sorted(entries.begin(), entries.end()))
      found(fmt::format("relation type {}: lists are not sorted", type));
    return entries;
  }

  void checkRelation(RelTypeId type) {
    const std::vector<AdjacencyEntry> out = readEntries(type, Direction::kOut);
    std::vector<AdjacencyEntry> in = readEntries(type, Direction::kIn);
    const RelTypeCounters counters = state_->relType(type);
    if (out.size() != counters.count) {
      found(fmt::format("relation type {}: {} are stored, the counter says {}", type, out.size(), counters.count));
    }
    std::vector<bool> seen(counters.bound);
    for (const AdjacencyEntry& e : out) {
      if (e.id >= counters.bound || seen[e.id]) {
        found(fmt::format("relation type {}: the id {} is used twice or beyond the bound", type, e.id));
        continue;
      }
      seen[e.id] = true;
      if (!nodes_.contains(e.node) || !nodes_.contains(e.neighbour)) {
        found(fmt::format("relation type {}: relationship {} joins a node that does not exist", type, e.id));
      }
    }
    for (AdjacencyEntry& e : in) std::swap(e.node, e.neighbour);
    std::sort(in.begin(), in.end());
    if (in != out) found(fmt::format("relation type {}: its two directions differ", type));
  }

  void checkProperty(const PropertyScope& scope, const PropertySummary& summary) {
    std::uint64_t count = 0;
    std::uint32_t kinds = 0;
    const auto scan = database_.scan(Keyspace::kProperty, propertyPrefix(scope), moment_.get());
    for (; scan->it->Valid(); scan->it->Next()) {
      if (scan->it->value().empty()) continue;
      const Segment segment = Segment::decode(toView(scan->it->value()));
      ByteReader key{toView(scan->it->key()).substr(5), "property key"};
      const std::uint64_t base = std::uint64_t{key.big<std::uint32_t>()} << kSegmentBits;
      count += segment.count();
      kinds |= segment.kinds();
      segment.forEach([&](std::uint32_t slot, std::size_t) {
        if (!scope.onRelationships && !nodes_.contains(static_cast<NodeId>(base + slot))) {
          found(fmt::format("property {}: node {} has it and does not exist", scope.key, base + slot));
        }
      });
    }
    check(scan->it->status());
    if (count != summary.count) {
      found(fmt::format("property {}: {} values are stored, the counter says {}", scope.key, count, summary.count));
    }
    if ((kinds & ~summary.kinds) != 0)
      found(fmt::format("property {}: a kind of value is not in its summary", scope.key));
  }

  const Database& database_;
  const std::function<void(const std::string&)>& report_;
  const Database::ReadPointPtr moment_;
  const Core& core_;
  const std::shared_ptr<const State> state_;
  Roaring nodes_;
  bool good_ = true;
};

}  // namespace

bool checkStore(const Core& core, const std::function<void(const std::string&)>& report) {
  return Checker{core, report}.run();
}

}  // namespace plexus::storage
