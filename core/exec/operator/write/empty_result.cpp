#include "core/exec/operator/write/empty_result.h"

namespace plexus::exec {
namespace {

class EmptyResult final : public Step {
 public:
  using Step::Step;
  std::unique_ptr<State> open(Worker& worker) const override {
    auto state = std::make_unique<InputState>();
    openInputs(worker, *state);
    return state;
  }
  void reset(Worker& worker, State& state) const override { resetInputs(worker, static_cast<InputState&>(state)); }

 private:
  bool produce(Worker& worker, State& state, Batch& out) const override {
    while (input().next(worker, static_cast<InputState&>(state).input(), out)) {
    }
    out = Batch{};
    return false;
  }
};

}  // namespace

OperatorPtr makeEmptyResult(Step::Common common) { return std::make_unique<EmptyResult>(std::move(common)); }

}  // namespace plexus::exec
