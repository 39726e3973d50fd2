// What patterns see and why, against the oracle, on random schemas and graphs; and how lists are kept.
// PLEXUS_INFERENCE_CASES=N asks for 10 N schemas, PLEXUS_INFERENCE_SEED=S for others than usual.
#include "core/inference/entailment.h"

#include <algorithm>
#include <functional>

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/catalog/catalog.h"
#include "core/storage/store.h"
#include "tests/core/inference/oracle.h"
#include "tests/setting.h"

namespace plexus::inference {
namespace {

constexpr unsigned kTypes = 5;
constexpr NodeId kNodes = 6;

using Row = std::tuple<NodeId, NodeId, RelTypeId, std::int64_t, std::int64_t, bool>;

Row rowOf(const Seen& s) {
  return {s.start, s.end, s.name, std::get<1>(s.identity), std::get<2>(s.identity), s.inferred};
}

// A store whose graph and schema change from case to case.
class EntailmentTest : public testing::Test {
 protected:
  EntailmentTest() {
    storage::StoreOptions options;
    options.path = ":memory:";
    options.readAttachment = &catalog::Catalog::deserialize;
    store_ = storage::Store::open(options);
    auto transaction = store_->begin();
    for (NodeId i = 0; i < kNodes; ++i) transaction->createNode({});
    transaction->commit();
  }

  // False if the schema contradicts itself.
  bool declare(storage::WriteTransaction& transaction, const std::vector<RelationType>& relations) {
    auto catalog = catalog::Catalog::of(transaction.view()).copy();
    for (unsigned i = 0; i < 2 * kTypes; ++i) catalog->relTypes.add("t" + std::to_string(i));
    try {
      catalog->setTypes(catalog::TypeSchema::build({}, relations, false, *catalog));
    } catch (const Error&) {
      return false;
    }
    transaction.setAttachment(catalog);
    return true;
  }

  void assertAnew(storage::WriteTransaction& transaction, std::mt19937& random) {
    for (const Statement& s : statements_) transaction.deleteRelationship({s.start, s.end, s.id, s.type});
    statements_.clear();
    for (unsigned i = random() % 10; i > 0; --i) assertOne(transaction, random);
  }

  void assertOne(storage::WriteTransaction& transaction, std::mt19937& random) {
    const auto type = static_cast<RelTypeId>(random() % kTypes);
    const Relationship r = transaction.createRelationship(type, random() % kNodes, random() % kNodes);
    statements_.push_back({type, r.start, r.end, r.id});
  }

  void changeOne(storage::WriteTransaction& transaction, std::mt19937& random) {
    if (statements_.empty() || random() % 2 == 0) return assertOne(transaction, random);
    const auto at = statements_.begin() + static_cast<std::ptrdiff_t>(random() % statements_.size());
    transaction.deleteRelationship({at->start, at->end, at->id, at->type});
    statements_.erase(at);
  }

  static void add(const Entailment& e, RelTypeId name, Direction direction, bool undirected, std::vector<Row>& out) {
    const auto adjacency = undirected ? e.undirected(name) : e.adjacency(name, direction);
    for (NodeId node = 0; node < kNodes; ++node) {
      const auto nodes = adjacency.neighbours(node);
      const auto ids = adjacency.relationships(node);
      ASSERT_EQ(nodes.size(), ids.size());
      for (std::size_t i = 0; i < nodes.size(); ++i) {
        const bool in = direction == Direction::kIn;
        Relationship r{in ? nodes[i] : node, in ? node : nodes[i], ids[i], name};
        const bool either = r.id == kEntailedEitherWay;
        const NodeId a = either ? std::min(r.start, r.end) : r.start, b = either ? std::max(r.start, r.end) : r.end;
        const std::int64_t first = r.isEntailed() ? -2 - std::int64_t{a} : std::int64_t{r.id};
        const std::int64_t second = r.isEntailed() ? std::int64_t{b} : -1;
        const bool inferred = e.inferred(undirected && !r.isEntailed() ? *e.view().relationship(name, r.id) : r);
        out.emplace_back(r.start, r.end, name, first, second, inferred);
      }
    }
  }

  // What patterns with this name match, in each direction, and undirected.
  static std::vector<Row> matches(const Entailment& e, RelTypeId name, Direction direction) {
    std::vector<Row> out;
    for (const RelTypeId n : e.names()) {
      if (!e.isA(n, name)) continue;
      if (direction != Direction::kBoth) {
        add(e, n, direction, false, out);
      } else if (e.symmetric(n)) {
        add(e, n, Direction::kOut, true, out);
      } else {
        add(e, n, Direction::kOut, false, out);
        const std::size_t before = out.size();
        add(e, n, Direction::kIn, false, out);
        std::erase_if(out, [&, i = std::size_t{0}](const Row& r) mutable {
          return i++ >= before && std::get<0>(r) == std::get<1>(r);
        });
        for (std::size_t i = before; i < out.size(); ++i) std::swap(std::get<0>(out[i]), std::get<1>(out[i]));
      }
    }
    std::sort(out.begin(), out.end());
    return out;
  }

  static std::vector<Row> sorted(const std::vector<Seen>& seen) {
    std::vector<Row> out;
    out.reserve(seen.size());
    for (const Seen& s : seen) out.push_back(rowOf(s));
    std::sort(out.begin(), out.end());
    return out;
  }

  // Whatever is matched under which name: no pair that the relation relates is lost, and no other is matched.
  static void checkEnds(const std::vector<Row>& rows, const std::set<std::pair<NodeId, NodeId>>& related) {
    std::set<std::pair<NodeId, NodeId>> ends;
    for (const Row& row : rows) ends.emplace(std::get<0>(row), std::get<1>(row));
    EXPECT_EQ(ends, related);
  }

  void checkAll(const std::vector<RelationType>& relations, const Entailment& e, bool andSupport = false) {
    const Oracle oracle{relations, statements_};
    for (const RelTypeId name : oracle.names()) {
      SCOPED_TRACE("name " + std::to_string(name));
      checkEnds(matches(e, name, Direction::kOut), oracle.related(name));
      auto eitherWay = oracle.related(name);
      for (const auto& [start, end] : oracle.related(name)) eitherWay.emplace(end, start);
      checkEnds(matches(e, name, Direction::kBoth), eitherWay);
      EXPECT_EQ(matches(e, name, Direction::kOut), sorted(oracle.directed(name))) << "name " << name;
      EXPECT_EQ(matches(e, name, Direction::kIn), sorted(oracle.directed(name))) << "name " << name << " from the end";
      EXPECT_EQ(matches(e, name, Direction::kBoth), sorted(oracle.undirected(name)))
          << "name " << name << " undirected";
      for (const Seen& seen : andSupport ? oracle.directed(name) : std::vector<Seen>{}) checkSupport(oracle, e, seen);
    }
  }

  // As few asserted relationships as can be; they entail the relationship by themselves.
  void checkSupport(const Oracle& oracle, const Entailment& e, const Seen& seen) {
    const bool symmetric = e.symmetric(seen.name);
    const auto id = std::get<1>(seen.identity);
    const RelId rel = id >= 0 ? static_cast<RelId>(id) : symmetric ? kEntailedEitherWay : kEntailedRel;
    const auto support = e.support({seen.start, seen.end, rel, seen.name});
    const auto reading = oracle.reading(seen.name);
    const auto weight = oracle.weight(reading, seen.start, seen.end);
    ASSERT_TRUE(weight);
    EXPECT_EQ(support.size(), *weight);
    std::vector<Statement> used;
    used.reserve(support.size());
    for (const Relationship& r : support) used.push_back({r.type, r.start, r.end, r.id});
    EXPECT_TRUE((Oracle{relations_, used}.weight(reading, seen.start, seen.end)));
    NodeId at = seen.start;  // a chain from the start to the end
    for (const Relationship& r : support) {
      ASSERT_TRUE(r.start == at || r.end == at);
      at = r.start == at ? r.end : r.start;
    }
    EXPECT_EQ(at, seen.end);
  }

  // Only what has an even id counts.
  void checkTrusted() {
    std::map<RelTypeId, Roaring> counting;
    std::vector<Statement> trusted;
    for (const Statement& s : statements_) {
      if (s.id % 2 != 0) continue;
      counting[s.type].add(s.id);
      trusted.push_back(s);
    }
    const auto all = std::exchange(statements_, trusted);
    const auto e = Entailment::of(store_->snapshot(), std::make_shared<Cache>(),
                                  [&](RelTypeId type) -> const Roaring& { return counting[type]; });
    checkAll(relations_, *e, true);
    statements_ = all;
  }

  std::shared_ptr<storage::Store> store_;
  std::shared_ptr<Cache> cache_ = std::make_shared<Cache>();
  std::vector<RelationType> relations_;
  std::vector<Statement> statements_;
};

TEST_F(EntailmentTest, SeesWhatTheOracleSees) {
  std::mt19937 random{static_cast<unsigned>(test::setting("PLEXUS_INFERENCE_SEED", 20261125))};
  const std::uint64_t most = 10 * test::setting("PLEXUS_INFERENCE_CASES", 100);
  std::uint64_t cases = 0;
  while (cases < most) {
    relations_ = randomRelations(random, kTypes);
    auto transaction = store_->begin();
    if (!declare(*transaction, relations_)) continue;
    SCOPED_TRACE("case " + std::to_string(cases));
    assertAnew(*transaction, random);
    ++cases;
    if (const auto e = Entailment::of(transaction->view(), cache_)) checkAll(relations_, *e);
    if (HasFailure()) return;
    transaction->commit();
    if (const auto e = Entailment::of(store_->snapshot(), cache_)) checkAll(relations_, *e, true);
    if (!HasFailure()) checkTrusted();
    if (HasFailure()) return;
    for (int change = 0; change < 3; ++change) {  // with what is kept from before
      const auto before = random() % 2 == 0 ? Entailment::of(store_->snapshot(), cache_) : nullptr;
      const auto read = before ? before->names() : std::vector<RelTypeId>{};
      std::vector<storage::Adjacency> open;  // lists that somebody still reads
      open.reserve(read.size());
      for (const RelTypeId name : read) open.push_back(before->adjacency(name, Direction::kOut));
      const auto statementsBefore = statements_;
      transaction = store_->begin();
      for (unsigned i = 1 + random() % 3; i > 0; --i) changeOne(*transaction, random);
      if (const auto e = Entailment::of(transaction->view(), cache_)) checkAll(relations_, *e);
      transaction->commit();
      if (const auto e = Entailment::of(store_->snapshot(), cache_)) checkAll(relations_, *e);
      if (before) {  // an earlier view beside the later one, which asks again
        const auto now = std::exchange(statements_, statementsBefore);
        checkAll(relations_, *before);
        statements_ = now;
        if (const auto e = Entailment::of(store_->snapshot(), cache_)) checkAll(relations_, *e);
      }
      if (HasFailure()) return;
    }
  }
}

// Of a hierarchy in which every node is below its half.
class KeptListsTest : public EntailmentTest {
 protected:
  static constexpr NodeId kMany = 5000;
  static constexpr RelTypeId kIsA = 0, kLike = 1;

  void SetUp() override {
    auto transaction = store_->begin();
    RelationType isA, like;
    isA.type = kIsA;
    isA.transitive = true;
    like.type = kLike;
    like.symmetric = true;
    ASSERT_TRUE(declare(*transaction, {isA, like}));
    for (NodeId node = kNodes; node < kMany; ++node) transaction->createNode({});
    for (NodeId node = 1; node < kMany; ++node) transaction->createRelationship(kIsA, node, node / 2);
    for (NodeId node = 1; node < kMany; ++node) transaction->createRelationship(kLike, node, node / 2);
    transaction->commit();
  }

  // Where the lists lie that this view reads.
  std::vector<const NodeId*> places(RelTypeId name, Direction direction) const {
    const auto adjacency = Entailment::of(store_->snapshot(), cache_)->adjacency(name, direction);
    std::vector<const NodeId*> out;
    for (NodeId node = 0; node < kMany; ++node) out.push_back(adjacency.neighbours(node).data());
    return out;
  }
  std::size_t moved(RelTypeId name, Direction direction,
                    const std::function<void(storage::WriteTransaction&)>& change) {
    const auto before = places(name, direction);
    auto transaction = store_->begin();
    change(*transaction);
    transaction->commit();
    // Made anew at other places, since what they were made of is still read.
    const auto reader = Entailment::of(store_->snapshot(), cache_)->adjacency(name, direction);
    const auto after = places(name, direction);
    std::size_t count = 0;
    for (NodeId node = 0; node < kMany; ++node) count += before[node] != after[node] ? 1 : 0;
    return count;
  }
};

TEST_F(KeptListsTest, AChangeGivesUpNoMoreThanWhatRestsOnIt) {
  // 1250 has 2500, 2501 and 5000.. below it, 625, 312, ... above.
  const auto added = [](storage::WriteTransaction& t) { t.createRelationship(kIsA, 1250, 7); };
  EXPECT_LE(moved(kIsA, Direction::kOut, added), 3U);
  EXPECT_LE(moved(kIsA, Direction::kIn, added), 4U);  // 7, 3, 1, 0 have one more below
  const auto removed = [](storage::WriteTransaction& t) {
    const auto adjacency = t.view().adjacency(kIsA, Direction::kOut);
    t.deleteRelationship({1250, 7, adjacency.relationships(1250)[0], kIsA});
  };
  EXPECT_LE(moved(kIsA, Direction::kOut, removed), 3U);
  EXPECT_LE(moved(kLike, Direction::kOut, [](storage::WriteTransaction& t) { t.createRelationship(kLike, 8, 9); }), 2U);
  EXPECT_EQ(moved(kLike, Direction::kOut, added), 0U);
}

TEST_F(KeptListsTest, NewNodesFindTheirPlace) {
  places(kIsA, Direction::kOut);
  auto transaction = store_->begin();
  NodeId last = 0;
  for (int i = 0; i < 3000; ++i) last = transaction->createNode({});
  transaction->createRelationship(kIsA, last, 2);
  transaction->commit();
  const auto e = Entailment::of(store_->snapshot(), cache_);
  EXPECT_EQ(e->adjacency(kIsA, Direction::kOut).neighbours(last).size(), 3U);  // 2, 1, 0
  EXPECT_TRUE(e->adjacency(kIsA, Direction::kIn).connected(0, last));
}

}  // namespace
}  // namespace plexus::inference
