// core/exec/operator/join/join.h: hash join and, with no keys, cartesian product.
//
// input(1) is stored, grouped by its keys; input(0) streams past it. Values join if they are equal (`=`): null and NaN
// never do. Where nothing of the stored side is read above, its rows are only counted. Workers of one pipeline share
// the stored side. Memory: the stored rows, from the query's budget; Error{kLimitExceeded} past it.
#pragma once

#include <utility>
#include <vector>

#include "core/exec/run/columns.h"
#include "core/exec/run/step.h"

namespace plexus::exec {

class Join final : public Step {
 public:
  struct Spec {
    std::vector<VariableId> keys;
    std::vector<std::pair<VariableId, VariableId>> different;  // relationships (or lists of them) without a common one
    // The stored side is the logical operator's first child, so it runs before the other one; else the streaming side
    // gives its first rows before anything is stored. (What is below may write.)
    bool storedFirst = false;
  };
  Join(Common common, Spec spec);

  std::unique_ptr<State> open(Worker& worker) const override;
  void start(Worker& worker, State& state) const override;
  void reset(Worker& worker, State& state) const override;
  Sharing sharing() const override { return Sharing::kRowwise; }

 protected:
  bool produce(Worker& worker, State& state, Batch& out) const override;

 private:
  struct Table;
  struct Local;
  std::shared_ptr<Table> store(Worker& worker, Local& state) const;
  void add(Table& table, Batch& rows) const;
  bool nextInput(Worker& worker, Local& state) const;
  void match(Worker& worker, Local& state, Batch& out) const;
  void count(Local& state, Batch& out) const;
  void dropEqual(Batch& rows) const;

  Spec spec_;
  Layout joined_;  // the output and what `different` reads besides
  Carry fromStream_, result_;
  std::vector<ColumnIndex> streamKeys_, storedKeys_;
  std::vector<std::pair<ColumnIndex, ColumnIndex>> kept_;  // column of input(1), column of joined_
};

}  // namespace plexus::exec
