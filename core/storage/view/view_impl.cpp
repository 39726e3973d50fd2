#include "core/storage/view/view_impl.h"

namespace plexus::storage {
namespace {

const Roaring& noNodes() {
  static const Roaring kNone;
  return kNone;
}

}  // namespace

GraphView::Impl::Impl(std::shared_ptr<Core> core, std::shared_ptr<const State> given,
                      std::shared_ptr<FoundBitmaps> bitmaps)
    : pin{std::make_shared<VersionPin>(std::move(core), given->version)},
      owned{std::move(given)},
      state{owned.get()},
      found_{std::move(bitmaps)} {}

GraphView::Impl::Impl(std::shared_ptr<VersionPin> given, const State* working)
    : pin{std::move(given)}, state{working} {}

const Roaring& GraphView::Impl::bitmap(LabelId label) const {
  if (label != kAllNodes && state->labelCount(label) == 0) return noNodes();
  if (writing()) return writersBitmap(label);
  return found_->find(label, [&] { return core().label(label).at(version())->at(version()); });
}

const Roaring& GraphView::Impl::writersBitmap(LabelId label) const {
  const std::lock_guard lock{mutex_};
  Held& held = held_[label];
  const auto generation = core().label(label).at(version());
  const std::size_t changes = generation->changes();
  if (!held.nodes || held.changes != changes) {
    held.nodes.reset();
    held.nodes = generation->at(version());
    held.changes = changes;
  }
  return *held.nodes;
}

void GraphView::Impl::forgetBitmaps() {
  const std::lock_guard lock{mutex_};
  held_.clear();
}

void GraphView::Impl::scanIndex(IndexId index, const std::string& from, const std::string& until,
                                const std::function<bool(std::string_view key)>& found) const {
  core().index(index).at(version())->scan(from, until, version(), state->expectedKeys(index), found);
}

}  // namespace plexus::storage
