// core/exec/operator/scan/seek.h: nodes found for each input row: by their ids, or by an index.
#pragma once

#include <vector>

#include "core/exec/expression/evaluator.h"
#include "core/exec/run/columns.h"
#include "core/exec/run/step.h"
#include "core/plan/logical/operator.h"

namespace plexus::exec {

// For each input row the nodes that find() gives, as rows. Shared by both kinds of seek.
class NodeSeek : public Step {
 public:
  std::unique_ptr<State> open(Worker& worker) const override;
  void start(Worker& worker, State& state) const override;
  void reset(Worker& worker, State& state) const override;
  Sharing sharing() const override { return Sharing::kRowwise; }

 protected:
  // `evaluators` are evaluated once a batch; find() gets their columns. Null pointers are allowed (no bound given).
  NodeSeek(Common common, VariableId variable, std::vector<EvaluatorPtr> evaluators);
  bool produce(Worker& worker, State& state, Batch& out) const override;
  // Appends the nodes for one row, each once.
  virtual void find(Worker& worker, const std::vector<Column>& arguments, std::size_t row,
                    std::vector<NodeId>& nodes) const = 0;

 private:
  struct Local;
  VariableId variable_;
  std::vector<EvaluatorPtr> evaluators_;
  Carry carry_;
};

// An integer, an elementId string, or a list of them; what is no id of a live node finds nothing.
class NodeByIdSeek final : public NodeSeek {
 public:
  NodeByIdSeek(Common common, VariableId variable, EvaluatorPtr ids);

 protected:
  void find(Worker& worker, const std::vector<Column>& arguments, std::size_t row,
            std::vector<NodeId>& nodes) const override;
};

// The arguments are the values to seek (kEqual), one list (kAny), one string (kPrefix) or low and high (kRange). A null
// among them finds nothing.
class IndexSeek final : public NodeSeek {
 public:
  struct Spec {
    VariableId variable;
    IndexId index;
    plan::IndexSeek::Seek seek;
    bool hasLow, hasHigh, lowInclusive, highInclusive;
  };
  IndexSeek(Common common, Spec spec, std::vector<EvaluatorPtr> arguments)
      : NodeSeek{std::move(common), spec.variable, std::move(arguments)}, spec_{spec} {}

 protected:
  void find(Worker& worker, const std::vector<Column>& arguments, std::size_t row,
            std::vector<NodeId>& nodes) const override;

 private:
  void findRange(const storage::GraphView& view, const std::vector<Column>& arguments, std::size_t row,
                 std::vector<NodeId>& nodes) const;
  Spec spec_;
};

}  // namespace plexus::exec
