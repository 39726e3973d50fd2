// plexus_bench DB --workload FILE: runs each query of a workload in this process, checks its answers, and prints a JSON
// line a query: medians in microseconds an item, prepared and as text with the plan cache.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <iostream>

#include <fmt/format.h>

#include "bench/workload/workload.h"
#include "core/api/database.h"

namespace {

using Clock = std::chrono::steady_clock;
using plexus::bench::Query;

struct Settings {
  std::string database, workload, dataSet, only;
  unsigned runs = 5, threads = 0;
  double seconds = 0.5;  // go on until so much time was measured, beyond `runs`
  std::size_t cacheMegabytes = 0;
};

double micros(Clock::duration d) { return std::chrono::duration<double, std::micro>(d).count(); }

// Runs all items until enough was measured; the median of microseconds an item.
template <typename RunItem>
double median(const Query& query, const Settings& settings, RunItem runItem) {
  std::vector<double> times;
  double total = 0;
  while (times.size() < settings.runs || (total < settings.seconds * 1e6 && times.size() < 1000)) {
    const auto begin = Clock::now();
    for (const auto& item : query.items) runItem(item);
    const double took = micros(Clock::now() - begin);
    times.push_back(took / static_cast<double>(query.items.size()));
    total += took;
    if (total > 60e6) break;
  }
  std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2), times.end());
  return times[times.size() / 2];
}

bool correct(const Query& query, plexus::PreparedStatement& prepared) {
  bool allMatch = true;
  for (const auto& item : query.items) {
    const auto rows = prepared.run(item.parameters).rows();
    if (item.answer) allMatch = allMatch && plexus::bench::matches(rows, *item.answer, query.ordered);
  }
  return allMatch;
}

void measure(const Query& query, plexus::Connection& connection, const Settings& settings) {
  const auto begin = Clock::now();
  auto prepared = connection.prepare(query.text);
  const double prepareMicros = micros(Clock::now() - begin);
  const auto firstBegin = Clock::now();
  prepared.run(query.items[0].parameters).drain();
  const double firstMicros = micros(Clock::now() - firstBegin);
  const bool right = correct(query, prepared);
  const double preparedMicros =
      median(query, settings, [&](const auto& item) { prepared.run(item.parameters).drain(); });
  const double textMicros =
      median(query, settings, [&](const auto& item) { connection.run(query.text, item.parameters).drain(); });
  std::cout
      << fmt::format(
             R"({{"id":"{}","items":{},"correct":{},"prepared_us":{:.2f},"text_us":{:.2f},"first_us":{:.1f},"prepare_us":{:.1f}}})",
             query.id, query.items.size(), right, preparedMicros, textMicros, firstMicros, prepareMicros)
      << std::endl;
}

}  // namespace

int main(int argc, char** argv) {
  Settings settings;
  CLI::App app{"Runs a workload against a database and checks its answers."};
  app.add_option("DB", settings.database)->required();
  app.add_option("--workload", settings.workload)->required();
  app.add_option("--data-set", settings.dataSet, "whose counts to expect");
  app.add_option("--only", settings.only, "one query's id");
  app.add_option("--runs", settings.runs, "at least so many");
  app.add_option("--seconds", settings.seconds, "measure at least so long");
  app.add_option("--threads", settings.threads, "0: all cores");
  app.add_option("--cache", settings.cacheMegabytes, "megabytes of graph data held in memory");
  CLI11_PARSE(app, argc, argv);
  int failures = 0;
  try {
    const auto begin = Clock::now();
    plexus::DatabaseOptions options;
    options.createIfMissing = false;
    if (settings.cacheMegabytes > 0) options.arrayBytes = settings.cacheMegabytes << 20;
    const auto database = plexus::Database::open(settings.database, options);
    const auto connection = database->connect();
    connection->options().threads = settings.threads;
    std::cout << fmt::format(R"({{"open_us":{:.1f}}})", micros(Clock::now() - begin)) << std::endl;
    for (const Query& query : plexus::bench::readWorkload(settings.workload, settings.dataSet)) {
      if (!settings.only.empty() && query.id != settings.only) continue;
      try {
        measure(query, *connection, settings);
      } catch (const plexus::Error& error) {
        ++failures;
        std::cout << fmt::format(R"({{"id":"{}","correct":false}})", query.id) << std::endl;
        std::cerr << query.id << ": " << error.render(query.text) << '\n';
      }
    }
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
  return failures == 0 ? 0 : 1;
}
