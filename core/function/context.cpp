#include "core/function/context.h"

#include <chrono>

#include "core/base/error.h"

namespace plexus::function {

Instant Instant::now() {
  using namespace std::chrono;
  const auto since = system_clock::now().time_since_epoch();
  const auto second = floor<seconds>(since);
  return {second.count(), static_cast<std::int32_t>(duration_cast<nanoseconds>(since - second).count())};
}

const storage::GraphView& FunctionContext::graph() const {
  if (!view) throwRuntime(ErrorType::kInternalError, "", "a function that reads the graph was called without one");
  return *view;
}

FunctionContext FunctionContext::forWorker() {
  FunctionContext other{*this};
  other.random = Random{random()};
  other.regexes = nullptr;
  return other;
}

}  // namespace plexus::function
