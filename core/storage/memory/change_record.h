// core/storage/memory/change_record.h: the ends of relationships that came or went in the last commits, by type.
// Thread safety: all calls, concurrently.
#pragma once

#include <deque>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/base/ids.h"
#include "core/base/short_mutex.h"
#include "core/storage/version.h"

namespace plexus::storage {

class ChangeRecord {
 public:
  static constexpr std::size_t kMost = 10'000;  // of a type

  // What came before `version` is not known.
  void startAt(Version version);
  // Before the commit can be seen. Versions never descend.
  void add(Version version, RelTypeId type, NodeId start, NodeId end);
  // Of the commits in (after, upTo]; nothing if not all of them are remembered.
  std::optional<std::vector<std::pair<NodeId, NodeId>>> between(RelTypeId type, Version after, Version upTo) const;

 private:
  struct Change {
    Version version;
    NodeId start, end;
  };
  struct OfType {
    std::deque<Change> changes;
    Version knownAfter = 0;  // of commits up to this one changes may be missing
  };
  mutable ShortMutex mutex_;
  Version start_ = 0;
  std::unordered_map<RelTypeId, OfType> types_;
};

}  // namespace plexus::storage
