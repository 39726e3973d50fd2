// core/base/parallel.h: work for several threads at once, on those of the current oneTBB arena.
//
// All tasks of ours are started here. The thread sanitizer does not see what orders tasks of oneTBB, a library that is
// not compiled with it; builds for it (kThreadSanitizer) give tasks threads of their own, and look at our code alone.
// A thread that waits for its tasks may begin others of the same arena: it must hold no mutex that they want.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace plexus {

#if defined(__SANITIZE_THREAD__)
inline constexpr bool kThreadSanitizer = true;
#elif defined(__has_feature)
inline constexpr bool kThreadSanitizer = __has_feature(thread_sanitizer);
#else
inline constexpr bool kThreadSanitizer = false;
#endif

// work(i) for each i below `count`, in any order, a task each; returns when all are done. Throws what one of them
// threw; then some may not have been begun.
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
