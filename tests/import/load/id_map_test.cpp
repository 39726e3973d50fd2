#include "import/load/id_map.h"

#include <random>
#include <string>
#include <unordered_map>

#include <gtest/gtest.h>

namespace plexus::load {
namespace {

TEST(IdMap, FindsWhatWasInserted) {
  IdMap map;
  EXPECT_EQ(map.find("Gene::1"), kNoNode);
  EXPECT_EQ(map.insert("Gene::1", 7, 2), kNoNode);
  EXPECT_EQ(map.find("Gene::1"), 7U);
  EXPECT_EQ(map.find("Gene::10"), kNoNode);
}

TEST(IdMap, ADuplicateKeepsTheFirst) {
  IdMap map;
  map.insert("a", 1, 10);
  map.insert("5", 2, 20);
  EXPECT_EQ(map.insert("a", 3, 30), 1U);
  EXPECT_EQ(map.insert("5", 4, 40), 2U);
  EXPECT_EQ(map.placeOf("a"), 10U);
  EXPECT_EQ(map.placeOf("5"), 20U);
  EXPECT_EQ(map.size(), 2U);
}

// Ids are text: 7, 07 and 7.0 are three.
TEST(IdMap, NumbersAreComparedAsText) {
  IdMap map;
  map.insert("7", 1, 0);
  map.insert("07", 2, 0);
  map.insert("7.0", 3, 0);
  map.insert("9999999999999999999999", 4, 0);
  map.insert("0", 5, 0);
  map.insert("-7", 6, 0);
  EXPECT_EQ(map.find("7"), 1U);
  EXPECT_EQ(map.find("07"), 2U);
  EXPECT_EQ(map.find("7.0"), 3U);
  EXPECT_EQ(map.find("9999999999999999999999"), 4U);
  EXPECT_EQ(map.find("0"), 5U);
  EXPECT_EQ(map.find("-7"), 6U);
  EXPECT_EQ(map.find("00"), kNoNode);
}

TEST(IdMap, AgreesWithAnOrdinaryMap) {
  IdMap map;
  std::unordered_map<std::string, NodeId> model;
  std::mt19937_64 random{1};
  for (NodeId i = 0; i < 100'000; ++i) {
    const std::uint64_t n = random() % 150'000;
    std::string id = n % 3 == 0   ? std::to_string(n << (n % 40))
                     : n % 3 == 1 ? "Kind::" + std::to_string(n)
                                  : std::string(n % 300, 'x');
    const auto [entry, isNew] = model.emplace(id, i);
    ASSERT_EQ(map.insert(id, i, i), isNew ? kNoNode : entry->second);
  }
  EXPECT_EQ(map.size(), model.size());
  for (const auto& [id, node] : model) ASSERT_EQ(map.find(id), node) << id;
}

}  // namespace
}  // namespace plexus::load
