// The TCK runner: tck_runner --features DIR [--expected-failures FILE] [--report out.jsonl] [--filter TEXT] [--jobs N]
// Exits with 0 if exactly the scenarios of the list fail, 1 if not, 2 for wrong usage.
#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <set>

#include "tests/tck/isolated_run.h"
#include "tests/tck/scenario_runner.h"

namespace {

using plexus::tck::Scenario;
using plexus::tck::Verdict;

std::set<std::string> readList(const std::string& file) {
  std::set<std::string> ids;
  std::ifstream stream{file};
  if (!stream) throw std::runtime_error{"cannot read " + file};
  for (std::string line; std::getline(stream, line);)
    if (!line.empty() && line[0] != '#') ids.insert(line);
  return ids;
}

std::string json(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      (quoted += '\\') += c;
    else if (c == '\n')
      quoted += "\\n";
    else if (static_cast<unsigned char>(c) < 0x20)
      quoted += ' ';
    else
      quoted += c;
  }
  return quoted + '"';
}

void writeReport(const std::string& file, const std::vector<Scenario>& scenarios,
                 const std::vector<Verdict>& verdicts) {
  std::ofstream out{file};
  for (std::size_t i = 0; i < scenarios.size(); ++i)
    out << "{\"file\":" << json(scenarios[i].file) << ",\"scenario\":" << json(scenarios[i].name)
        << ",\"example\":" << scenarios[i].example << ",\"passed\":" << (verdicts[i].passed ? "true" : "false")
        << ",\"message\":" << json(verdicts[i].message) << "}\n";
}

// True if exactly the listed ones failed; says which did not.
bool judge(const std::vector<Scenario>& scenarios, const std::vector<Verdict>& verdicts,
           const std::set<std::string>& expectedFailures, bool quiet) {
  bool asExpected = true;
  for (std::size_t i = 0; i < scenarios.size(); ++i) {
    const bool listed = expectedFailures.contains(scenarios[i].id());
    if (verdicts[i].passed != listed) continue;
    asExpected = false;
    if (quiet) continue;
    if (listed)
      std::cout << "PASSED, but is on the list of expected failures: " << scenarios[i].id() << '\n';
    else
      std::cout << "FAILED: " << scenarios[i].id() << "\n  " << verdicts[i].message << '\n';
  }
  return asExpected;
}

}  // namespace

int main(int argc, char** argv) {
  std::string features, listFile, report, filter;
  unsigned jobs = 2, limit = 60;
  bool quiet = false;
  plexus::tck::Settings settings;
  CLI::App app{"Runs openCypher TCK scenarios against Plexus."};
  app.add_option("--features", features, "folder of .feature files; named graphs lie in `graphs` beside it")
      ->required();
  app.add_option("--expected-failures", listFile, "scenarios that are known to fail, one id a line");
  app.add_option("--report", report, "write a JSON line a scenario");
  app.add_option("--filter", filter, "only scenarios whose id has this text");
  app.add_option("--jobs", jobs, "processes")->check(CLI::Range(1, 64));
  app.add_option("--limit", limit, "seconds a scenario may take");
  app.add_option("--batch-rows", settings.batchRows, "rows a batch, instead of the default");
  app.add_option("--threads", settings.threads, "threads a query");
  app.add_flag("--quiet", quiet, "only the closing line");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  try {
    const std::filesystem::path folder = std::filesystem::absolute(features).lexically_normal();
    settings.graphs = (folder.has_filename() ? folder : folder.parent_path()).parent_path() / "graphs";
    auto scenarios = plexus::tck::readFeatures(folder);
    std::erase_if(scenarios, [&](const Scenario& s) { return s.id().find(filter) == std::string::npos; });
    const auto expectedFailures = listFile.empty() ? std::set<std::string>{} : readList(listFile);
    const auto verdicts =
        plexus::tck::runIsolated(scenarios.size(), jobs, std::chrono::seconds{limit},
                                 [&](std::size_t i) { return plexus::tck::runScenario(scenarios[i], settings); });
    if (!report.empty()) writeReport(report, scenarios, verdicts);
    const bool asExpected = judge(scenarios, verdicts, expectedFailures, quiet);
    std::size_t passed = 0;
    for (const Verdict& verdict : verdicts) passed += verdict.passed ? 1 : 0;
    std::cout << passed << " passed, " << verdicts.size() - passed << " failed" << std::endl;
    return asExpected ? 0 : 1;
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 2;
  }
}
