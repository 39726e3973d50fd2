// core/exec/operator/aggregate/message_aggregate.h: the matches of a pattern, counted by messages.
//
// Computes on first demand, then gives rows of the root with their counts as multiplicity, or one row with the total.
// Pairs of roots are computed as they are asked for, all of one second root together; their columns read the nodes
// through selections, so that what is computed from a node above is computed once a batch for it.
// The inputs are the plans of candidates that are more than nodes with labels. Memory: see message_passing.h; from the
// query's budget.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "core/exec/operator/aggregate/message_passing.h"
#include "core/exec/operator/aggregate/node_numbers.h"
#include "core/exec/run/columns.h"
#include "core/exec/run/step.h"
#include "core/plan/logical/operator.h"

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
    bool pairs = false;
    struct Groups {
      std::array<NodeKeys, 2> keys;
      EvaluatorPtr most;
      std::optional<std::size_t> distinct;
    };
    std::optional<Groups> groups;  // of pairs
  };
  MessageAggregate(Common common, Spec spec);

  std::unique_ptr<State> open(Worker& worker) const override;
  void start(Worker& worker, State& state) const override;
  void reset(Worker& worker, State& state) const override;

 protected:
  bool produce(Worker& worker, State& state, Batch& out) const override;

 private:
  struct Local;
  struct Pairs;
  void startPairs(Worker& worker, Local& local) const;
  bool producePairs(Worker& worker, Local& local, Batch& out) const;
  void groupPairs(Worker& worker, Pairs& pairs) const;
  bool produceGroups(Worker& worker, Pairs& pairs, Batch& out) const;
  static void addRow(Pairs& pairs, std::size_t start);
  void compute(Worker& worker, Local& local) const;
  // Of the terms of one choice of lengths.
  using Terms = std::span<const MessageTerm>;
  NodeCounts counts(MessagePassing& passing, Terms terms) const;
  std::uint64_t total(MessagePassing& passing, Terms terms) const;
  // Of each pattern node; none at all if that of a node without which nothing matches are none: others are not read
  // then.
  std::vector<Weights> allCandidates(Worker& worker, Local& local) const;
  Weights candidates(Worker& worker, Local& local, const Node& node) const;
  NodeCounts read(Worker& worker, Local& local, const Node& node) const;

  Spec spec_;
  bool wanted_;               // the root's node is read above
  std::vector<bool> needed_;  // by pattern node
};

}  // namespace plexus::exec
