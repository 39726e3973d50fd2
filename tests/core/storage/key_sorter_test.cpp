#include "core/storage/bulk/key_sorter.h"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

namespace plexus::storage {
namespace {

// `count` keys that begin with `prefix`, then up to `length` of `letters`.
std::vector<std::string> randomKeys(std::size_t count, const std::string& prefix, std::size_t length,
                                    std::string_view letters, unsigned seed) {
  std::mt19937 random{seed};
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < count; ++i) {
    std::string key = prefix;
    for (std::size_t more = random() % (length + 1); more > 0; --more) key += letters[random() % letters.size()];
    keys.push_back(std::move(key));
  }
  return keys;
}

std::vector<std::string> sorted(const std::vector<std::string>& keys, std::size_t spills) {
  KeySorter sorter{std::filesystem::temp_directory_path()};
  std::size_t added = 0;
  KeyBuffer some;
  for (const std::string& key : keys) {
    if (added % 3 == 0) {
      some.add(key);
    } else {
      sorter.add(key);
    }
    ++added;
    if (spills > 0 && added % (keys.size() / spills + 1) == 0) sorter.spill();
  }
  sorter.add(std::move(some));
  std::vector<std::string> out;
  sorter.forEach([&](const std::string& key) { out.push_back(key); });
  return out;
}

TEST(KeySorter, OrdersAsComparingDoes) {
  constexpr std::string_view kBytes{"\0\1\x7F\x80\xFF", 5};
  unsigned seed = 0;
  for (const std::size_t count : {0U, 1U, 2U, 300U, 100'000U}) {
    for (const std::string prefix : {"", "index 7: "}) {
      for (const std::size_t length : {0U, 3U, 8U, 17U, 40U}) {
        for (const std::string_view letters : {kBytes, std::string_view{"0123456789"}}) {
          std::vector<std::string> keys = randomKeys(count, prefix, length, letters, ++seed);
          const auto out = sorted(keys, seed % 3);
          std::sort(keys.begin(), keys.end());
          ASSERT_EQ(out, keys) << count << " keys of up to " << length << " bytes";
        }
      }
    }
  }
}

TEST(KeySorter, TakesKeysLongerThanABlock) {
  const std::string a(1 << 20, 'b'), b(1 << 19, 'b');
  EXPECT_EQ(sorted({a, "c", b, ""}, 0), (std::vector<std::string>{"", b, a, "c"}));
}

}  // namespace
}  // namespace plexus::storage
