// tests/tck/isolated_run.h: runs scenarios in child processes, so that a crash or a hang fails one scenario, not the
// run.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace plexus::tck {

struct Verdict {
  bool passed = false;
  std::string message;  // why it failed
};

// Calls `run(i)` for each i < count in one of `processes` children and gives the verdicts in order. A child that dies,
// or is silent longer than `limit`, fails the item it was at and is replaced.
std::vector<Verdict> runIsolated(std::size_t count, unsigned processes, std::chrono::seconds limit,
                                 const std::function<std::optional<std::string>(std::size_t)>& run);

}  // namespace plexus::tck
