#include "core/storage/memory/change_record.h"

#include <algorithm>

namespace plexus::storage {

void ChangeRecord::startAt(Version version) {
  const std::lock_guard lock{mutex_};
  start_ = version;
  types_.clear();
}

void ChangeRecord::add(Version version, RelTypeId type, NodeId start, NodeId end) {
  const std::lock_guard lock{mutex_};
  OfType& of = types_[type];
  if (of.changes.size() == kMost) {
    of.knownAfter = of.changes.front().version;
    of.changes.pop_front();
  }
  of.changes.push_back({version, start, end});
}

std::optional<std::vector<std::pair<NodeId, NodeId>>> ChangeRecord::between(RelTypeId type, Version after,
                                                                            Version upTo) const {
  const std::lock_guard lock{mutex_};
  if (after < start_) return std::nullopt;
  std::vector<std::pair<NodeId, NodeId>> ends;
  const auto found = types_.find(type);
  if (found == types_.end()) return ends;
  const OfType& of = found->second;
  if (after < of.knownAfter) return std::nullopt;
  auto change = std::upper_bound(of.changes.begin(), of.changes.end(), after,
                                 [](Version version, const Change& c) { return version < c.version; });
  for (; change != of.changes.end() && change->version <= upTo; ++change) ends.emplace_back(change->start, change->end);
  return ends;
}

}  // namespace plexus::storage
