#include "core/base/parallel.h"

#include <utility>

#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_group.h>

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
extern "C" void __tsan_acquire(void* address);
extern "C" void __tsan_release(void* address);
#define PLEXUS_TELL_THREAD_SANITIZER 1
#endif
#endif

namespace plexus {
namespace {

// An event that others come after.
class Event {
 public:
  void happened() {
#ifdef PLEXUS_TELL_THREAD_SANITIZER
    __tsan_release(this);
#endif
  }
  void seen() {
#ifdef PLEXUS_TELL_THREAD_SANITIZER
    __tsan_acquire(this);
#endif
  }
};

// When tasks are started, and when they end, also by an exception.
struct Order {
  Event started, ended;

  template <typename Work>
  void during(Work work) {
    struct Ending {
      Event& ended;
      ~Ending() { ended.happened(); }
    };
    started.seen();
    const Ending ending{ended};
    work();
  }
};

}  // namespace

void parallelFor(std::size_t count, const std::function<void(std::size_t)>& work) {
  Order order;
  order.started.happened();
  // A task for each: they may differ much.
  oneapi::tbb::parallel_for(
      std::size_t{0}, count, [&](std::size_t i) { order.during([&] { work(i); }); }, oneapi::tbb::simple_partitioner{});
  order.ended.seen();
}

struct TaskGroup::Impl {
  oneapi::tbb::task_group group;
  Order order;
};

TaskGroup::TaskGroup() : impl_{std::make_unique<Impl>()} {}
TaskGroup::~TaskGroup() = default;

void TaskGroup::run(std::function<void()> task) {
  impl_->order.started.happened();
  impl_->group.run([&order = impl_->order, task = std::move(task)] { order.during(task); });
}

void TaskGroup::wait() {
  impl_->group.wait();
  impl_->order.ended.seen();
}

}  // namespace plexus
