#include "core/storage/relation_changes.h"

#include <gtest/gtest.h>

#include "core/storage/memory/change_record.h"
#include "core/storage/store.h"
#include "core/storage/write_transaction.h"
#include "tests/core/storage/test_store.h"

namespace plexus::storage {
namespace {

using Ends = std::vector<std::pair<NodeId, NodeId>>;

TEST(RelationChanges, AreThoseOfCommitsInBetween) {
  const TemporaryDirectory directory;
  auto store = Store::open(optionsFor(directory.path()));
  const auto commit = [&](const std::function<void(WriteTransaction&)>& change) {
    const auto transaction = store->begin();
    change(*transaction);
    transaction->commit();
    return store->snapshot();
  };
  Relationship first;
  const auto none = commit([](WriteTransaction& t) {
    for (int i = 0; i < 4; ++i) t.createNode({});
  });
  const auto one = commit([&](WriteTransaction& t) { first = t.createRelationship(0, 1, 2); });
  const auto two = commit([&](WriteTransaction& t) {
    t.createRelationship(1, 0, 3);
    t.deleteRelationship(first);
    t.createRelationship(0, 3, 3);
  });
  store->begin()->createRelationship(0, 2, 2);  // rolled back
  EXPECT_EQ(changedSince(two, 0, none.version()), (Ends{{1, 2}, {1, 2}, {3, 3}}));
  EXPECT_EQ(changedSince(one, 0, none.version()), (Ends{{1, 2}}));
  EXPECT_EQ(changedSince(two, 0, one.version()), (Ends{{1, 2}, {3, 3}}));
  EXPECT_EQ(changedSince(two, 1, one.version()), (Ends{{0, 3}}));
  EXPECT_EQ(changedSince(two, 2, one.version()), Ends{});
  EXPECT_EQ(changedSince(store->begin()->view(), 0, one.version()), std::nullopt);

  const auto load = store->bulkLoad(std::size_t{64} << 20, 1);
  load->addRelationships(0, std::vector<NodeId>{0}, std::vector<NodeId>{1});
  load->finish();
  const auto loaded = store->snapshot();
  EXPECT_EQ(changedSince(loaded, 0, two.version()), std::nullopt);
  EXPECT_EQ(changedSince(loaded, 0, loaded.version()), Ends{});
}

TEST(RelationChanges, AreForgottenWhenThereAreMany) {
  ChangeRecord record;
  record.startAt(1);
  for (NodeId i = 0; i < ChangeRecord::kMost + 10; ++i) record.add(2 + i / 5, 0, i, i);
  record.add(3, 1, 7, 8);
  EXPECT_EQ(record.between(0, 2, 100), std::nullopt);
  EXPECT_EQ(record.between(0, 4, 5), (Ends{{15, 15}, {16, 16}, {17, 17}, {18, 18}, {19, 19}}));
  EXPECT_EQ(record.between(1, 1, 100), (Ends{{7, 8}}));
  EXPECT_EQ(record.between(1, 0, 100), std::nullopt);
}

}  // namespace
}  // namespace plexus::storage
