#include "core/catalog/catalog.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/catalog/statistics.h"
#include "core/storage/store.h"

namespace plexus::catalog {
namespace {

std::shared_ptr<storage::Store> openInMemory() {
  storage::StoreOptions options;
  options.path = ":memory:";
  options.readAttachment = &Catalog::deserialize;
  return storage::Store::open(options);
}

TEST(Catalog, NamesKeepTheirIds) {
  NameTable names;
  EXPECT_EQ(names.add("Gene"), 0);
  EXPECT_EQ(names.add("Disease"), 1);
  EXPECT_EQ(names.add("Gene"), 0);
  EXPECT_EQ(names.find("Disease"), 1);
  EXPECT_EQ(names.find("Drug"), std::nullopt);
  EXPECT_EQ(names.name(1), "Disease");
}

TEST(Catalog, SurvivesSerialization) {
  Catalog catalog;
  catalog.labels.add("Gene with blanks \n and \"quotes\"");
  catalog.relTypes.add("BINDS");
  catalog.propertyKeys.add("name");
  catalog.addRule({.name = "unique_name",
                   .hasIndex = true,
                   .constraint = ConstraintKind::kUnique,
                   .spec = {.unique = true, .labelOrType = 0, .properties = {0}}});
  catalog.addRule({.name = "typed",
                   .constraint = ConstraintKind::kPropertyType,
                   .spec = {.labelOrType = 0, .properties = {0}},
                   .propertyType = "STRING NOT NULL"});
  const auto read = Catalog::deserialize(catalog.serialize());
  EXPECT_EQ(read->labels.names(), catalog.labels.names());
  EXPECT_EQ(read->relTypes.find("BINDS"), 0);
  ASSERT_EQ(read->rules().size(), 2U);
  EXPECT_EQ(read->findIndex(0, 0)->name, "unique_name");
  EXPECT_TRUE(read->findRule("unique_name")->spec.unique);
  EXPECT_EQ(read->findRule("typed")->propertyType, "STRING NOT NULL");
  EXPECT_EQ(read->serialize(), catalog.serialize());
  EXPECT_EQ(read->copy()->addRule({.name = "next", .spec = {.labelOrType = 1, .properties = {0}}}).spec.id, 2);
}

TEST(Catalog, DamagedBytesAreRefused) {
  Catalog catalog;
  catalog.labels.add("Gene");
  catalog.addRule({.name = "rule", .spec = {.labelOrType = 0, .properties = {0}}});
  const std::string bytes = catalog.serialize();
  for (std::size_t size = 1; size + 8 < bytes.size(); size += 3) {
    EXPECT_THROW(Catalog::deserialize(std::string_view{bytes}.substr(0, size)), Error) << size;
  }
  EXPECT_THROW(Catalog::deserialize("999 nonsense"), Error);
  // Lengths that nothing has: of a vector, of a string.
  EXPECT_THROW(Catalog::deserialize("3 0 0 3715511171551 0"), Error);
  EXPECT_THROW(Catalog::deserialize("3 0 0 1 0 3715511171551 Drug"), Error);
  EXPECT_TRUE(Catalog::deserialize("")->rules().empty());
}

TEST(Catalog, RulesAreUniqueAndDroppedByName) {
  Catalog catalog;
  catalog.addRule({.name = "a_rule", .hasIndex = true, .spec = {.labelOrType = 0, .properties = {0}}});
  EXPECT_THROW(catalog.addRule({.name = "a_rule", .spec = {.labelOrType = 1, .properties = {0}}}), Error);
  EXPECT_THROW(catalog.addRule({.name = "other", .hasIndex = true, .spec = {.labelOrType = 0, .properties = {0}}}),
               Error);
  try {
    catalog.dropRule("a_ruel");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.hint(), "did you mean `a_rule`?");
  }
  catalog.dropRule("a_rule");
  EXPECT_EQ(catalog.findRule("a_rule"), nullptr);
}

TEST(Catalog, CommitsWithTheData) {
  const auto store = openInMemory();
  const auto before = store->snapshot();
  const auto t = store->begin();
  auto catalog = Catalog::of(t->view()).copy();
  const LabelId gene = catalog->labels.add("Gene");
  t->setAttachment(catalog);
  t->createNode(std::vector<LabelId>{gene});
  t->commit();
  EXPECT_EQ(Catalog::of(before).labels.size(), 0U);
  EXPECT_EQ(Catalog::of(store->snapshot()).labels.name(gene), "Gene");
}

TEST(Statistics, CountsAndEstimates) {
  const auto store = openInMemory();
  const auto t = store->begin();
  constexpr LabelId kPerson = 0, kCity = 1;
  for (int i = 0; i < 100; ++i) {
    const NodeId person = t->createNode(std::vector<LabelId>{kPerson});
    t->setProperty(person, 0, Value{i % 10});
    if (i < 50) t->setProperty(person, 1, Value{i});
  }
  const NodeId city = t->createNode(std::vector<LabelId>{kCity});
  for (NodeId person = 0; person < 100; ++person) t->createRelationship(0, person, city);
  t->commit();
  const Statistics statistics{store->snapshot(), Statistics::nothingCounted()};
  EXPECT_EQ(statistics.nodeCount(), 101);
  EXPECT_EQ(statistics.nodeCount(kPerson), 100);
  EXPECT_EQ(statistics.relationshipCount(0), 100);
  EXPECT_EQ(statistics.relationshipCount(kPerson, 0, Direction::kOut), 100);
  EXPECT_EQ(statistics.relationshipCount(kPerson, 0, Direction::kIn), 0);
  EXPECT_EQ(statistics.distinctValues(kPerson, 0), 10);
  EXPECT_EQ(statistics.distinctValues(kPerson, 1), 50);
  EXPECT_EQ(statistics.distinctValues(kCity, 5), 1);
}

// Half of the persons know a person, the others a dog.
TEST(Statistics, CountsServeUntilTheDataHasMovedByAnEighth) {
  const auto store = openInMemory();
  constexpr LabelId kPerson = 0, kDog = 1;
  const auto knowDogs = [&](NodeId from, NodeId to) {
    const auto t = store->begin();
    for (NodeId person = from; person < to; ++person) t->createRelationship(0, person, 100);
    t->commit();
  };
  {
    const auto t = store->begin();
    for (int i = 0; i < 100; ++i) t->createNode(std::vector<LabelId>{kPerson});
    t->createNode(std::vector<LabelId>{kDog});
    for (NodeId person = 0; person < 50; ++person) t->createRelationship(0, person, 99);
    t->commit();
  }
  knowDogs(50, 100);
  const auto counted = Statistics::nothingCounted();
  const auto toDogs = [&](const std::shared_ptr<Statistics::Counted>& known) {
    return Statistics{store->snapshot(), known}.relationshipCount(kPerson, 0, Direction::kOut, kDog);
  };
  EXPECT_EQ(toDogs(counted), 50);
  knowDogs(0, 10);
  EXPECT_EQ(toDogs(counted), 55);  // half of 110
  EXPECT_EQ(toDogs(Statistics::nothingCounted()), 60);
  knowDogs(10, 20);
  EXPECT_EQ(toDogs(counted), 70);
}

}  // namespace
}  // namespace plexus::catalog
