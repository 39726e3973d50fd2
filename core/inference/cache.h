// core/inference/cache.h: what was inferred, kept from query to query as long as the relations it rests on are the
// same.
//
// A relation's content is recognised by its type's counters: whatever is added raises the bound, whatever is deleted
// lowers the count. So a commit that touches other relations leaves lists in use; of one that touches a relation only
// the lists are given up that can rest on what changed (affected.h), to be made anew when queries ask about their
// nodes. Where that cannot be told all lists that rest on the relation are. Thread safety: all calls, concurrently.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "core/inference/fixpoint.h"
#include "core/inference/list_memo.h"
#include "core/inference/rule_set.h"

namespace plexus::inference {

// The state of the relations that something rests on.
using Stamp = std::vector<std::uint64_t>;
Stamp stampOf(const storage::GraphView& view, std::span<const RelTypeId> types);

// Which adjacency: of a name, in a direction, matched as drawn or either way.
struct ListKey {
  RelTypeId name;
  Direction direction;
  bool undirected;
  friend auto operator<=>(const ListKey&, const ListKey&) = default;
};

using RulesPtr = std::shared_ptr<const RuleSet>;

class Cache {
 public:
  // Rules of a schema; the last one's are kept.
  RulesPtr rules(const std::shared_ptr<const catalog::TypeSchema>& schema);

  // Null if there are none of this stamp.
  std::shared_ptr<Lists> findLists(const RulesPtr& rules, const ListKey& key, const Stamp& stamp);
  // Those, or what there was brought up to date, or new ones. `version`: of the commit that the stamp is of.
  // `affectedSince(version)`: the nodes whose lists may have changed since that earlier commit; nothing: not known.
  using AffectedSince = std::function<std::optional<Roaring>(std::uint64_t version)>;
  std::shared_ptr<Lists> lists(const RulesPtr& rules, const ListKey& key, const Stamp& stamp, std::uint64_t version,
                               NodeId bound, const AffectedSince& affectedSince);
  // Others who ask meanwhile wait.
  template <typename Make>
  std::shared_ptr<const Facts> facts(const RulesPtr& rules, RelTypeId type, const Stamp& stamp, Make make);

 private:
  template <typename T>
  struct Kept {
    Stamp stamp;
    std::shared_ptr<T> value;
    std::uint64_t version = 0;  // a commit, the latest known, of which `stamp` is
  };
  void forgetOthers(const RulesPtr& rules);

  std::mutex mutex_;
  RulesPtr rules_, keptFor_;
  std::shared_ptr<ListBudget> budget_ = std::make_shared<ListBudget>();
  std::map<ListKey, Kept<Lists>> lists_;
  std::map<RelTypeId, Kept<const Facts>> facts_;
};

template <typename Make>
std::shared_ptr<const Facts> Cache::facts(const RulesPtr& rules, RelTypeId type, const Stamp& stamp, Make make) {
  const std::lock_guard lock{mutex_};
  forgetOthers(rules);
  auto& kept = facts_[type];
  if (!kept.value || kept.stamp != stamp) kept = {stamp, make(), 0};
  return kept.value;
}

}  // namespace plexus::inference
