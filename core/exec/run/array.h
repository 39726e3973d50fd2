// core/exec/run/array.h: large arrays of numbers that a kernel fills and gives up again with every query.
//
// The system takes a freed megabyte back and gives it out page by page, which costs as much as filling it. So blocks of
// 64 KiB and more go to a list of free blocks of the process, at most kIdleBytes of them, and are given out again.
// Elements are not initialised: Array<T>(n) holds anything, Array<T>(n, 0) zeros. Thread-safe.
#pragma once

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace plexus::exec {

inline constexpr std::size_t kIdleBytes = std::size_t{32} << 20;

void* takeBlock(std::size_t bytes);
void giveBlock(void* block, std::size_t bytes) noexcept;

template <typename T>
struct ArrayAllocator {
  using value_type = T;
  ArrayAllocator() = default;
  template <typename U>
  explicit ArrayAllocator(const ArrayAllocator<U>& /*other*/) noexcept {}

  T* allocate(std::size_t n) { return static_cast<T*>(takeBlock(n * sizeof(T))); }
  void deallocate(T* block, std::size_t n) noexcept { giveBlock(block, n * sizeof(T)); }
  template <typename U>
  void construct(U* at) noexcept {
    ::new (static_cast<void*>(at)) U;
  }
  template <typename U, typename... Values>
  void construct(U* at, Values&&... values) {
    ::new (static_cast<void*>(at)) U(std::forward<Values>(values)...);
  }
  template <typename U>
  bool operator==(const ArrayAllocator<U>& /*other*/) const noexcept {
    return true;
  }
};

template <typename T>
using Array = std::vector<T, ArrayAllocator<T>>;

}  // namespace plexus::exec
