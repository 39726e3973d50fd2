// plexus_patterns DB: random pattern queries against a database; each answer is checked against that of a plan without
// rewrites, where that ends in time, and times are compared with the relationships that a query has to look at.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <iostream>
#include <optional>

#include <fmt/format.h>

#include "bench/patterns/pattern_maker.h"
#include "bench/workload/workload.h"
#include "core/base/error.h"
#include "core/plan/rewrite/passes.h"

namespace {

using Clock = std::chrono::steady_clock;
using plexus::bench::PatternQuery;
using plexus::bench::Rows;

struct Settings {
  std::string database;
  std::uint64_t seed = 1;
  std::size_t queries = 200, show = 10;
  unsigned threads = 0, limit = 5, checkLimit = 3;
  bool cyclic = false, print = false;
};

struct Outcome {
  PatternQuery query;
  double micros = 0;
  std::string verdict;  // "right", "WRONG", "unchecked", "too long", or an error
  // Nanoseconds a relationship, beyond what a query of any size takes.
  double ratio() const {
    constexpr double kFixedMicros = 50;
    return std::max(0.0, micros - kFixedMicros) * 1e3 / static_cast<double>(std::max<std::uint64_t>(query.touched, 1));
  }
};

// How many rows come is not limited: what a query gives is part of what it has to do.
std::optional<Rows> answer(plexus::Connection& connection, const std::string& text) {
  try {
    return connection.run(text).rows();
  } catch (const plexus::Error& error) {
    if (error.type() == plexus::ErrorType::kCancelled || error.type() == plexus::ErrorType::kLimitExceeded)
      return std::nullopt;
    throw;
  }
}

// The median of a few runs, the first (which reads and plans) aside.
double measure(plexus::Connection& connection, const std::string& text) {
  std::vector<double> times;
  double total = 0;
  while (times.size() < 3 || (times.size() < 21 && total < 50e3)) {
    const auto begin = Clock::now();
    connection.run(text).drain();
    times.push_back(std::chrono::duration<double, std::micro>(Clock::now() - begin).count());
    total += times.back();
    if (total > 2e6) break;
  }
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

Outcome ask(plexus::Connection& connection, PatternQuery query, const Settings& settings) {
  Outcome outcome{std::move(query), 0, ""};
  auto& options = connection.options();
  options.threads = settings.threads;
  options.disabledRewrites = {};
  options.timeout = std::chrono::seconds{settings.limit};
  const auto rows = answer(connection, outcome.query.text);
  if (!rows) {
    outcome.micros = settings.limit * 1e6;
    outcome.verdict = "too long";
    return outcome;
  }
  options.timeout = {};
  outcome.micros = measure(connection, outcome.query.text);
  for (const auto name : plexus::plan::switches()) {
    if (name != "join-order") options.disabledRewrites.insert(std::string{name});
  }
  options.timeout = std::chrono::seconds{settings.checkLimit};
  const auto plain = answer(connection, outcome.query.text);
  outcome.verdict = !plain                                                         ? "unchecked"
                    : plexus::bench::matches(*rows, *plain, outcome.query.ordered) ? "right"
                                                                                   : "WRONG";
  return outcome;
}

void report(std::vector<Outcome>& outcomes, const Settings& settings) {
  std::sort(outcomes.begin(), outcomes.end(), [](const auto& a, const auto& b) { return a.ratio() > b.ratio(); });
  std::cout << fmt::format("{:>10}  {:>12}  {:>9}  {:9}  query\n", "ns a rel.", "us", "touched", "answer");
  for (std::size_t i = 0; i < outcomes.size() && i < settings.show; ++i) {
    const Outcome& o = outcomes[i];
    std::cout << fmt::format("{:10.2f}  {:12.1f}  {:9}  {:9}  {}\n", o.ratio(), o.micros, o.query.touched, o.verdict,
                             o.query.text);
  }
  const auto many = [&](const char* verdict) {
    return std::count_if(outcomes.begin(), outcomes.end(), [&](const Outcome& o) { return o.verdict == verdict; });
  };
  std::cout << fmt::format(
      "{} queries ({} cyclic): {} right, {} wrong, {} too long to enumerate, {} too long; median {:.2f} ns, 90 % "
      "{:.2f} "
      "ns, worst {:.2f} ns a relationship\n",
      outcomes.size(), std::count_if(outcomes.begin(), outcomes.end(), [](const auto& o) { return o.query.cyclic; }),
      many("right"), many("WRONG"), many("unchecked"), many("too long"), outcomes[outcomes.size() / 2].ratio(),
      outcomes[outcomes.size() / 10].ratio(), outcomes.front().ratio());
}

int run(const Settings& settings) {
  plexus::DatabaseOptions options;
  options.createIfMissing = false;
  const auto connection = plexus::Database::open(settings.database, options)->connect();
  const auto ways = plexus::bench::readWays(*connection);
  plexus::bench::PatternMaker maker{ways, settings.seed};
  std::vector<Outcome> outcomes;
  bool wrong = false;
  while (outcomes.size() < settings.queries) {
    PatternQuery query = maker.next();
    if (settings.cyclic && !query.cyclic) continue;
    if (settings.print) std::cerr << query.text << '\n';
    outcomes.push_back(ask(*connection, std::move(query), settings));
    if (outcomes.back().verdict != "WRONG") continue;
    wrong = true;
    std::cout << "WRONG: " << outcomes.back().query.text << '\n';
  }
  if (!outcomes.empty()) report(outcomes, settings);
  return wrong ? 1 : 0;
}

}  // namespace

int main(int argc, char** argv) {
  Settings settings;
  CLI::App app{"Random pattern queries: checks their answers, and shows which take longest for what they look at."};
  app.add_option("DB", settings.database)->required();
  app.add_option("--seed", settings.seed);
  app.add_option("--queries", settings.queries);
  app.add_option("--show", settings.show, "so many of the worst");
  app.add_option("--threads", settings.threads, "0: all cores");
  app.add_option("--limit", settings.limit, "seconds that a query may take");
  app.add_option("--check-limit", settings.checkLimit, "seconds that its enumeration may take");
  app.add_flag("--cyclic", settings.cyclic, "only patterns with a cycle");
  app.add_flag("--print", settings.print, "each query to standard error before it is run");
  CLI11_PARSE(app, argc, argv);
  try {
    return run(settings);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
