#include "core/exec/operator/row/limit.h"

#include <algorithm>
#include <limits>
#include <string>

#include "core/base/error.h"
#include "core/value/print.h"

namespace plexus::exec {

std::uint64_t rowCount(const Evaluator& expression, const char* clause, Worker& worker) {
  const Value value = evaluateConstant(expression, worker);
  if (!value.is(ValueKind::kInteger)) {
    throwRuntime(ErrorType::kSyntaxError, "InvalidArgumentType",
                 std::string{clause} + " needs an integer, got " + std::string{name(value.kind())}, expression.span());
  }
  if (value.integer() < 0) {
    throwRuntime(ErrorType::kSyntaxError, "NegativeIntegerArgument",
                 std::string{clause} + " must not be negative, got " + std::to_string(value.integer()),
                 expression.span());
  }
  return static_cast<std::uint64_t>(value.integer());
}

struct Limit::Local final : InputState {
  bool started = false;
  std::uint64_t skip = 0;
  std::uint64_t left = std::numeric_limits<std::uint64_t>::max();
  Batch in;

  bool close() override {
    closeOrDrop(inputs);
    started = false;
    in = {};
    return true;
  }
};

std::unique_ptr<Operator::State> Limit::open(Worker& worker) const {
  auto state = std::make_unique<Local>();
  start(worker, *state);
  return state;
}

void Limit::start(Worker& worker, State& state) const { openInputs(worker, static_cast<Local&>(state)); }

void Limit::reset(Worker& worker, State& state) const {
  auto& local = static_cast<Local&>(state);
  resetInputs(worker, local);
  local.started = false;
}

void Limit::drain(Worker& worker, Local& state) const {
  if (worker.context.transaction == nullptr) return;
  while (input().next(worker, state.input(), state.in)) continue;
}

// Drops the rows before `skip` and after `left`, and counts both down.
void Limit::cut(Local& state, Batch& rows) {
  const auto& multiplicity = rows.multiplicity();
  auto selected = std::make_shared<Selection>();
  std::vector<std::uint64_t> counts;
  for (std::size_t row = 0; row < rows.rows() && state.left > 0; ++row) {
    std::uint64_t count = multiplicity.empty() ? 1 : multiplicity[row];
    const std::uint64_t skipped = std::min(count, state.skip);
    state.skip -= skipped;
    count = std::min(count - skipped, state.left);
    if (count == 0) continue;
    state.left -= count;
    selected->push_back(static_cast<RowIndex>(row));
    counts.push_back(count);
  }
  const bool repeated = !multiplicity.empty();
  if (selected->size() < rows.rows()) rows.select(std::move(selected));
  if (repeated) rows.setMultiplicity(std::move(counts));
}

bool Limit::produce(Worker& worker, State& state, Batch& out) const {
  auto& local = static_cast<Local&>(state);
  out = Batch{};
  if (!local.started) {
    local.skip = skip_ ? rowCount(*skip_, "SKIP", worker) : 0;
    local.left = limit_ ? rowCount(*limit_, "LIMIT", worker) : std::numeric_limits<std::uint64_t>::max();
    local.started = true;
  }
  if (local.left == 0 || !input().next(worker, local.input(), local.in)) {
    drain(worker, local);
    return false;
  }
  cut(local, local.in);
  if (!local.in.empty()) carry_.apply(local.in, out);
  return true;
}

}  // namespace plexus::exec
