// Which versions are read, against a plain multiset.
#include "core/storage/memory/live_versions.h"

#include <random>
#include <set>

#include <gtest/gtest.h>

namespace plexus::storage {
namespace {

TEST(LiveVersions, AnswersAsAMultisetWithThePublishedOneDoes) {
  std::mt19937 random{3};
  LiveVersions live;
  std::multiset<Version> open;
  Version published = 1;
  live.setPublished(published);
  for (int step = 0; step < 5000; ++step) {
    const Version some = 1 + random() % published;
    if (random() % 8 == 0) {
      live.setPublished(++published);
    } else if (open.empty() || random() % 2 == 0) {
      live.add(some);
      open.insert(some);
    } else {
      const auto closed = std::next(open.begin(), static_cast<std::ptrdiff_t>(random() % open.size()));
      live.remove(*closed);
      open.erase(closed);
    }
    std::set<Version> read{open.begin(), open.end()};
    ASSERT_EQ(live.views(), open.size());
    read.insert(published);
    ASSERT_EQ(live.oldest(), *read.begin());
    const Version until = some + random() % 5;
    const auto first = read.lower_bound(some);
    ASSERT_EQ(live.any(some, until), first != read.end() && *first < until) << some << " to " << until;
  }
}

}  // namespace
}  // namespace plexus::storage
