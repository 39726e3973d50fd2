#include "core/api/query_run.h"

#include <algorithm>
#include <new>
#include <thread>

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

// Asking the system costs more than a small query.
unsigned cores() {
  static const unsigned kCores = std::max(1U, std::thread::hardware_concurrency());
  return kCores;
}

}  // namespace

QueryRun::QueryRun(Setup setup)
    : setup_{std::move(setup)},
      memory_{"query memory limit", setup_.options.memoryBytes},
      context_{setup_.transaction ? setup_.transaction->view() : setup_.database->snapshot()} {
  requireParameters();
  context_.parameters = &setup_.parameters;
  context_.cancellation = setup_.cancellation.get();
  context_.memory = &memory_;
  context_.options.batchRows = setup_.options.batchRows;
  context_.options.spillDirectory = setup_.options.spillDirectory;
  context_.options.profile = setup_.compiled->statement->mode == ast::Statement::Mode::kProfile;
  context_.options.threads = setup_.options.threads != 0 ? setup_.options.threads : cores();
  functions_.view = &context_.view;
  if (setup_.transaction) functions_.transaction = setup_.transaction->start();
  if (setup_.compiled->writes()) setUpWrites();
  guarded([&] { execution_.emplace(*setup_.compiled->physical, context_, functions_); });
}

QueryRun::~QueryRun() = default;

void QueryRun::requireParameters() const {
  for (const auto& name : setup_.compiled->logical->statement->parameters) {
    if (setup_.parameters.contains(name)) continue;
    throw Error{ErrorType::kParameterMissing, Phase::kCompile, "MissingParameter",
                "parameter `$" + name + "` has no value"};
  }
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
