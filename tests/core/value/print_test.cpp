#include "core/value/print.h"

#include <limits>

#include <gtest/gtest.h>

namespace plexus {
namespace {

class SmallGraph final : public EntitySource {
 public:
  std::vector<std::string> labels(NodeId node) const override {
    return node == 0 ? std::vector<std::string>{} : std::vector<std::string>{"A", "my label"};
  }
  std::vector<MapEntry> properties(NodeId node) const override {
    return node == 0 ? std::vector<MapEntry>{} : std::vector<MapEntry>{{"p", 1}};
  }
  std::string typeName(const Relationship&) const override { return "T"; }
  std::vector<MapEntry> properties(const Relationship&) const override { return {}; }
};

TEST(Print, FloatsReadBackTheSame) {
  EXPECT_EQ(floatText(1), "1.0");
  EXPECT_EQ(floatText(-0.0), "-0.0");
  EXPECT_EQ(floatText(0.1), "0.1");
  EXPECT_EQ(floatText(1e10), "1.0E10");
  EXPECT_EQ(floatText(1234567.0), "1234567.0");
  EXPECT_EQ(floatText(1e-5), "1.0E-5");
  EXPECT_EQ(floatText(1.5e300), "1.5E300");
  EXPECT_EQ(floatText(std::numeric_limits<double>::infinity()), "Infinity");
  EXPECT_EQ(floatText(std::numeric_limits<double>::quiet_NaN()), "NaN");
}

TEST(Print, CypherNotation) {
  EXPECT_EQ(toCypherText("it's a \\"), "'it\\'s a \\\\'");
  EXPECT_EQ(toCypherText(List{1, 2.0, Value{}, "a", true}), "[1, 2.0, null, 'a', true]");
  EXPECT_EQ(toCypherText(Map{{{"a", 1}, {"b c", List{}}}}), "{a: 1, `b c`: []}");
  EXPECT_EQ(toDisplayText("plain"), "plain");
  EXPECT_EQ(toCypherText(Value::node(7)), "(#7)");
}

TEST(Print, EntitiesAndPaths) {
  const SmallGraph graph;
  EXPECT_EQ(toCypherText(Value::node(0), &graph), "()");
  EXPECT_EQ(toCypherText(Value::node(1), &graph), "(:A:`my label` {p: 1})");
  const Relationship r{1, 0, 5, 0};
  EXPECT_EQ(toCypherText(r, &graph), "[:T]");
  EXPECT_EQ(toCypherText(Path{{1, 0}, {r}}, &graph), "<(:A:`my label` {p: 1})-[:T]->()>");
  EXPECT_EQ(toCypherText(Path{{0, 1}, {r}}, &graph), "<()<-[:T]-(:A:`my label` {p: 1})>");
  EXPECT_EQ(toCypherText(Path{{0}, {}}, &graph), "<()>");
}

TEST(Print, Json) {
  const SmallGraph graph;
  std::string json;
  appendJson(json, List{1, 1.0, "a\"\n\x01", Value{}, std::numeric_limits<double>::quiet_NaN(), Date{0}}, graph);
  EXPECT_EQ(json, R"([1,1.0,"a\"\n\u0001",null,"NaN","1970-01-01"])");
  json.clear();
  appendJson(json, Path{{1, 0}, {Relationship{1, 0, 5, 0}}}, graph);
  EXPECT_EQ(
      json,
      R"({"nodes":[{"id":1,"labels":["A","my label"],"properties":{"p":1}},{"id":0,"labels":[],"properties":{}}],)"
      R"("relationships":[{"id":5,"type":"T","start":1,"end":0,"properties":{}}]})");
}

}  // namespace
}  // namespace plexus
