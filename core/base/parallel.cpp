#include "core/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_group.h>

namespace plexus {
namespace {

// What tbb::task_group does, by a thread a task.
class Threads {
 public:
  void run(std::function<void()> task) {
    threads_.emplace_back([this, task = std::move(task)] {
      try {
        task();
      } catch (...) {
        const std::lock_guard lock{mutex_};
        if (!error_) error_ = std::current_exception();
      }
    });
  }
  void wait() {
    for (std::thread& thread : std::exchange(threads_, {})) thread.join();
    if (error_) std::rethrow_exception(std::exchange(error_, nullptr));
  }

 private:
  std::vector<std::thread> threads_;
  std::mutex mutex_;
  std::exception_ptr error_;
};

using Tasks = std::conditional_t<kThreadSanitizer, Threads, oneapi::tbb::task_group>;

// Used in builds for the thread sanitizer only.
[[maybe_unused]] void forOnThreads(std::size_t count, const std::function<void(std::size_t)>& work) {
  constexpr std::size_t kThreads = 4;
  std::atomic<std::size_t> next{0};
  Threads threads;
  for (std::size_t thread = 0; thread < std::min(count, kThreads); ++thread) {
    threads.run([&] {
      for (std::size_t i = next++; i < count; i = next++) work(i);
    });
  }
  threads.wait();
}

}  // namespace

void parallelFor(std::size_t count, const std::function<void(std::size_t)>& work) {
  if constexpr (kThreadSanitizer) {
    forOnThreads(count, work);
  } else {
    // A task for each: they may differ much.
    oneapi::tbb::parallel_for(std::size_t{0}, count, work, oneapi::tbb::simple_partitioner{});
  }
}

struct TaskGroup::Impl {
  Tasks tasks;
};

TaskGroup::TaskGroup() : impl_{std::make_unique<Impl>()} {}
TaskGroup::~TaskGroup() = default;

void TaskGroup::run(std::function<void()> task) { impl_->tasks.run(std::move(task)); }
void TaskGroup::wait() { impl_->tasks.wait(); }

}  // namespace plexus
