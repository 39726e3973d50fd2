// core/exec/run/step.h: the usual operator: a description made by the planner, inputs opened and reset with it.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/exec/operator.h"
#include "core/exec/run/reuse.h"

namespace plexus::exec {

class Step : public Operator {
 public:
  // What every physical operator gets from its logical one.
  struct Common {
    std::string description;
    std::vector<OperatorPtr> inputs;
    Layout layout;
  };
  explicit Step(Common common)
      : Operator{std::move(common.inputs), std::move(common.layout)}, description_{std::move(common.description)} {}

  std::string describe() const override { return description_; }

 protected:
  // The states of the inputs; operators with more to keep derive from it.
  struct InputState : State {
    std::vector<std::unique_ptr<State>> inputs;
    State& input(std::size_t i = 0) { return *inputs[i]; }
  };
  // The first time, or after closeOrDrop(state.inputs).
  void openInputs(Worker& worker, InputState& state) const {
    state.inputs.resize(inputs().size());
    for (std::size_t i = 0; i < inputs().size(); ++i) openOrStart(input(i), worker, state.inputs[i]);
  }
  void resetInputs(Worker& worker, InputState& state) const {
    for (std::size_t i = 0; i < inputs().size(); ++i) input(i).reset(worker, state.input(i));
  }

 private:
  std::string description_;
};

}  // namespace plexus::exec
