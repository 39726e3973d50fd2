// Searches of property columns against looking at each value: segments of every kind, some with changes on top, and
// nodes chosen by any set. A search may give more nodes than satisfy the condition, never fewer; where a segment is of
// one kind and unchanged it gives exactly those.
#include <functional>
#include <random>

#include <gtest/gtest.h>

#include "core/storage/view/text_search.h"
#include "core/value/compare.h"
#include "tests/core/storage/test_store.h"

namespace plexus::storage {
namespace {

constexpr NodeId kNodes = 10000;  // more than two segments
enum Keys : PropertyKeyId { kName, kRepeated, kInteger, kFloat, kMixed, kKeys };

struct Random {
  std::mt19937 engine{7};
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(engine() % n); }
};

std::string word(Random& random) {
  static const std::vector<std::string> kParts{"leio", "Myo", "SARCOMA", "b", " ", "\xC3\xA4", "oma", "Li"};
  std::string out;
  for (std::uint32_t parts = random.below(4); parts-- > 0;) out += kParts[random.below(7 + random.below(2))];
  return out;
}

Value valueFor(PropertyKeyId key, Random& random) {
  switch (key) {
    case kName:
      return Value{word(random) + std::to_string(random.below(4000))};
    case kRepeated:
      return Value{word(random)};
    case kInteger:
      return Value{static_cast<std::int64_t>(random.below(50)) - 25};
    case kFloat:
      return Value{random.below(10) == 0 ? std::nan("") : random.below(50) / 2.0};
    default:
      return random.below(2) == 0 ? Value{word(random)} : Value{static_cast<std::int64_t>(random.below(9))};
  }
}

class PropertySearch : public testing::Test {
 protected:
  PropertySearch() {
    auto load = store_->bulkLoad(std::size_t{16} << 20, 1);
    load->addNodes({}, kNodes);
    for (PropertyKeyId key = 0; key < kKeys; ++key) {
      Vector values{Vector::Kind::kValue, kNodes};
      for (NodeId node = 0; node < kNodes; ++node) {
        values.set(node, random_.below(5) == 0 ? Value{} : valueFor(key, random_));
      }
      load->setNodeProperty(key, 0, values);
    }
    load->finish();
  }

  std::vector<Roaring> choices() {
    Roaring few, some, all;
    all.addRange(0, kNodes);
    for (int i = 0; i < 5; ++i) few.add(random_.below(kNodes));
    for (NodeId node = 4000; node < 4200; ++node) some.add(node);
    return {few, some, all};
  }

  // `found` must have all that `wanted` takes, in order, and (`exact`) nothing else.
  static void check(const PropertyColumn& column, const Roaring& among, const std::vector<std::uint32_t>& found,
                    bool exact, const std::function<bool(const Value&)>& wanted) {
    ASSERT_TRUE(std::is_sorted(found.begin(), found.end()));
    ASSERT_EQ(std::adjacent_find(found.begin(), found.end()), found.end());
    std::vector<std::uint32_t> expected;
    for (const std::uint32_t id : among) {
      const Value value = column.get(id);
      if (!value.isNull() && wanted(value)) expected.push_back(id);
    }
    if (exact) {
      ASSERT_EQ(expected, found);
    } else {
      ASSERT_TRUE(std::includes(found.begin(), found.end(), expected.begin(), expected.end()));
      for (const std::uint32_t id : found) ASSERT_TRUE(among.contains(id));
    }
  }

  void checkAll(const GraphView& view, bool unchanged) {
    for (const Roaring& among : choices()) {
      for (PropertyKeyId key = 0; key < kKeys; ++key) {
        const PropertyColumn column = view.nodeProperty(key);
        for (int i = 0; i < 20; ++i) {
          const bool exact = unchanged && key != kMixed;
          checkEqual(column, among, exact, valueFor(key, random_));
          checkBetween(column, among, valueFor(key, random_), valueFor(key, random_));
          if (key == kName || key == kRepeated) checkText(column, among, unchanged);
        }
      }
    }
  }

  static void checkEqual(const PropertyColumn& column, const Roaring& among, bool exact, const Value& value) {
    std::vector<std::uint32_t> found;
    column.findEqual(value, among, found);
    check(column, among, found, exact, [&](const Value& v) { return equal(v, value) == Ternary{true}; });
  }

  static void checkBetween(const PropertyColumn& column, const Roaring& among, const Value& low, const Value& high) {
    if (low.kind() != high.kind()) return;
    const auto holds = [&](const Value& v, bool useLow, bool useHigh) {
      const auto toLow = compare(v, low), toHigh = compare(v, high);
      return (!useLow || (toLow && *toLow >= 0)) && (!useHigh || (toHigh && *toHigh < 0));
    };
    for (const auto& sides : {std::pair{true, false}, {false, true}, {true, true}}) {
      const bool useLow = sides.first, useHigh = sides.second;
      std::vector<std::uint32_t> found;
      column.findBetween(useLow ? std::optional{ValueBound{low, true}} : std::nullopt,
                         useHigh ? std::optional{ValueBound{high, false}} : std::nullopt, among, found);
      check(column, among, found, false, [&](const Value& v) { return holds(v, useLow, useHigh); });
    }
  }

  void checkText(const PropertyColumn& column, const Roaring& among, bool exact) {
    using Part = PropertyColumn::Part;
    const std::string part = word(random_);
    for (const Part where : {Part::kAnywhere, Part::kStart, Part::kEnd}) {
      std::vector<std::uint32_t> found;
      column.findText(where, part, false, among, found);
      check(column, among, found, exact, [&](const Value& v) {
        if (!v.is(ValueKind::kString)) return false;
        if (where == Part::kStart) return v.string().starts_with(part);
        if (where == Part::kEnd) return v.string().ends_with(part);
        return v.string().find(part) != std::string_view::npos;
      });
    }
  }

  Random random_;
  std::shared_ptr<Store> store_ = Store::open(optionsFor(":memory:"));
};

TEST_F(PropertySearch, GivesWhatLookingAtEachValueGives) { checkAll(store_->snapshot(), true); }

TEST_F(PropertySearch, SeesChanges) {
  const GraphView before = store_->snapshot();
  const auto transaction = store_->begin();
  for (int i = 0; i < 2000; ++i) {
    const auto key = static_cast<PropertyKeyId>(random_.below(kKeys));
    const NodeId node = random_.below(kNodes);
    transaction->setProperty(node, key, random_.below(3) == 0 ? Value{} : valueFor(kMixed, random_));
  }
  checkAll(transaction->view(), false);
  checkAll(before, false);
  transaction->commit();
  checkAll(store_->snapshot(), false);
}

TEST_F(PropertySearch, LowersAsciiLetters) {
  Roaring all;
  all.addRange(0, kNodes);
  const PropertyColumn column = store_->snapshot().nodeProperty(kName);
  std::vector<std::uint32_t> found;
  column.findText(PropertyColumn::Part::kAnywhere, "osarc", true, all, found);
  check(column, all, found, false, [](const Value& v) {
    std::string lower{v.string()};
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c | 32 : c; });
    return lower.find("osarc") != std::string::npos;
  });
}

TEST(TextSearch, FindsWhatTheStringFinds) {
  Random random;
  for (int round = 0; round < 2000; ++round) {
    std::string text, part;
    for (std::uint32_t size = random.below(60); size-- > 0;) text += static_cast<char>('a' + random.below(3));
    for (std::uint32_t size = random.below(5); size-- > 0;) part += static_cast<char>('a' + random.below(3));
    const TextSearch search{part, false};
    for (std::size_t from = 0; from <= text.size(); from += 7) {
      ASSERT_EQ(text.find(part, from), search.find(text, from)) << text << " " << part << " " << from;
    }
  }
}

}  // namespace
}  // namespace plexus::storage
