#include "core/storage/memory/bitmap_generation.h"

#include <algorithm>
#include <atomic>

#include "core/storage/codec/label_block.h"

namespace plexus::storage {

Roaring readLabel(const Database& database, LabelId label, const Database::ReadPoint* at) {
  Roaring nodes;
  const auto blocks = database.scan(Keyspace::kMeta, labelPrefix(label), at);
  for (; blocks->it->Valid(); blocks->it->Next()) nodes |= decodeLabelBlock(toView(blocks->it->value()));
  check(blocks->it->status());
  return nodes;
}

void BitmapGeneration::freeze(Database::ReadPointPtr moment) {
  const std::lock_guard lock{mutex_};
  frozen_ = std::move(moment);
}

void BitmapGeneration::append(Version version, const BitmapOp& op) {
  const std::lock_guard lock{mutex_};
  changes_.push_back({version, op});
}

void BitmapGeneration::undo() {
  const std::lock_guard lock{mutex_};
  changes_.pop_back();
  if (newestEnd_ > changes_.size()) {
    newest_.reset();
    newestEnd_ = 0;
  }
}

std::size_t BitmapGeneration::changes() const {
  const std::lock_guard lock{mutex_};
  return changes_.size();
}

// What is read may have some of the changes already; taking all of them back gives the state before the first.
void BitmapGeneration::load() {
  Roaring nodes = readLabel(database_, label_, frozen_.get());
  for (auto change = changes_.rbegin(); change != changes_.rend(); ++change) {
    const BitmapOp inverse{change->op.node, !change->op.add};
    foldBitmap(nodes, {&inverse, 1});
  }
  nodes.runOptimize();
  base_ = std::make_shared<const Roaring>(std::move(nodes));
}

void BitmapGeneration::apply(Roaring& nodes, std::size_t from, std::size_t to) const {
  for (std::size_t i = from; i < to; ++i) foldBitmap(nodes, {&changes_[i].op, 1});
}

std::shared_ptr<const Roaring> BitmapGeneration::at(Version version) {
  const std::lock_guard lock{mutex_};
  if (!base_) load();
  const auto it = std::upper_bound(changes_.begin(), changes_.end(), version,
                                   [](Version v, const Change& change) { return v < change.version; });
  const auto end = static_cast<std::size_t>(it - changes_.begin());
  if (newest_ && newestEnd_ == end) return newest_;
  if (end == 0) return base_;
  if (newest_ && newestEnd_ < end) {
    if (newest_.use_count() > 1) newest_ = std::make_shared<Roaring>(*newest_);
    std::atomic_thread_fence(std::memory_order_acquire);  // after the reads of whoever gave it up last
    apply(*newest_, newestEnd_, end);
    newestEnd_ = end;
    return newest_;
  }
  auto nodes = std::make_shared<Roaring>(*base_);
  apply(*nodes, 0, end);
  if (!newest_) {
    newest_ = nodes;
    newestEnd_ = end;
  }
  return nodes;
}

void BitmapGeneration::trim(Version oldest) {
  const std::lock_guard lock{mutex_};
  if (!newest_ || newestEnd_ == 0 || changes_[newestEnd_ - 1].version > oldest) return;
  base_ = newest_;
  changes_.erase(changes_.begin(), changes_.begin() + static_cast<std::ptrdiff_t>(newestEnd_));
  newest_.reset();
  newestEnd_ = 0;
}

}  // namespace plexus::storage
