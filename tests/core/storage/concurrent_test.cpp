// Readers beside a writer whose commits fold logs and rewrite chunks all the time.
#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "core/storage/bulk_load.h"
#include "tests/core/storage/test_store.h"

namespace plexus::storage {
namespace {

constexpr RelTypeId kType = 0;
constexpr NodeId kNodes = 64;

// Every view shows as many relationships as its counters say, in both directions. The arrays are read anew again and
// again, between commits of which every few thousand rewrite a chunk.
TEST(Concurrent, ViewsStayWholeWhileChunksAreRewritten) {
  TemporaryDirectory directory;
  const auto store = Store::open(optionsFor(directory.path()));
  {
    auto t = store->begin();
    for (NodeId i = 0; i < kNodes; ++i) t->createNode({});
    t->commit();
  }
  std::atomic<bool> stop{false};
  std::thread writer{[&] {
    for (std::uint32_t i = 0; i < 30000; ++i) {
      auto t = store->begin();
      t->createRelationship(kType, i % kNodes, (i / kNodes) % kNodes);
      t->commit();
    }
    stop = true;
  }};
  std::string failure;
  while (!stop && failure.empty()) {
    try {
      const GraphView view = store->snapshot();
      for (const Direction direction : {Direction::kOut, Direction::kIn}) {
        const Adjacency adjacency = view.adjacency(kType, direction);
        std::uint64_t sum = 0;
        for (NodeId node = 0; node < kNodes; ++node) sum += adjacency.degree(node);
        if (sum != view.relationshipCount(kType)) failure = "relationships are missing or too many";
      }
    } catch (const std::exception& error) {
      failure = error.what();
    }
  }
  writer.join();
  EXPECT_EQ(failure, "");
}

// Every view shows as many nodes of a label as its counters say, while some commits change nodes and some do not.
TEST(Concurrent, ViewsShowTheLabelsOfTheirCommit) {
  TemporaryDirectory directory;
  const auto store = Store::open(optionsFor(directory.path()));
  constexpr LabelId kLabel = 0;
  {
    auto t = store->begin();
    t->createNode({{kLabel}});
    t->commit();
  }
  std::atomic<bool> stop{false};
  std::thread writer{[&] {
    for (std::uint32_t i = 0; i < 10000; ++i) {
      auto t = store->begin();
      if (i % 3 == 0) {
        t->createNode({{kLabel}});
      } else {
        t->createRelationship(kType, 0, 0);
      }
      t->commit();
    }
    stop = true;
  }};
  std::string failure;
  while (!stop) {
    const GraphView view = store->snapshot();
    if (view.labelled(kLabel).cardinality() != view.nodeCount()) failure = "nodes are missing or too many";
  }
  writer.join();
  EXPECT_EQ(failure, "");
}

// Views that are opened while data is loaded show all of a load or nothing.
TEST(Concurrent, ViewsShowWholeLoads) {
  TemporaryDirectory directory;
  const auto store = Store::open(optionsFor(directory.path()));
  std::atomic<bool> stop{false};
  std::thread writer{[&] {
    for (unsigned round = 0; round < 20; ++round) {
      const auto load = store->bulkLoad(std::size_t{64} << 20, 1);
      const NodeId first = load->addNodes({}, 2);
      load->addRelationships(kType, std::vector<NodeId>{first, 0}, std::vector<NodeId>{first + 1, first});
      load->finish();
    }
    stop = true;
  }};
  std::string failure;
  while (!stop && failure.empty()) {
    const GraphView view = store->snapshot();
    const Adjacency adjacency = view.adjacency(kType, Direction::kOut);
    std::uint64_t sum = 0;
    for (NodeId node = 0; node < view.nodeBound(); ++node) sum += adjacency.degree(node);
    if (sum != view.relationshipCount(kType) || view.nodes().cardinality() != sum) failure = "half of a load is seen";
  }
  writer.join();
  EXPECT_EQ(failure, "");
}

// Several committers that wait for the disk: each finds its own work in the next snapshot, all of it is there at the
// end.
TEST(Concurrent, CommittersThatWaitTogetherSeeTheirOwnCommits) {
  TemporaryDirectory directory;
  StoreOptions options = optionsFor(directory.path());
  options.syncCommits = true;
  constexpr unsigned kWriters = 4, kEach = 50;
  std::atomic<unsigned> unseen{0};
  {
    const auto store = Store::open(options);
    std::vector<std::thread> writers;
    for (unsigned w = 0; w < kWriters; ++w) {
      writers.emplace_back([&] {
        for (unsigned i = 0; i < kEach; ++i) {
          auto t = store->begin();
          const NodeId node = t->createNode(std::vector<LabelId>{0});
          t->commit();
          if (!store->snapshot().hasLabel(node, 0)) ++unseen;
        }
      });
    }
    for (std::thread& writer : writers) writer.join();
    EXPECT_EQ(store->snapshot().nodeCount(), kWriters * kEach);
  }
  EXPECT_EQ(unseen, 0U);
  EXPECT_EQ(Store::open(options)->snapshot().nodeCount(), kWriters * kEach);
}

}  // namespace
}  // namespace plexus::storage
