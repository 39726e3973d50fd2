#include "core/storage/memory/adjacency_generation.h"

namespace plexus::storage {

void AdjacencyGeneration::freeze(Database::ReadPointPtr moment) {
  const std::lock_guard lock{mutex_};
  frozen_ = std::move(moment);
}

bool AdjacencyGeneration::evict() {
  const std::unique_lock lock{mutex_, std::try_to_lock};
  if (!lock || !base_) return false;
  base_.reset();
  return true;
}

std::shared_ptr<const AdjacencyBase> AdjacencyGeneration::load(const Wanted& wanted) {
  const std::uint64_t bytes = (std::uint64_t{wanted.nodes} + wanted.entries * (wanted.ids ? 2 : 1)) * 4;
  if (bytes > cache().limit() / 2) {
    return std::make_shared<ChunkedAdjacency>(database_, type_, direction_, frozen_ ? frozen_ : database_.readPoint());
  }
  // Neighbours and ids come from the same moment: the writer may rewrite chunks meanwhile, and chunks with pending
  // operations are folded with their ids even where nobody wants those.
  const Database::ReadPointPtr moment = frozen_ ? frozen_ : database_.readPoint();
  covered_ = withRoom(wanted.nodes);
  return std::make_shared<FlatAdjacency>(database_, type_, direction_, covered_, wanted.ids, moment.get());
}

std::shared_ptr<const AdjacencyBase> AdjacencyGeneration::base(const Wanted& wanted) {
  cache().touch(*this);
  const std::lock_guard lock{mutex_};
  Wanted now = wanted;
  if (base_) {
    const bool flat = dynamic_cast<const FlatAdjacency*>(base_.get()) != nullptr;
    if ((base_->hasIds() || !wanted.ids) && (!flat || wanted.nodes <= covered_)) {
      // A chunked base grows as it is read.
      if (flat || cache().charge(*this, base_->bytes())) return base_;
    } else {
      now.ids = wanted.ids || base_->hasIds();
    }
  }
  base_.reset();
  std::shared_ptr<const AdjacencyBase> fresh = load(now);
  if (cache().charge(*this, fresh->bytes())) {
    base_ = fresh;
  } else {
    cache().charge(*this, 0);
  }
  return fresh;
}

std::shared_ptr<const FlatAdjacency> AdjacencyGeneration::heldArrays() {
  const std::lock_guard lock{mutex_};
  auto flat = std::dynamic_pointer_cast<const FlatAdjacency>(base_);
  return flat && flat->hasIds() ? flat : nullptr;
}

void AdjacencyGeneration::setArrays(std::shared_ptr<const FlatAdjacency> arrays) {
  const std::lock_guard lock{mutex_};
  if (!cache().charge(*this, arrays->bytes())) {
    cache().charge(*this, 0);
    return;
  }
  covered_ = static_cast<NodeId>(arrays->offsets().size() - 1);
  base_ = std::move(arrays);
}

}  // namespace plexus::storage
