// tests/tck/scenario_runner.h: runs one scenario against a fresh database in memory and judges every step of it.
//
// The comparison is strict: column names and their order, rows as a bag or a sequence, typed values, all eight
// side-effect counters, error type, phase and detail, and a graph that an error left as it was. An unknown step, a
// failed set-up or any exception is a failure.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "tests/tck/gherkin.h"

namespace plexus::tck {

struct Settings {
  std::filesystem::path graphs;  // folder of the named graphs
  std::size_t batchRows = 0;     // 0: the default
  unsigned threads = 1;
};

// Why it failed; nothing if it passed.
std::optional<std::string> runScenario(const Scenario& scenario, const Settings& settings);

}  // namespace plexus::tck
