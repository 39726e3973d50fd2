// core/exec/run/blocks.h: a loop over a range of numbers, cut into blocks that several threads take in turn.
//
// For kernels over arrays; operators that pull rows use run/parallel.h. Short loops stay on the calling thread.
#pragma once

#include <cstddef>
#include <functional>

#include "core/exec/context.h"

namespace plexus::exec {

// `slot`: which thread, from 0 to blockThreads() - 1; each is in use by one thread at a time.
using Block = std::function<void(std::size_t begin, std::size_t end, std::size_t slot)>;

// Threads that forBlocks() may use for this worker.
std::size_t blockThreads(const Worker& worker);

// Calls `block` for all of [0, size) in pieces of at most `step`. `work`: about how many nanoseconds it all takes;
// little work is not shared. Cancellation is checked before each piece. What a piece throws is thrown here.
void forBlocks(const Worker& worker, std::size_t size, std::size_t step, double work, const Block& block);

}  // namespace plexus::exec
