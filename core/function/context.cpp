#include "core/function/context.h"

#include <atomic>
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

// One hard seed a process, then steps of a Weyl sequence, mixed (splitmix64).
RandomSource::result_type RandomSource::seed() {
  static std::atomic<std::uint64_t> next{[] {
    std::random_device device;
    return (std::uint64_t{device()} << 32) | device();
  }()};
  std::uint64_t z = next.fetch_add(0x9E3779B97F4A7C15U, std::memory_order_relaxed);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31);
}

FunctionContext FunctionContext::forWorker() {
  FunctionContext other{*this};
  other.regexes = nullptr;
  return other;
}

}  // namespace plexus::function
