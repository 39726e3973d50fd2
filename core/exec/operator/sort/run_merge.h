// core/exec/operator/sort/run_merge.h: sorted runs in files -> one sorted sequence.
//
// Keeps one block a run in memory. Cost: one comparison of heads per run and row (runs are few: each is as large as the
// query's memory).
#pragma once

#include <memory>
#include <vector>

#include "core/exec/operator/sort/row_order.h"
#include "core/exec/run/spill.h"

namespace plexus::exec {

class RunMerge {
 public:
  // Files are rewound; equal rows come in order of the runs.
  RunMerge(std::vector<std::unique_ptr<SpillFile>> runs, const RowOrder& order, std::size_t width);
  // Up to `most` rows; false at the end.
  bool next(Batch& rows, std::size_t most);

 private:
  struct Head {
    std::unique_ptr<SpillFile> file;
    std::unique_ptr<RowStore> block;
    std::size_t row = 0;
  };
  bool refill(Head& head);
  Head* smallest();

  const RowOrder& order_;
  std::size_t width_;
  std::vector<Head> heads_;
};

}  // namespace plexus::exec
