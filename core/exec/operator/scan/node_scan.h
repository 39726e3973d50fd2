// core/exec/operator/scan/node_scan.h: the nodes that satisfy a condition on labels, in order of id.
#pragma once

#include "core/exec/operator/scan/narrowing.h"
#include "core/exec/run/columns.h"
#include "core/exec/run/name_condition.h"
#include "core/exec/run/step.h"

namespace plexus::exec {

// A morsel is batchRows consecutive members of the bitmap, found by rank; contiguous ids are just counted up. Where
// nobody reads the variable, the nodes become the multiplicity of a single row.
class NodeScan final : public Step {
 public:
  struct Spec {
    VariableId variable;
    NameCondition labels;
    std::optional<Narrowing> narrowing;
  };
  NodeScan(Common common, Spec spec)
      : Step{std::move(common)}, spec_{std::move(spec)}, wanted_{layout().has(spec_.variable)} {}

  std::unique_ptr<State> open(Worker& worker) const override;
  void start(Worker& worker, State& state) const override;
  void reset(Worker& worker, State& state) const override;
  Sharing sharing() const override { return Sharing::kSource; }

 protected:
  bool produce(Worker& worker, State& state, Batch& out) const override;

 private:
  struct Local;
  void resolve(Worker& worker, Local& state) const;

  Spec spec_;
  bool wanted_;
};

}  // namespace plexus::exec
