#include "tests/tck/notation.h"

#include <limits>

#include <gtest/gtest.h>

namespace plexus::tck {
namespace {

class TwoNodes final : public EntitySource {
 public:
  std::vector<std::string> labels(NodeId node) const override {
    return node == 0 ? std::vector<std::string>{"B", "A"} : std::vector<std::string>{};
  }
  std::vector<MapEntry> properties(NodeId node) const override {
    return node == 0 ? std::vector<MapEntry>{{"q", Value{2.5}}, {"p", Value{1}}} : std::vector<MapEntry>{};
  }
  std::string typeName(const Relationship&) const override { return "T"; }
  std::vector<MapEntry> properties(const Relationship&) const override { return {}; }
};

std::string canonical(const Value& value, bool anyListOrder = false) {
  return canonicalValue(value, TwoNodes{}, anyListOrder);
}

TEST(Notation, ScalarsAreTyped) {
  EXPECT_EQ(canonicalCell("1", false), canonical(Value{1}));
  EXPECT_EQ(canonicalCell("1.0", false), canonical(Value{1.0}));
  EXPECT_EQ(canonicalCell("'1'", false), canonical(Value{"1"}));
  EXPECT_NE(canonicalCell("1", false), canonical(Value{1.0}));
  EXPECT_NE(canonicalCell("1", false), canonical(Value{"1"}));
  EXPECT_NE(canonicalCell("null", false), canonical(Value{false}));
}

TEST(Notation, FloatsCompareAsDoubles) {
  EXPECT_EQ(canonicalCell("3985764.3405892686", false), canonical(Value{3985764.3405892687}));
  EXPECT_EQ(canonicalCell("0.0", false), canonical(Value{-0.0}));
  EXPECT_EQ(canonicalCell("NaN", false), canonical(Value{std::numeric_limits<double>::quiet_NaN()}));
  EXPECT_NE(canonicalCell("0.1", false), canonical(Value{0.1000000001}));
}

TEST(Notation, ListsHaveAnOrderUnlessTheStepSaysOtherwise) {
  const Value list{List{Value{2}, Value{1}}};
  EXPECT_NE(canonicalCell("[1, 2]", false), canonical(list));
  EXPECT_EQ(canonicalCell("[1, 2]", true), canonical(list, true));
  EXPECT_NE(canonicalCell("[1, 2, 2]", true), canonical(list, true));
}

TEST(Notation, MapsAndLabelsHaveNone) {
  EXPECT_EQ(canonicalCell("{b: 'x', a: [1]}", false),
            canonical(Value{Map{{{"a", Value{List{Value{1}}}}, {"b", Value{"x"}}}}}));
  EXPECT_EQ(canonicalCell("(:A:B {p: 1, q: 2.5})", false), canonical(Value::node(0)));
  EXPECT_NE(canonicalCell("(:A {p: 1, q: 2.5})", false), canonical(Value::node(0)));
  EXPECT_NE(canonicalCell("(:A:B {p: 1})", false), canonical(Value::node(0)));
}

TEST(Notation, PathsHaveArrows) {
  const Relationship r{1, 0, 0, 0};
  const Value path{Path{{0, 1}, {r}}};
  EXPECT_EQ(canonicalCell("<(:A:B {p: 1, q: 2.5})<-[:T]-()>", false), canonical(path));
  EXPECT_NE(canonicalCell("<(:A:B {p: 1, q: 2.5})-[:T]->()>", false), canonical(path));
  EXPECT_EQ(canonicalCell("<()>", false), canonical(Value{Path{{1}, {}}}));
}

TEST(Notation, TemporalValuesAreTheirText) {
  EXPECT_EQ(canonicalCell("'1970-01-02'", false), canonical(Value{Date{1}}));
}

TEST(Notation, StringsAreUnescaped) { EXPECT_EQ(canonicalCell(R"('it\'s \\')", false), canonical(Value{"it's \\"})); }

TEST(Notation, RefusesWhatIsNotAResult) {
  EXPECT_THROW(canonicalCell("(:A", false), std::runtime_error);
  EXPECT_THROW(canonicalCell("1 2", false), std::runtime_error);
  EXPECT_THROW(parseValue("'open"), std::runtime_error);
}

}  // namespace
}  // namespace plexus::tck
