// Full-text indexes through transactions, reopening and bulk loads.
#include <filesystem>
#include <map>
#include <random>

#include <gtest/gtest.h>

#include "core/api/database.h"

namespace plexus {
namespace {

std::vector<std::int64_t> found(Connection& connection, const std::string& query) {
  auto result =
      connection.run("CALL db.index.fulltext.queryNodes('names', $query) YIELD node RETURN node.k AS k ORDER BY k",
                     {{"query", query}});
  std::vector<std::int64_t> keys;
  for (const auto& row : result.rows()) keys.push_back(row[0].integer());
  return keys;
}

using Keys = std::vector<std::int64_t>;
constexpr const char* kCreateIndex = "CREATE FULLTEXT INDEX names FOR (n:N) ON EACH [n.name]";

TEST(FullText, OwnWritesAreSeenAndOthersAreNot) {
  const auto database = Database::inMemory();
  const auto writer = database->connect(), reader = database->connect();
  writer->run(kCreateIndex);
  writer->run("CREATE (:N {k: 1, name: 'alpha beta'})");
  EXPECT_EQ(Keys{1}, found(*reader, "alhpa~"));  // the list of terms is in memory now
  writer->run("BEGIN");
  writer->run("CREATE (:N {k: 2, name: 'gamma beta'})");
  EXPECT_EQ((Keys{1, 2}), found(*writer, "beta"));
  EXPECT_EQ(Keys{2}, found(*writer, "gmama~"));
  EXPECT_EQ(Keys{1}, found(*reader, "beta"));
  EXPECT_EQ(Keys{}, found(*reader, "gmama~"));
  writer->run("ROLLBACK");
  EXPECT_EQ(Keys{}, found(*writer, "gamma~"));
  EXPECT_EQ(Keys{1}, found(*writer, "beta"));
  writer->run("BEGIN");
  writer->run("MATCH (n:N {k: 1}) SET n.name = 'delta'");
  EXPECT_THROW(writer->run("MATCH (n:N {k: 1}) SET n.name = 'zeta' WITH n RETURN 1 / (n.k - 1)").drain(), Error);
  EXPECT_EQ(Keys{}, found(*writer, "zeta"));
  writer->run("COMMIT");
  EXPECT_EQ(Keys{1}, found(*reader, "dleta~"));
  EXPECT_EQ(Keys{}, found(*reader, "alpha"));
}

TEST(FullText, StaysOverReopening) {
  const auto path =
      std::filesystem::temp_directory_path() / ("plexus-fulltext-" + std::to_string(std::random_device{}()));
  {
    const auto database = Database::open(path);
    const auto connection = database->connect();
    connection->run("CREATE (:N {k: 1, name: 'alpha'})");
    connection->run(kCreateIndex);
    connection->run("CREATE (:N {k: 2, name: 'beta'})");
  }
  {
    const auto connection = Database::open(path)->connect();
    EXPECT_EQ((Keys{1, 2}), found(*connection, "alhpa~ beta"));
    connection->run("MATCH (n:N {k: 2}) SET n.name = 'gamma'");
    EXPECT_EQ(Keys{2}, found(*connection, "gmama~"));
  }
  std::filesystem::remove_all(path);
}

TEST(FullText, BulkLoadsBuildIt) {
  const auto database = Database::inMemory();
  const auto connection = database->connect();
  connection->run(kCreateIndex);
  connection->run("CREATE (:N {k: 1, name: 'alpha'})");
  EXPECT_EQ(Keys{1}, found(*connection, "alpah~"));
  const auto& catalog = catalog::Catalog::of(database->snapshot());
  const LabelId label = *catalog.labels.find("N");
  const PropertyKeyId name = *catalog.propertyKeys.find("name"), key = *catalog.propertyKeys.find("k");
  auto load = database->store().bulkLoad(std::size_t{16} << 20, 1);
  const NodeId first = load->addNodes(std::span{&label, 1}, 2);
  Vector names{Vector::Kind::kValue, 2}, keys{Vector::Kind::kValue, 2};
  names.set(0, "beta gamma");
  names.set(1, "gamma");
  keys.set(0, 2);
  keys.set(1, 3);
  load->setNodeProperty(name, first, names);
  load->setNodeProperty(key, first, keys);
  load->finish();
  EXPECT_EQ((Keys{2, 3}), found(*connection, "gamma"));
  EXPECT_EQ((Keys{1, 2}), found(*connection, "alpah~ bteas~"));
}

// What the index finds is what reading all names finds.
TEST(FullText, AgreesWithTheNamesAfterRandomWrites) {
  const auto database = Database::inMemory();
  const auto connection = database->connect();
  connection->run(kCreateIndex);
  std::mt19937 random{11};
  const std::vector<std::string> words{"ab", "abc", "abd", "xyz", "xy", "z"};
  std::map<std::int64_t, std::vector<std::string>> names;
  for (int step = 0; step < 300; ++step) {
    const std::int64_t k = random() % 20;
    if (random() % 4 == 0) {
      names.erase(k);
      connection->run("MATCH (n:N {k: $k}) DELETE n", {{"k", k}});
    } else {
      std::vector<std::string> chosen{words[random() % words.size()], words[random() % words.size()]};
      names[k] = chosen;
      connection->run("MERGE (n:N {k: $k}) SET n.name = $name", {{"k", k}, {"name", chosen[0] + " " + chosen[1]}});
    }
    const std::string& word = words[random() % words.size()];
    Keys expected;
    for (const auto& [key, name] : names) {
      if (std::find(name.begin(), name.end(), word) != name.end()) expected.push_back(key);
    }
    ASSERT_EQ(expected, found(*connection, "\"" + word + "\"")) << "step " << step << ", " << word;
  }
}

}  // namespace
}  // namespace plexus
