#include "core/exec/operator/row/filter.h"

namespace plexus::exec {

struct Filter::Local final : InputState {
  Predicates::Scratch scratch;
  Batch in;

  bool close() override {
    closeOrDrop(inputs);
    in = {};
    return scratch.close();
  }
};

std::unique_ptr<Operator::State> Filter::open(Worker& worker) const {
  auto state = std::make_unique<Local>();
  start(worker, *state);
  return state;
}

void Filter::start(Worker& worker, State& state) const {
  auto& local = static_cast<Local&>(state);
  openInputs(worker, local);
  predicates_.start(worker, local.scratch);
}

void Filter::reset(Worker& worker, State& state) const { resetInputs(worker, static_cast<Local&>(state)); }

bool Filter::produce(Worker& worker, State& state, Batch& out) const {
  auto& local = static_cast<Local&>(state);
  out = Batch{};
  if (!input().next(worker, local.input(), local.in)) return false;
  predicates_.filter(worker, local.scratch, local.in);
  if (!local.in.empty()) carry_.apply(local.in, out);
  return true;
}

}  // namespace plexus::exec
