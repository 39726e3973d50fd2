// core/exec/operator/aggregate/message_aggregate.h: the matches of a tree-shaped pattern, counted by messages.
//
// Computes on first demand, then gives rows of the root with their counts as multiplicity, or one row with the total.
// The inputs are the plans of candidates that are more than nodes with labels. Memory: see message_passing.h; from the
// query's budget.
#pragma once

#include <vector>

#include "core/exec/operator/aggregate/message_passing.h"
#include "core/exec/run/columns.h"
#include "core/exec/run/step.h"

namespace plexus::exec {

class MessageAggregate final : public Step {
 public:
  struct Node {
    VariableId variable;
    NameCondition labels;
    std::size_t source;  // input, or plan::MessageAggregate::kNoSource
  };
  struct Spec {
    std::vector<Node> nodes;
    std::vector<MessageTerm> terms;
  };
  MessageAggregate(Common common, Spec spec)
      : Step{std::move(common)}, spec_{std::move(spec)}, wanted_{layout().has(spec_.nodes[0].variable)} {}

  std::unique_ptr<State> open(Worker& worker) const override;
  void reset(Worker& worker, State& state) const override;

 protected:
  bool produce(Worker& worker, State& state, Batch& out) const override;

 private:
  struct Local;
  void compute(Worker& worker, Local& local) const;
  Weights candidates(Worker& worker, Local& local, const Node& node) const;
  NodeCounts read(Worker& worker, Local& local, const Node& node) const;

  Spec spec_;
  bool wanted_;  // the root's node is read above
};

}  // namespace plexus::exec
