// core/storage/memory/bitmap_generation.h: the nodes that have a label (or all nodes): a bitmap, and its changes since.
//
// The newest bitmap anybody asked for is kept; the next is made from it, in place if no view holds it, so alternating
// writes and reads cost the changes. Thread safety: all calls, concurrently; one writer.
#pragma once

#include <memory>
#include <mutex>
#include <roaring/roaring.hh>
#include <vector>

#include "core/base/short_mutex.h"
#include "core/storage/fold.h"
#include "core/storage/memory/history.h"

namespace plexus::storage {

class BitmapGeneration {
 public:
  BitmapGeneration(const Database& database, LabelId label, Version start)
      : database_{database}, label_{label}, start_{start} {}

  Version start() const { return start_; }
  void freeze(Database::ReadPointPtr moment);

  void append(Version version, const BitmapOp& op);
  void undo();  // the last change
  // The bitmap at `version`. The caller should give up an older one first, so that it can be reused.
  std::shared_ptr<const Roaring> at(Version version);
  // Is `seen` changes all there is? For views that keep a bitmap.
  std::size_t changes() const;
  // Forgets changes that no view below `oldest` needs and that are in the newest bitmap.
  void trim(Version oldest);

 private:
  struct Change {
    Version version;
    BitmapOp op;
  };
  void load();
  void apply(Roaring& nodes, std::size_t from, std::size_t to) const;

  const Database& database_;
  const LabelId label_;
  const Version start_;
  mutable ShortMutex mutex_;
  Database::ReadPointPtr frozen_;
  std::shared_ptr<const Roaring> base_;  // before all of changes_; null: not read yet
  std::vector<Change> changes_;
  std::shared_ptr<Roaring> newest_;  // with the first newestEnd_ changes
  std::size_t newestEnd_ = 0;
};

using BitmapHistory = History<BitmapGeneration>;

// All blocks of a label, folded.
Roaring readLabel(const Database& database, LabelId label, const Database::ReadPoint* at = nullptr);

}  // namespace plexus::storage
