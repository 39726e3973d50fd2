// plexus_writes DIR: what small transactions cost, and what reads beside them keep of their speed. Prints a JSON line a
// measurement.
//
//   commits            transactions of one relationship each, a second, without waiting for the disk
//   synced             the same, each on disk when it returns, by one connection and by several at once
//   reads              a second: alone; while another thread commits to the same database without pause; and, to tell
//                      what the machine takes from what the database takes, while it commits to another database. In
//                      turn, several rounds: medians, and the median of each round's shares of the mean of those
//                      alone before and after (the data grows meanwhile)
#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <filesystem>
#include <iostream>
#include <random>
#include <thread>

#include <fmt/format.h>

#include "core/api/database.h"

namespace {

using Clock = std::chrono::steady_clock;
using plexus::NodeId;

constexpr NodeId kNodes = 50000;
constexpr plexus::RelTypeId kType = 0;

// Nodes and one relationship, by Cypher; what is measured goes to the store directly or by prepared statements.
std::shared_ptr<plexus::Database> freshDatabase(const std::filesystem::path& path, bool sync) {
  std::filesystem::remove_all(path);
  plexus::DatabaseOptions options;
  options.syncCommits = sync;
  auto database = plexus::Database::open(path, options);
  const auto connection = database->connect();
  connection->run(fmt::format("UNWIND range(1, {}) AS i CREATE (:N {{k: i}})", kNodes));
  connection->run("MATCH (a:N {k: 1}), (b:N {k: 2}) CREATE (a)-[:R]->(b)");
  const auto transaction = database->store().begin();
  for (NodeId node = 2; node < kNodes; ++node) transaction->createRelationship(kType, node - 1, node);
  transaction->commit();
  return database;
}

// Transactions of one relationship until `stop`; how many.
std::uint64_t commitUntil(plexus::Database& database, const std::atomic<bool>& stop, unsigned seed) {
  std::mt19937 random{seed};
  std::uint64_t count = 0;
  for (; !stop; ++count) {
    const auto transaction = database.store().begin();
    transaction->createRelationship(kType, random() % kNodes, random() % kNodes);
    transaction->commit();
  }
  return count;
}

// Two steps from a node; how many a second until `stop`.
std::uint64_t readUntil(plexus::Database& database, const std::atomic<bool>& stop) {
  const auto connection = database.connect();
  connection->options().threads = 1;
  auto query = connection->prepare("MATCH (a:N)-[:R]->(b)-[:R]->(c) WHERE id(a) = $id RETURN count(*)");
  std::mt19937 random{1};
  std::uint64_t count = 0;
  for (; !stop; ++count) query.run({{"id", plexus::Value{static_cast<std::int64_t>(random() % kNodes)}}}).drain();
  return count;
}

template <typename Work>
void forSeconds(double seconds, std::atomic<bool>& stop, Work work) {
  stop = false;
  std::thread timer{[&] {
    std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
    stop = true;
  }};
  std::exception_ptr error;
  try {
    work();
  } catch (...) {
    error = std::current_exception();
  }
  timer.join();
  if (error) std::rethrow_exception(error);
}

double commitsPerSecond(plexus::Database& database, unsigned writers, double seconds) {
  std::atomic<bool> stop{false};
  std::atomic<std::uint64_t> total{0};
  forSeconds(seconds, stop, [&] {
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < writers; ++i) {
      threads.emplace_back([&, i] { total += commitUntil(database, stop, i); });
    }
    for (std::thread& thread : threads) thread.join();
  });
  return static_cast<double>(total) / seconds;
}

// `written`: where another thread commits meanwhile; null: there is none.
double readsPerSecond(plexus::Database& database, plexus::Database* written, double seconds) {
  std::atomic<bool> stop{false};
  std::uint64_t reads = 0;
  forSeconds(seconds, stop, [&] {
    std::thread writer;
    if (written != nullptr) writer = std::thread{[&] { commitUntil(*written, stop, 7); }};
    std::exception_ptr error;
    try {
      reads = readUntil(database, stop);
    } catch (...) {
      error = std::current_exception();
      stop = true;
    }
    if (writer.joinable()) writer.join();
    if (error) std::rethrow_exception(error);
  });
  return static_cast<double>(reads) / seconds;
}

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
  return values[values.size() / 2];
}

// Reads a second of `database` beside writes, as a line of JSON; `other`: a database that may be written to.
std::string readsBesideWrites(plexus::Database& database, plexus::Database& other, unsigned rounds, double seconds) {
  std::vector<double> alone{readsPerSecond(database, nullptr, seconds)}, beside, elsewhere, besideShare, elsewhereShare;
  for (unsigned i = 0; i < rounds; ++i) {
    elsewhere.push_back(readsPerSecond(database, &other, seconds));
    beside.push_back(readsPerSecond(database, &database, seconds));
    alone.push_back(readsPerSecond(database, nullptr, seconds));
    const double without = (alone[i] + alone[i + 1]) / 2;
    elsewhereShare.push_back(elsewhere.back() / without);
    besideShare.push_back(beside.back() / without);
  }
  return fmt::format(
             R"({{"reads_per_s":{:.0f},"beside_writes":{:.0f},"share":{:.2f},"beside_writes_elsewhere":{:.0f},)",
             median(alone), median(beside), median(besideShare), median(elsewhere)) +
         fmt::format(R"("share_elsewhere":{:.2f}}})", median(elsewhereShare));
}

}  // namespace

int main(int argc, char** argv) {
  std::filesystem::path directory;
  double seconds = 1;
  unsigned rounds = 5;
  CLI::App app{"Measures small transactions, and reads beside them."};
  app.add_option("DIR", directory, "where a database may be made")->required();
  app.add_option("--seconds", seconds, "of each measurement")->capture_default_str();
  app.add_option("--rounds", rounds, "of reads beside writes")->capture_default_str()->check(CLI::PositiveNumber);
  CLI11_PARSE(app, argc, argv);
  try {
    const auto path = directory / "writes.plexus";
    {
      const auto database = freshDatabase(path, false);
      std::cout << fmt::format(R"({{"commits_per_s":{:.0f}}})", commitsPerSecond(*database, 1, seconds)) << std::endl;
      const auto other = freshDatabase(directory / "others.plexus", false);
      std::cout << readsBesideWrites(*database, *other, rounds, seconds) << std::endl;
    }
    const auto database = freshDatabase(path, true);
    for (const unsigned writers : {1U, 8U}) {
      std::cout << fmt::format(R"({{"synced_commits_per_s":{:.0f},"writers":{}}})",
                               commitsPerSecond(*database, writers, seconds), writers)
                << std::endl;
    }
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
  return 0;
}
