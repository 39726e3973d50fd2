#include "core/storage/store.h"

#include <fstream>

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/storage/rocks/database.h"
#include "tests/core/storage/test_store.h"

namespace plexus::storage {
namespace {

using Ids = std::vector<NodeId>;
constexpr LabelId kA = 0, kB = 1;
constexpr RelTypeId kT = 0;
constexpr PropertyKeyId kName = 0, kAge = 1;

std::string checked(Store& store) {
  std::string findings;
  store.check([&](const std::string& line) { findings += line + "\n"; });
  return findings;
}

NodeId make(WriteTransaction& t, std::initializer_list<LabelId> labels) {
  return t.createNode(std::vector<LabelId>{labels});
}

TEST(Store, WritesAreSeenInsideAtOnceAndOutsideAfterCommit) {
  const auto store = Store::open(optionsFor(":memory:"));
  const auto before = store->snapshot();
  auto t = store->begin();
  const NodeId a = make(*t, {kA}), b = make(*t, {kA, kB});
  const Relationship r = t->createRelationship(kT, a, b);
  t->setProperty(a, kName, Value{"anna"});
  t->setProperty(r, kAge, Value{7});
  EXPECT_EQ(t->view().nodeCount(), 2U);
  EXPECT_EQ(list(t->view().adjacency(kT, Direction::kOut).neighbours(a)), Ids{b});
  EXPECT_EQ(list(t->view().adjacency(kT, Direction::kIn).neighbours(b)), Ids{a});
  EXPECT_EQ(t->view().property(a, kName).string(), "anna");
  EXPECT_EQ(store->snapshot().nodeCount(), 0U);
  EXPECT_TRUE(store->snapshot().adjacency(kT, Direction::kOut).neighbours(a).empty());
  t->commit();
  const auto after = store->snapshot();
  EXPECT_EQ(before.nodeCount(), 0U);
  EXPECT_EQ(before.nodes().cardinality(), 0U);
  EXPECT_EQ(after.nodeCount(), 2U);
  EXPECT_EQ(after.labels(b), (std::vector<LabelId>{kA, kB}));
  EXPECT_EQ(after.labelled(kA).cardinality(), 2U);
  EXPECT_EQ(list(after.adjacency(kT, Direction::kOut).neighbours(a)), Ids{b});
  EXPECT_EQ(after.adjacency(kT, Direction::kOut).relationships(a)[0], r.id);
  EXPECT_EQ(after.property(r, kAge).integer(), 7);
  EXPECT_EQ(after.relationship(kT, r.id)->end, b);
  EXPECT_TRUE(after.exists(r));
  EXPECT_EQ(checked(*store), "");
}

TEST(Store, SnapshotsShareBitmapsUntilNodesOrLabelsChange) {
  TemporaryDirectory directory;
  const auto store = Store::open(optionsFor(directory.path()));
  const auto commit = [&](auto change) {
    const auto transaction = store->begin();
    change(*transaction);
    transaction->commit();
    return store->snapshot();
  };
  const LabelId label = 3;
  const GraphView first = commit([&](WriteTransaction& t) {
    t.createNode({{label}});
    t.createNode({});
  });
  EXPECT_TRUE(first.hasLabel(0, label));
  const GraphView related = commit([](WriteTransaction& t) { t.createRelationship(0, 0, 1); });
  EXPECT_EQ(&related.labelled(label), &first.labelled(label));
  EXPECT_EQ(&related.nodes(), &first.nodes());
  const GraphView labelled = commit([&](WriteTransaction& t) { t.addLabel(1, label); });
  EXPECT_TRUE(labelled.hasLabel(1, label));
  EXPECT_FALSE(related.hasLabel(1, label));
  const GraphView more = commit([&](WriteTransaction& t) { t.createNode({{label}}); });
  EXPECT_EQ(more.labelled(label).cardinality(), 3U);
  EXPECT_EQ(labelled.labelled(label).cardinality(), 2U);
  EXPECT_EQ(first.nodes().cardinality(), 2U);
}

TEST(Store, RollbackAndSavepointLeaveNoTrace) {
  const auto store = Store::open(optionsFor(":memory:"));
  auto t = store->begin();
  const NodeId a = make(*t, {kA});
  t->setProperty(a, kName, Value{"a"});
  const auto mark = t->savepoint();
  const NodeId b = make(*t, {kB});
  t->createRelationship(kT, a, b);
  t->setProperty(a, kName, Value{"changed"});
  EXPECT_EQ(t->view().labelled(kB).cardinality(), 1U);
  t->rollbackTo(mark);
  EXPECT_EQ(t->view().nodeCount(), 1U);
  EXPECT_EQ(t->view().labelled(kB).cardinality(), 0U);
  EXPECT_EQ(t->view().property(a, kName).string(), "a");
  EXPECT_TRUE(t->view().adjacency(kT, Direction::kOut).neighbours(a).empty());
  t->commit();
  {
    auto lost = store->begin();
    make(*lost, {kA});
    lost->setProperty(a, kName, Value{});
  }
  EXPECT_EQ(store->snapshot().nodeCount(), 1U);
  EXPECT_EQ(store->snapshot().property(a, kName).string(), "a");
  EXPECT_EQ(checked(*store), "");
}

TEST(Store, SurvivesReopening) {
  const TemporaryDirectory directory;
  for (int round = 0; round < 3; ++round) {
    const auto store = Store::open(optionsFor(directory.path()));
    EXPECT_EQ(store->snapshot().nodeCount(), static_cast<std::uint64_t>(round) * 2);
    auto t = store->begin();
    const NodeId a = make(*t, {kA}), b = make(*t, {kB});
    t->createRelationship(kT, a, b);
    t->createRelationship(kT, 0, b);
    t->setProperty(b, kAge, Value{round});
    t->setAttachment(std::make_shared<const TextAttachment>("round " + std::to_string(round)));
    t->commit();
  }
  const auto store = Store::open(optionsFor(directory.path()));
  const auto view = store->snapshot();
  EXPECT_EQ(attachmentText(view), "round 2");
  EXPECT_EQ(list(view.adjacency(kT, Direction::kOut).neighbours(0)), (Ids{1, 1, 3, 5}));
  EXPECT_EQ(view.property(NodeId{5}, kAge).integer(), 2);
  EXPECT_EQ(checked(*store), "");
}

TEST(Store, IndexesFindAndRefuse) {
  const auto store = Store::open(optionsFor(":memory:"));
  auto t = store->begin();
  const NodeId a = make(*t, {kA}), b = make(*t, {kA}), c = make(*t, {kB});
  t->setProperty(a, kName, Value{"anna"});
  t->createIndex({.id = 3, .unique = true, .labelOrType = kA, .properties = {kName}});
  t->setProperty(c, kName, Value{"anna"});
  EXPECT_THROW(t->setProperty(b, kName, Value{"anna"}), UniqueViolation);
  EXPECT_TRUE(t->view().property(b, kName).isNull());
  EXPECT_THROW(t->addLabel(c, kA), UniqueViolation);
  t->setProperty(b, kName, Value{"bert"});
  const std::vector<Value> anna{Value{"anna"}};
  EXPECT_EQ(t->view().seek(3, anna), Ids{a});
  t->commit();
  EXPECT_EQ(store->snapshot().seek(3, anna), Ids{a});
  EXPECT_EQ(store->snapshot().seekPrefix(3, ""), (Ids{a, b}));
  EXPECT_EQ(store->snapshot().seekRange(3, GraphView::Bound{Value{"anna"}, false}, std::nullopt), Ids{b});
  auto u = store->begin();
  u->setProperty(a, kName, Value{"zoe"});
  EXPECT_EQ(u->view().seekPrefix(3, ""), (Ids{b, a}));
  EXPECT_EQ(store->snapshot().seek(3, anna), Ids{a});
  u->addLabel(c, kA);
  EXPECT_EQ(u->view().seek(3, anna), Ids{c});
  u->deleteNode(b);
  EXPECT_EQ(u->view().seekPrefix(3, ""), (Ids{c, a}));
  u->commit();
  EXPECT_EQ(store->snapshot().seekPrefix(3, ""), (Ids{c, a}));
}

TEST(Store, StatisticsCountWhatTheViewShows) {
  const auto store = Store::open(optionsFor(":memory:"));
  const auto check = [](const GraphView& view, std::uint64_t count, std::uint32_t sources, std::uint32_t targets,
                        std::uint32_t degree, bool parallel) {
    const AdjacencyStatistics s = view.adjacency(kT, Direction::kOut).statistics();
    EXPECT_EQ(s.relationships, count);
    EXPECT_EQ(s.sources, sources);
    EXPECT_EQ(s.targets, targets);
    EXPECT_EQ(s.maxDegree, degree);
    EXPECT_EQ(s.parallel, parallel);
  };
  auto t = store->begin();
  for (int i = 0; i < 4; ++i) make(*t, {kA});
  t->createRelationship(kT, 0, 1);
  t->createRelationship(kT, 0, 2);
  t->createRelationship(kT, 3, 2);
  check(t->view(), 3, 2, 2, 2, false);
  t->commit();
  const auto before = store->snapshot();
  check(before, 3, 2, 2, 2, false);
  t = store->begin();
  t->createRelationship(kT, 3, 2);
  t->createRelationship(kT, 3, 3);
  t->commit();
  check(store->snapshot(), 5, 2, 3, 3, true);
  check(store->snapshot(), 5, 2, 3, 3, true);
  check(before, 3, 2, 2, 2, false);
}

TEST(Store, StatisticsTellPairsJoinedBothWays) {
  const auto store = Store::open(optionsFor(":memory:"));
  auto t = store->begin();
  for (int i = 0; i < 4; ++i) make(*t, {kA});
  t->createRelationship(kT, 0, 1);
  t->createRelationship(kT, 2, 1);
  t->createRelationship(kT, 2, 2);  // a loop is no such pair
  t->commit();
  for (const Direction direction : {Direction::kOut, Direction::kIn}) {
    for (int reads = 0; reads < 100 && !store->snapshot().adjacency(kT, direction).flat(); ++reads) {
    }
  }
  EXPECT_FALSE(store->snapshot().adjacency(kT, Direction::kOut).statistics().mutual);
  EXPECT_FALSE(store->snapshot().adjacency(kT, Direction::kIn).statistics().mutual);
  t = store->begin();
  t->createRelationship(kT, 1, 0);
  t->commit();
  EXPECT_TRUE(store->snapshot().adjacency(kT, Direction::kOut).statistics().mutual);
}

TEST(Store, BackupIsACompleteDatabase) {
  const TemporaryDirectory directory, copy, copyOfMemory;
  for (const auto& [from, to] : {std::pair{directory.path(), copy.path()}, {":memory:", copyOfMemory.path()}}) {
    const auto store = Store::open(optionsFor(from));
    auto t = store->begin();
    t->setProperty(t->createRelationship(kT, make(*t, {kA}), make(*t, {kB})), kName, Value{"kept"});
    t->commit();
    store->backup(to);
    EXPECT_THROW(store->backup(to), Error);
    t = store->begin();
    make(*t, {kA});
    t->commit();
    const auto restored = Store::open(optionsFor(to));
    EXPECT_EQ(restored->snapshot().nodeCount(), 2U);
    EXPECT_EQ(restored->snapshot().relProperty(kT, kName).get(0).string(), "kept");
    EXPECT_EQ(checked(*restored), "");
  }
}

TEST(Store, ReadOnlyFollowsTheWriter) {
  const TemporaryDirectory directory;
  const auto writer = Store::open(optionsFor(directory.path()));
  auto options = optionsFor(directory.path());
  {
    auto t = writer->begin();
    make(*t, {kA});
    t->commit();
  }
  options.readOnly = true;
  const auto reader = Store::open(options);
  const auto old = reader->snapshot();
  EXPECT_EQ(old.nodeCount(), 1U);
  EXPECT_FALSE(reader->refresh());
  EXPECT_THROW(reader->begin(), Error);
  {
    auto t = writer->begin();
    t->createRelationship(kT, 0, make(*t, {kB}));
    t->commit();
  }
  EXPECT_EQ(reader->snapshot().nodeCount(), 1U);
  EXPECT_TRUE(reader->refresh());
  EXPECT_EQ(reader->snapshot().nodeCount(), 2U);
  EXPECT_EQ(list(reader->snapshot().adjacency(kT, Direction::kOut).neighbours(0)), Ids{1});
  EXPECT_EQ(old.nodeCount(), 1U);
  EXPECT_TRUE(old.adjacency(kT, Direction::kOut).neighbours(0).empty());
}

TEST(Store, ReadOnlyMissesNoFile) {
  const TemporaryDirectory directory;
  auto options = optionsFor(directory.path());
  {
    const auto writer = Store::open(options);
    auto t = writer->begin();
    make(*t, {kA});
    t->commit();
  }
  for (const auto& entry : std::filesystem::directory_iterator{directory.path()}) {
    if (entry.path().extension() == ".sst") std::filesystem::remove(entry.path());
  }
  for (const bool readOnly : {true, false}) {
    options.readOnly = readOnly;
    try {
      Store::open(options);
      FAIL();
    } catch (const Error& error) {
      EXPECT_EQ(error.type(), ErrorType::kCorruption);
    }
  }
}

TEST(Store, RefusesANewerFormat) {
  const TemporaryDirectory directory;
  const auto options = optionsFor(directory.path());
  {
    const auto database = Database::open(options);
    rocksdb::WriteBatch batch;
    std::string value;
    putLittle(value, kFormatVersion + 1);
    check(batch.Put(database->family(Keyspace::kMeta), formatKey(), value));
    database->write(batch, true);
  }
  try {
    Store::open(options);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.type(), ErrorType::kCorruption);
    EXPECT_EQ(std::string{error.what()}, directory.path().string() + ": has file format 2, this program reads up to 1");
    EXPECT_EQ(error.hint(), "use a newer Plexus");
  }
}

TEST(Store, AMakingThatWasCutShortIsBegunAnew) {
  const TemporaryDirectory directory;
  std::filesystem::create_directories(directory.path());
  for (const char* name : {"LOCK", "IDENTITY", "MANIFEST-000001", "000001.dbtmp"}) {
    std::ofstream{directory.path() / name} << "cut";
  }
  EXPECT_EQ(Store::open(optionsFor(directory.path()))->snapshot().nodeCount(), 0U);
}

TEST(Store, RefusesWhatItCannotOpen) {
  const TemporaryDirectory directory;
  auto options = optionsFor(directory.path());
  options.createIfMissing = false;
  EXPECT_THROW(Store::open(options), Error);
  options.createIfMissing = true;
  const auto store = Store::open(options);
  try {
    Store::open(options);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.type(), ErrorType::kIoError);
    EXPECT_NE(std::string{error.what()}.find("is open for writing by this process"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace plexus::storage
