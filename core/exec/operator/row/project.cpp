#include "core/exec/operator/row/project.h"

namespace plexus::exec {

struct Project::Local final : InputState {
  std::vector<std::unique_ptr<Evaluator::Scratch>> scratch;
  Batch in;
  std::optional<Batch> rest;  // of `in`, where flattening it took several steps

  bool close() override {
    closeOrDrop(inputs);
    closeOrDrop(scratch);
    in = {};
    rest.reset();
    return true;
  }
};

std::unique_ptr<Operator::State> Project::open(Worker& worker) const {
  auto state = std::make_unique<Local>();
  start(worker, *state);
  return state;
}

void Project::start(Worker& worker, State& state) const {
  auto& local = static_cast<Local&>(state);
  openInputs(worker, local);
  local.scratch.resize(items_.size());
  for (std::size_t i = 0; i < items_.size(); ++i) openOrStart(*items_[i].evaluator, worker, local.scratch[i]);
}

void Project::reset(Worker& worker, State& state) const {
  auto& local = static_cast<Local&>(state);
  resetInputs(worker, local);
  local.rest.reset();
}

bool Project::produce(Worker& worker, State& state, Batch& out) const {
  auto& local = static_cast<Local&>(state);
  out = Batch{};
  if (local.rest) {
    local.in = std::move(*local.rest);
    local.rest.reset();
  } else if (!input().next(worker, local.input(), local.in)) {
    return false;
  }
  if (perRow_) local.rest = local.in.flattenMultiplicity(worker.context.options.batchRows);
  carry_.apply(local.in, out);
  for (std::size_t i = 0; i < items_.size(); ++i) {
    out.setColumn(items_[i].column, items_[i].evaluator->evaluate(worker, *local.scratch[i], local.in));
  }
  return true;
}

}  // namespace plexus::exec
