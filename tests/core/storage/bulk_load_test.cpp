#include "core/storage/bulk_load.h"

#include <csignal>
#include <cstdlib>
#include <random>

#include <gtest/gtest.h>
#include <sys/wait.h>

#include "core/base/error.h"
#include "core/storage/store.h"
#include "core/storage/write_transaction.h"
#include "tests/core/storage/test_store.h"

namespace plexus::storage {
namespace {

const std::vector<LabelId> kLabel{1};

std::string checked(Store& store) {
  std::string findings;
  store.check([&](const std::string& line) { findings += line + "\n"; });
  return findings;
}

Vector numbers(std::size_t count, std::int64_t first) {
  Vector v{Vector::Kind::kInteger, count};
  for (std::size_t i = 0; i < count; ++i) v.data<std::int64_t>()[i] = first + static_cast<std::int64_t>(i);
  return v;
}

// `count` relationships of type 0 among `nodes` nodes, with property 1 = ordinal.
void addRelationships(BulkLoad& load, NodeId nodes, std::size_t count, unsigned seed) {
  std::mt19937 random{seed};
  std::vector<NodeId> starts(count), ends(count);
  for (std::size_t i = 0; i < count; ++i) {
    starts[i] = static_cast<NodeId>(random() % nodes);
    ends[i] = random() % 4 == 0 ? 0 : static_cast<NodeId>(random() % nodes);
  }
  const std::uint64_t first = load.addRelationships(0, starts, ends);
  load.setRelProperty(0, 1, first, numbers(count, static_cast<std::int64_t>(first)));
}

TEST(BulkLoad, IdsFollowTheOrderOfStartAndEnd) {
  const auto store = Store::open(optionsFor(":memory:"));
  const auto load = store->bulkLoad(std::size_t{64} << 20, 2);
  ASSERT_EQ(load->addNodes(kLabel, 3), 0U);
  load->addRelationships(0, std::vector<NodeId>{2, 0, 0}, std::vector<NodeId>{1, 2, 1});
  load->setRelProperty(0, 5, 0, numbers(3, 100));
  EXPECT_EQ(store->snapshot().nodeCount(), 0U);
  load->finish();
  const auto view = store->snapshot();
  EXPECT_EQ(list(view.adjacency(0, Direction::kOut).neighbours(0)), (std::vector<NodeId>{1, 2}));
  EXPECT_EQ(list(view.adjacency(0, Direction::kOut).relationships(0)), (std::vector<RelId>{0, 1}));
  EXPECT_EQ(list(view.adjacency(0, Direction::kIn).relationships(1)), (std::vector<RelId>{0, 2}));
  EXPECT_EQ(view.relProperty(0, 5).get(0).integer(), 102);
  EXPECT_EQ(view.relProperty(0, 5).get(1).integer(), 101);
  EXPECT_EQ(view.relProperty(0, 5).get(2).integer(), 100);
  EXPECT_EQ(checked(*store), "");
}

TEST(BulkLoad, SpillsAndJoinsWithWhatIsThere) {
  const TemporaryDirectory directory;
  const auto store = Store::open(optionsFor(directory.path()));
  std::vector<GraphView> views;
  for (unsigned round = 0; round < 3; ++round) {
    const auto load = store->bulkLoad(1, 2);  // as little memory as it accepts
    const NodeId first = load->addNodes(kLabel, 30000);
    ASSERT_EQ(first, round * 30000);
    load->setNodeProperty(2, first, numbers(30000, first));
    for (int part = 0; part < 4; ++part)
      addRelationships(*load, first + 30000, 100000, round * 10 + static_cast<unsigned>(part));
    load->finish();
    views.push_back(store->snapshot());
  }
  EXPECT_EQ(checked(*store), "");
  for (unsigned round = 0; round < 3; ++round) {
    EXPECT_EQ(views[round].relationshipCount(0), 400000U * (round + 1));
    EXPECT_EQ(views[round].adjacency(0, Direction::kIn).flat()->neighbours.size(), 400000U * (round + 1));
    EXPECT_EQ(views[round].nodeProperty(2).count(), 30000U * (round + 1));
  }
  EXPECT_EQ(views[2].property(NodeId{89999}, 2).integer(), 89999);
}

TEST(BulkLoad, BuildsIndexesAndRefusesDuplicates) {
  const auto store = Store::open(optionsFor(":memory:"));
  {
    const auto load = store->bulkLoad(std::size_t{64} << 20, 1);
    load->setNodeProperty(0, load->addNodes(kLabel, 5000), numbers(5000, 0));
    load->createIndex({.id = 7, .unique = true, .labelOrType = 1, .properties = {0}});
    load->finish();
  }
  const auto seek = [&](int number) {
    const std::vector<Value> values{Value{number}};
    return store->snapshot().seek(7, values);
  };
  EXPECT_EQ(seek(4711), std::vector<NodeId>{4711});
  {
    const auto load = store->bulkLoad(std::size_t{64} << 20, 1);
    load->setNodeProperty(0, load->addNodes(kLabel, 10), numbers(10, 4995));
    try {
      load->finish();
      FAIL();
    } catch (const UniqueViolation& violation) {
      EXPECT_EQ(violation.existing, 4995U);
      EXPECT_EQ(violation.offending, 5000U);
    }
  }
  EXPECT_EQ(store->snapshot().nodeCount(), 5000U);
  {
    const auto load = store->bulkLoad(std::size_t{64} << 20, 1);
    load->setNodeProperty(0, load->addNodes(kLabel, 10), numbers(10, 5000));
    load->finish();
  }
  EXPECT_EQ(seek(5009), std::vector<NodeId>{5009});
  EXPECT_EQ(checked(*store), "");
}

TEST(BulkLoad, ChangesRelationshipsThatAreThere) {
  const auto store = Store::open(optionsFor(":memory:"));
  const std::vector<NodeId> starts(5000, 0), ends(5000, 1);
  const auto add = [&](BulkLoad& load, std::int64_t first) {
    const std::uint64_t ordinal = load.addRelationships(0, starts, ends);
    load.setRelProperty(0, 1, ordinal, numbers(starts.size(), first));
  };
  {
    const auto load = store->bulkLoad(std::size_t{64} << 20, 1);
    load->addNodes(kLabel, 2);
    add(*load, 0);
    load->createIndex({.id = 3, .unique = true, .onRelationships = true, .labelOrType = 0, .properties = {1}});
    load->finish();
  }
  const auto before = store->snapshot();
  const auto seek = [&](std::int64_t number) {
    const std::vector<Value> values{Value{number}};
    return store->snapshot().seek(3, values);
  };
  const auto change = [&](std::vector<std::pair<RelId, std::int64_t>> changes, std::int64_t first) {
    const auto load = store->bulkLoad(std::size_t{64} << 20, 1);
    add(*load, first);
    for (const auto& [id, number] : changes) {
      load->changeRelProperty(0, 1, id, Value{number});
      load->changeRelProperty(0, 2, id, Value{"new"});
    }
    load->finish();
  };
  // Two change places; one takes the value that a third gives up, which a new one takes in turn.
  change({{10, 20}, {20, 10}, {4999, 30}, {30, 99999}}, 100000);
  EXPECT_EQ(seek(10), std::vector<RelId>{20});
  EXPECT_EQ(seek(30), std::vector<RelId>{4999});
  EXPECT_EQ(seek(4999), std::vector<RelId>{});
  EXPECT_EQ(store->snapshot().relProperty(0, 2).count(), 4U);
  EXPECT_EQ(before.relProperty(0, 1).get(10).integer(), 10);
  EXPECT_EQ(before.relProperty(0, 2).count(), 0U);
  EXPECT_THROW(change({{10, 40}}, 200000), UniqueViolation);
  EXPECT_THROW(change({{10, 200001}}, 200000), UniqueViolation);
  EXPECT_EQ(seek(20), std::vector<RelId>{10});
  EXPECT_EQ(checked(*store), "");
}

// Not a test by itself: what the process does that the next test kills.
TEST(BulkLoad, DISABLED_LoadForTheKilledProcess) {
  const char* directory = std::getenv("PLEXUS_TEST_DIRECTORY");
  if (directory == nullptr) GTEST_SKIP() << "runs as a child of KilledAtAnyMoment... only";
  const auto store = Store::open(optionsFor(directory));
  const auto load = store->bulkLoad(1, 1);
  const NodeId first = load->addNodes(kLabel, 1000);
  load->setNodeProperty(2, first, numbers(1000, 0));
  for (unsigned part = 0; part < 4; ++part) addRelationships(*load, first + 1000, 20000, part);
  load->finish();
}

// Killed at some moment, again and again: each time the database opens, and is as before the load or as after it.
TEST(BulkLoad, KilledAtAnyMomentLeavesTheDatabaseWhole) {
  const TemporaryDirectory directory;
  Store::open(optionsFor(directory.path()))->close();
  std::uint64_t nodes = 0;
  for (const unsigned milliseconds : {20U, 40U, 60U, 80U, 120U, 200U, 400U}) {
    const pid_t child = ::fork();
    if (child == 0) {
      ::setenv("PLEXUS_TEST_DIRECTORY", directory.path().c_str(), 1);
      ::close(STDOUT_FILENO);
      ::execl("/proc/self/exe", "test", "--gtest_also_run_disabled_tests",
              "--gtest_filter=BulkLoad.DISABLED_LoadForTheKilledProcess", static_cast<char*>(nullptr));
      ::_exit(1);
    }
    ::usleep(milliseconds * 1000);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    const auto store = Store::open(optionsFor(directory.path()));
    const auto view = store->snapshot();
    EXPECT_TRUE(view.nodeCount() == nodes || view.nodeCount() == nodes + 1000) << view.nodeCount();
    nodes = view.nodeCount();
    EXPECT_EQ(view.relationshipCount(0), nodes * 80);
    EXPECT_EQ(checked(*store), "");
    for (const auto& entry : std::filesystem::directory_iterator{directory.path()}) {
      EXPECT_FALSE(entry.path().filename().string().starts_with("bulk-"));
    }
  }
}

}  // namespace
}  // namespace plexus::storage
