#include "core/exec/run/blocks.h"

#include <algorithm>
#include <atomic>
#include <exception>

#include "core/base/parallel.h"

namespace plexus::exec {

namespace {

constexpr double kWorthSharing = 40'000;  // nanoseconds: a few times what waking a thread takes

}  // namespace

std::size_t blockThreads(const Worker& worker) {
  const bool alone = worker.pipeline != nullptr || worker.context.transaction != nullptr;
  return alone ? 1 : std::max(1U, worker.context.options.threads);
}

void forBlocks(const Worker& worker, std::size_t size, std::size_t step, double work, const Block& block) {
  std::atomic<std::size_t> next{0};
  const auto run = [&](std::size_t slot) {
    for (;;) {
      const std::size_t begin = next.fetch_add(step, std::memory_order_relaxed);
      if (begin >= size) return;
      if (worker.context.cancellation) worker.context.cancellation->check();
      block(begin, std::min(size, begin + step), slot);
    }
  };
  const std::size_t threads = work < kWorthSharing ? 1 : std::min(blockThreads(worker), (size + step - 1) / step);
  if (threads <= 1) return run(0);
  TaskGroup group;
  for (std::size_t slot = 1; slot < threads; ++slot) group.run([&run, slot] { run(slot); });
  std::exception_ptr error;
  try {
    run(0);
  } catch (...) {
    error = std::current_exception();
    next.store(size, std::memory_order_relaxed);
  }
  group.wait();
  if (error) std::rethrow_exception(error);
}

}  // namespace plexus::exec
