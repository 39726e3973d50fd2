#include "core/storage/memory/adjacency_log.h"

#include <algorithm>

namespace plexus::storage {
namespace {

// So many changes after a merged list are looked through rather than merged, to learn if two nodes are connected.
constexpr std::size_t kScannedChanges = 64;

}  // namespace

std::size_t AdjacencyLog::NodeLog::endAt(Version version) const {
  const auto it = std::upper_bound(changes.begin(), changes.end(), version,
                                   [](Version v, const Change& change) { return v < change.version; });
  return static_cast<std::size_t>(it - changes.begin());
}

const AdjacencyLog::Merged* AdjacencyLog::NodeLog::mergedBefore(std::size_t end) const {
  const Merged* best = nullptr;
  for (const auto& m : merged) {
    if (m->end <= end) best = m.get();
  }
  return best;
}

void AdjacencyLog::append(Version version, const AdjacencyOp& op) {
  {
    Shard& s = shard(op.entry.node);
    const std::lock_guard lock{s.mutex};
    s.nodes[op.entry.node].changes.push_back({version, op.entry.neighbour, op.entry.id, op.add});
  }
  {
    const std::lock_guard lock{idsMutex_};
    if (op.add) {
      created_.emplace_back(op.entry.id, op.entry.node);
    } else if (created_.empty() || op.entry.id < created_.front().first) {
      removed_[op.entry.id] = op.entry.node;
    }
  }
  const std::size_t bit = filterBit(op.entry.node);
  filter_[bit >> 6].fetch_or(std::uint64_t{1} << (bit & 63), std::memory_order_relaxed);
  size_.fetch_add(1, std::memory_order_release);
}

void AdjacencyLog::undo(NodeId node) {
  Shard& s = shard(node);
  const std::lock_guard lock{s.mutex};
  NodeLog& log = s.nodes.at(node);
  if (log.changes.back().add) {
    const std::lock_guard ids{idsMutex_};
    created_.pop_back();  // changes are undone in reverse, so it is the last
  }
  log.changes.pop_back();
  std::erase_if(log.merged, [&](const auto& m) { return m->end > log.changes.size(); });
  size_.fetch_sub(1, std::memory_order_release);
}

// A merged list serves the versions from its last change until the next one.
void AdjacencyLog::drop(NodeLog& log, const LiveVersions& live, std::size_t keepEnd) {
  std::erase_if(log.merged, [&](const auto& m) {
    if (m->end == keepEnd) return false;
    const Version from = m->end == 0 ? 0 : log.changes[m->end - 1].version;
    const Version until = m->end < log.changes.size() ? log.changes[m->end].version : kNoVersion;
    return !live.any(from, until);
  });
}

const AdjacencyLog::Merged& AdjacencyLog::merge(NodeId node, NodeLog& log, std::size_t end, const AdjacencyBase& base,
                                                const LiveVersions& live) {
  const Merged* before = log.mergedBefore(end);
  if (before != nullptr && before->end == end) return *before;
  std::vector<AdjacencyOp> ops;
  if (before == nullptr) {
    // The base may show any moment: what comes later is taken back first, newest first.
    for (std::size_t i = log.changes.size(); i > end; --i) {
      const Change& c = log.changes[i - 1];
      ops.push_back({{node, c.neighbour, c.id}, !c.add});
    }
  }
  for (std::size_t i = before == nullptr ? 0 : before->end; i < end; ++i) {
    const Change& c = log.changes[i];
    ops.push_back({{node, c.neighbour, c.id}, c.add});
  }
  keepLast(ops);
  const std::span<const NodeId> neighbours = before != nullptr ? std::span{before->neighbours} : base.neighbours(node);
  const std::span<const RelId> ids = before != nullptr ? std::span{before->ids} : base.ids(node);
  auto merged = std::make_unique<Merged>();
  merged->end = end;
  merged->neighbours.reserve(neighbours.size() + ops.size());
  merged->ids.reserve(neighbours.size() + ops.size());
  foldAdjacency(
      neighbours.size(),
      [&](std::size_t i) {
        return AdjacencyEntry{node, neighbours[i], ids[i]};
      },
      ops,
      [&](std::size_t from, std::size_t to) {
        const auto a = static_cast<std::ptrdiff_t>(from), b = static_cast<std::ptrdiff_t>(to);
        merged->neighbours.insert(merged->neighbours.end(), neighbours.begin() + a, neighbours.begin() + b);
        merged->ids.insert(merged->ids.end(), ids.begin() + a, ids.begin() + b);
      },
      [&](const AdjacencyEntry& entry) {
        merged->neighbours.push_back(entry.neighbour);
        merged->ids.push_back(entry.id);
      });
  const auto at = std::find_if(log.merged.begin(), log.merged.end(), [&](const auto& m) { return m->end > end; });
  const Merged& result = **log.merged.insert(at, std::move(merged));
  drop(log, live, end);
  return result;
}

AdjacencyLog::Lists AdjacencyLog::lists(NodeId node, Version version, const AdjacencyBase& base,
                                        const LiveVersions& live) const {
  Shard& s = shard(node);
  const std::lock_guard lock{s.mutex};
  const auto it = s.nodes.find(node);
  if (it == s.nodes.end() || it->second.changes.empty()) return {base.neighbours(node), base.ids(node)};
  const Merged& merged = merge(node, it->second, it->second.endAt(version), base, live);
  return {merged.neighbours, merged.ids};
}

bool AdjacencyLog::connected(NodeId node, NodeId neighbour, Version version, const AdjacencyBase& base,
                             const LiveVersions& live) const {
  const auto count = [&](std::span<const NodeId> list) {
    const auto [from, to] = std::equal_range(list.begin(), list.end(), neighbour);
    return to - from;
  };
  Shard& s = shard(node);
  const std::lock_guard lock{s.mutex};
  const auto it = s.nodes.find(node);
  if (it == s.nodes.end() || it->second.changes.empty()) return count(base.neighbours(node)) > 0;
  NodeLog& log = it->second;
  const std::size_t end = log.endAt(version);
  const Merged* merged = log.mergedBefore(end);
  if (merged == nullptr || end - merged->end > kScannedChanges) merged = &merge(node, log, end, base, live);
  std::ptrdiff_t found = count(merged->neighbours);
  for (std::size_t i = merged->end; i < end; ++i) {
    if (log.changes[i].neighbour == neighbour) found += log.changes[i].add ? 1 : -1;
  }
  return found > 0;
}

std::vector<NodeId> AdjacencyLog::touchedNodes() const {
  std::vector<NodeId> nodes;
  for (const Shard& s : shards_) {
    const std::lock_guard lock{s.mutex};
    for (const auto& [node, log] : s.nodes) {
      if (!log.changes.empty()) nodes.push_back(node);
    }
  }
  std::sort(nodes.begin(), nodes.end());
  return nodes;
}

NodeId AdjacencyLog::nodeOf(RelId id) const {
  const std::lock_guard lock{idsMutex_};
  const auto made = std::lower_bound(created_.begin(), created_.end(), std::pair{id, NodeId{0}});
  if (made != created_.end() && made->first == id) return made->second;
  const auto gone = removed_.find(id);
  return gone == removed_.end() ? kNoNode : gone->second;
}

std::optional<AdjacencyLog::Found> AdjacencyLog::find(RelId id, Version version) const {
  const NodeId node = nodeOf(id);
  if (node == kNoNode) return std::nullopt;
  const Shard& s = shard(node);
  const std::lock_guard lock{s.mutex};
  const auto it = s.nodes.find(node);
  if (it == s.nodes.end()) return std::nullopt;
  std::optional<Found> found;
  for (const Change& c : it->second.changes) {
    if (c.id != id) continue;
    // Before its first change an entry was there if that change removed it.
    if (!found) found = Found{{node, c.neighbour, id}, !c.add};
    if (c.version <= version) found->present = c.add;
  }
  return found;
}

}  // namespace plexus::storage
