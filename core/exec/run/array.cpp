#include "core/exec/run/array.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <mutex>
#include <new>

namespace plexus::exec {

namespace {

constexpr std::size_t kRecycledFrom = std::size_t{64} << 10;

// Sizes are rounded up by an eighth at most, so that arrays of about the same size fit each other's blocks.
std::size_t rounded(std::size_t bytes) {
  const std::size_t step = std::bit_floor(bytes) / 8;
  return (bytes + step - 1) / step * step;
}

// The blocks that nobody uses, those given last at the end. The first are the first to go.
class FreeBlocks {
 public:
  FreeBlocks() = default;
  ~FreeBlocks() {
    for (const Block& block : blocks_) ::operator delete(block.memory);
  }
  FreeBlocks(const FreeBlocks&) = delete;
  FreeBlocks& operator=(const FreeBlocks&) = delete;

  void* take(std::size_t bytes) {
    const std::lock_guard lock{mutex_};
    const auto found =
        std::find_if(blocks_.rbegin(), blocks_.rend(), [&](const Block& block) { return block.bytes == bytes; });
    if (found == blocks_.rend()) return nullptr;
    void* memory = found->memory;
    held_ -= bytes;
    blocks_.erase(std::next(found).base());
    return memory;
  }

  // False: it is not kept.
  bool give(void* memory, std::size_t bytes) noexcept {
    if (bytes > kIdleBytes) return false;
    try {
      const std::lock_guard lock{mutex_};
      blocks_.push_back({memory, bytes});
      held_ += bytes;
      auto end = blocks_.begin();
      for (; held_ > kIdleBytes; ++end) {
        held_ -= end->bytes;
        ::operator delete(end->memory);
      }
      blocks_.erase(blocks_.begin(), end);
      return true;
    } catch (const std::bad_alloc&) {
      return false;
    }
  }

 private:
  struct Block {
    void* memory;
    std::size_t bytes;
  };
  std::mutex mutex_;
  std::vector<Block> blocks_;
  std::size_t held_ = 0;
};

// Made before the first array that needs it, and so destroyed after it.
FreeBlocks& freeBlocks() {
  static FreeBlocks blocks;
  return blocks;
}

}  // namespace

void* takeBlock(std::size_t bytes) {
  if (bytes < kRecycledFrom) return ::operator new(bytes);
  if (bytes > std::numeric_limits<std::size_t>::max() / 2) throw std::bad_alloc{};
  bytes = rounded(bytes);
  void* block = freeBlocks().take(bytes);
  return block != nullptr ? block : ::operator new(bytes);
}

void giveBlock(void* block, std::size_t bytes) noexcept {
  if (bytes < kRecycledFrom || !freeBlocks().give(block, rounded(bytes))) ::operator delete(block);
}

}  // namespace plexus::exec
