#include "core/api/query_run.h"

#include <algorithm>
#include <atomic>
#include <new>
#include <random>
#include <thread>

#include "core/api/database_impl.h"
#include "core/base/nearest_name.h"
#include "core/inference/entailment.h"

namespace plexus::api {

// std::bad_alloc is met where no budget counts; other exceptions are our fault.
template <typename Action>
auto QueryRun::guarded(Action action) {
  try {
    return action();
  } catch (const Error&) {
    throw;
  } catch (const std::bad_alloc&) {
    throw Error{ErrorType::kLimitExceeded, Phase::kRuntime, "", "out of memory"};
  } catch (const std::exception& error) {
    throw Error{ErrorType::kInternalError, Phase::kRuntime, "", error.what()};
  }
}

namespace {

// One hard seed a process, of which the seeds of statements are random numbers: asking the system for each statement
// costs more than a small one takes.
std::uint64_t nextSeed() {
  static std::atomic<std::uint64_t> next{[] {
    std::random_device device;
    return (std::uint64_t{device()} << 32) | device();
  }()};
  return function::Random{next.fetch_add(function::Random::kStep, std::memory_order_relaxed)}();
}

function::FunctionContext newStatement() {
  const auto now = function::Instant::now();
  return {.statement = now, .transaction = now, .timeZone = "UTC", .random = function::Random{nextSeed()}};
}

// Asking the system costs more than a small query.
unsigned cores() {
  static const unsigned kCores = std::max(1U, std::thread::hardware_concurrency());
  return kCores;
}

}  // namespace

QueryRun::QueryRun(Setup setup)
    : setup_{std::move(setup)},
      memory_{"query memory limit", setup_.options.memoryBytes},
      context_{setup_.view},
      functions_{newStatement()} {
  requireParameters();
  context_.parameters = &setup_.parameters;
  context_.cancellation = setup_.cancellation.get();
  context_.memory = &memory_;
  context_.options.batchRows = setup_.options.batchRows;
  context_.options.spillDirectory = setup_.options.spillDirectory;
  context_.options.profile = setup_.compiled->statement->mode == ast::Statement::Mode::kProfile;
  context_.options.threads = setup_.options.threads != 0 ? setup_.options.threads : cores();
  functions_.view = &context_.view;
  setUpInference();
  if (setup_.transaction) functions_.transaction = setup_.transaction->start();
  if (setup_.compiled->writes()) setUpWrites();
  guarded([&] { execution_.emplace(*setup_.compiled->physical, context_, functions_); });
}

QueryRun::~QueryRun() = default;

void QueryRun::requireParameters() const {
  const auto& statement = *setup_.compiled->logical->statement;
  for (std::size_t i = 0; i < statement.parameters.size(); ++i) {
    const std::string& name = statement.parameters[i];
    if (setup_.parameters.contains(name)) continue;
    std::vector<std::string> given;
    for (const auto& parameter : setup_.parameters) given.push_back(parameter.first);
    const std::string message = "parameter `$" + name + "` has no value", hint = didYouMean(name, given);
    throw Error{
        ErrorType::kParameterMissing, Phase::kCompile, "MissingParameter", message, statement.parameterSpans[i], hint};
  }
}

void QueryRun::setUpInference() {
  const Compiled& compiled = *setup_.compiled;
  auto& database = setup_.database->impl();
  if (compiled.trust) {
    const auto trust = database.trust(compiled.trust->text(), context_.view);
    TrustQuery judging{setup_.database, setup_.compiled, context_.view, setup_.cancellation};
    context_.entailment = inference::Entailment::of(context_.view, trust->inference(),
                                                    asTrusted(trust, std::move(judging)), compiled.inference);
  } else if (compiled.inference) {
    context_.entailment = inference::Entailment::of(context_.view, database.inference());
  }
  if (compiled.writes() && context_.entailment) context_.readings = context_.entailment->readings();
  functions_.entailment = context_.entailment.get();
}

void QueryRun::setUpWrites() {
  writes_.emplace(setup_.transaction->get());
  context_.transaction = &setup_.transaction->get();
  context_.writes = &*writes_;
  if (!setup_.ownTransaction) return;
  writes_->commitAndContinue = [this]() -> storage::WriteTransaction& {
    writes_->checkConstraints();
    auto& next = setup_.transaction->commitAndContinue();
    context_.view = next.view();
    setUpInference();
    context_.transaction = &next;
    writes_->continueIn(next);
    return next;
  };
}

bool QueryRun::next(Batch& out) {
  return guarded([&] { return execution_->next(out); });
}

void QueryRun::checkConstraints() {
  if (writes_) guarded([&] { writes_->checkConstraints(); });
}

Counters QueryRun::counters() const {
  Counters counters;
  if (!writes_) return counters;
  const auto& written = writes_->counters();
  counters.nodesCreated = written.nodesCreated;
  counters.nodesDeleted = written.nodesDeleted;
  counters.relationshipsCreated = written.relationshipsCreated;
  counters.relationshipsDeleted = written.relationshipsDeleted;
  counters.propertiesSet = written.propertiesSet;
  counters.labelsAdded = written.labelsAdded;
  counters.labelsRemoved = written.labelsRemoved;
  return counters;
}

}  // namespace plexus::api
