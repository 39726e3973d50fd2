// core/exec/operator/expand/build_path.h: a path value from its nodes, relationships and lists of relationships.
#pragma once

#include <vector>

#include "core/exec/run/columns.h"
#include "core/exec/run/step.h"
#include "core/plan/logical/operator.h"

namespace plexus::exec {

// Null where an element is. Nodes between relationships are the relationships' other ends.
class BuildPath final : public Step {
 public:
  BuildPath(Common common, VariableId path, const std::vector<plan::BuildPath::Step>& steps);

  std::unique_ptr<State> open(Worker& worker) const override;
  void reset(Worker& worker, State& state) const override;
  Sharing sharing() const override { return Sharing::kRowwise; }

 protected:
  bool produce(Worker& worker, State& state, Batch& out) const override;

 private:
  struct Local;
  using Kind = plan::BuildPath::Step::Kind;
  struct Element {
    Kind kind;
    ColumnIndex column;
    bool reversed;
  };
  Value path(const Batch& rows, std::size_t row) const;

  ColumnIndex path_;
  std::vector<Element> elements_;
  Carry carry_;
};

}  // namespace plexus::exec
