// core/exec/build/build_context.h: logical operators -> physical ones. One file a family beside this one.
#pragma once

#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/exec/expression/evaluator.h"
#include "core/exec/operator.h"
#include "core/exec/run/step.h"
#include "core/plan/planner.h"

namespace plexus::exec {

class BuildContext {
 public:
  BuildContext(const plan::LogicalPlan& plan, bool profile) : plan_{plan}, profile_{profile} {}

  // The operator, its inputs built, layout = `output`. Dispatches on the kind to the functions below.
  OperatorPtr build(const plan::LogicalOperator& logical);

  // A plan that is run for given rows: its Argument reads `slot` of Worker::arguments.
  struct Inner {
    OperatorPtr root;
    std::size_t slot = 0;
  };
  Inner buildInner(const plan::LogicalOperator& logical);
  // As buildInner(); Worker::arguments[slot] has these variables as its columns, in this order. Its Arguments take
  // from them what they need.
  Inner buildInner(const plan::LogicalOperator& logical, std::vector<VariableId> arguments) {
    argumentsOfSlot_[slots_] = std::move(arguments);  // buildInner() takes the next slot
    return buildInner(logical);
  }
  // What was given for `slot`; a null pointer if its batches have just the columns of its (one) Argument.
  const std::vector<VariableId>* argumentsOf(std::size_t slot) const {
    const auto found = argumentsOfSlot_.find(slot);
    return found == argumentsOfSlot_.end() ? nullptr : &found->second;
  }
  Inner buildSubquery(const bind::Subquery& subquery);

  // A Filter shows its predicates to the scan right below it, which may search instead of giving every node.
  void offer(const std::vector<bind::ExpressionPtr>& predicates) { offered_ = &predicates; }
  const std::vector<bind::ExpressionPtr>* takeOffered() { return std::exchange(offered_, nullptr); }

  std::size_t slots() const { return slots_; }  // Worker::arguments needs so many
  const plan::LogicalPlan& plan() const { return plan_; }
  bool profile() const { return profile_; }
  // The slot of the innermost plan being built, for Argument.
  std::size_t currentSlot() const { return currentSlot_; }

 private:
  const plan::LogicalPlan& plan_;
  bool profile_;
  std::size_t slots_ = 1;  // slot 0: the outermost Argument, a single row without columns
  std::size_t currentSlot_ = 0;
  const std::vector<bind::ExpressionPtr>* offered_ = nullptr;
  std::unordered_map<std::size_t, std::vector<VariableId>> argumentsOfSlot_;
};

// What a Step of `logical` starts from: its description, its children (but for an inner plan) built as inputs,
// its output as layout.
Step::Common commonOf(const plan::LogicalOperator& logical, BuildContext& build);

// Families (each in build_<family>.cpp): null if the kind is not theirs.
OperatorPtr buildScan(const plan::LogicalOperator& logical, BuildContext& build);
OperatorPtr buildExpand(const plan::LogicalOperator& logical, BuildContext& build);
OperatorPtr buildRelational(const plan::LogicalOperator& logical, BuildContext& build);
OperatorPtr buildJoin(const plan::LogicalOperator& logical, BuildContext& build);
OperatorPtr buildCall(const plan::LogicalOperator& logical, BuildContext& build);
OperatorPtr buildWrite(const plan::LogicalOperator& logical, BuildContext& build);

}  // namespace plexus::exec
