// core/base/parallel.h: work for several threads at once, on those of the current oneTBB arena.
//
// All tasks of ours are started here, because here the thread sanitizer is told what oneTBB, a library that is not
// compiled with it, orders: what was done before a task was started comes before the task, and the task before what is
// done once it has been waited for.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace plexus {

// work(i) for each i below `count`, in any order; returns when all are done. Throws what one of them threw.
void parallelFor(std::size_t count, const std::function<void(std::size_t i)>& work);

// Tasks that run while their maker goes on. Must be waited for before it is destroyed.
class TaskGroup {
 public:
  TaskGroup();
  ~TaskGroup();
  TaskGroup(const TaskGroup&) = delete;
  TaskGroup& operator=(const TaskGroup&) = delete;

  void run(std::function<void()> task);
  // Until all have ended. Throws what one of them threw.
  void wait();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace plexus
