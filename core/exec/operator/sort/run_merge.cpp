#include "core/exec/operator/sort/run_merge.h"

namespace plexus::exec {

RunMerge::RunMerge(std::vector<std::unique_ptr<SpillFile>> runs, const RowOrder& order, std::size_t width)
    : order_{order}, width_{width} {
  for (auto& run : runs) {
    run->rewind();
    Head head{std::move(run), nullptr, 0};
    if (refill(head)) heads_.push_back(std::move(head));
  }
}

bool RunMerge::refill(Head& head) {
  Batch rows;
  if (!head.file->read(rows)) return false;
  head.block = std::make_unique<RowStore>(width_, nullptr);
  head.block->append(rows);
  head.row = 0;
  return true;
}

RunMerge::Head* RunMerge::smallest() {
  Head* best = nullptr;
  for (Head& head : heads_) {
    if (!head.block) continue;
    if (!best || order_.compare(*head.block, head.row, *best->block, best->row) < 0) best = &head;
  }
  return best;
}

bool RunMerge::next(Batch& rows, std::size_t most) {
  RowStore merged{width_, nullptr};
  while (merged.rows() < most) {
    Head* head = smallest();
    if (!head) break;
    merged.append(head->block->batch(rangeSelection(head->row, 1)));
    if (++head->row == head->block->rows() && !refill(*head)) head->block.reset();
  }
  if (merged.rows() == 0) return false;
  rows = merged.batch(rangeSelection(0, merged.rows()));
  return true;
}

}  // namespace plexus::exec
