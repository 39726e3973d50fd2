#include "core/inference/cache.h"

#include <algorithm>

namespace plexus::inference {
namespace {

// Whether the cache alone has the lists; who wants them waits. Taking and giving up a handle orders what earlier
// readers did before what comes now.
bool isUnread(const std::shared_ptr<Lists>& lists) {
  if (lists.use_count() != 1) return false;
  std::shared_ptr<Lists>{lists}.reset();
  return true;
}

}  // namespace

Stamp stampOf(const storage::GraphView& view, std::span<const RelTypeId> types) {
  Stamp stamp;
  stamp.reserve(2 * types.size());
  for (const RelTypeId type : types) {
    stamp.push_back(view.relationshipBound(type));
    stamp.push_back(view.relationshipCount(type));
  }
  return stamp;
}

RulesPtr Cache::rules(const std::shared_ptr<const catalog::TypeSchema>& schema) {
  const std::lock_guard lock{mutex_};
  if (!rules_ || rules_->sharedSchema() != schema) rules_ = std::make_shared<const RuleSet>(schema);
  return rules_;
}

void Cache::forgetOthers(const RulesPtr& rules) {
  if (keptFor_ == rules) return;
  lists_.clear();
  facts_.clear();
  keptFor_ = rules;
}

std::shared_ptr<Lists> Cache::findLists(const RulesPtr& rules, const ListKey& key, const Stamp& stamp) {
  const std::lock_guard lock{mutex_};
  if (keptFor_ != rules) return nullptr;
  const auto found = lists_.find(key);
  return found != lists_.end() && found->second.stamp == stamp ? found->second.value : nullptr;
}

std::shared_ptr<Lists> Cache::lists(const RulesPtr& rules, const ListKey& key, const Stamp& stamp,
                                    std::uint64_t version, NodeId bound, const AffectedSince& affectedSince) {
  const std::lock_guard lock{mutex_};
  forgetOthers(rules);
  auto& kept = lists_[key];
  if (kept.value && kept.stamp == stamp) {
    kept.version = std::max(kept.version, version);
    return kept.value;
  }
  // A view of an earlier commit than the last: what it infers is its own.
  if (kept.value && kept.version > version) return std::make_shared<Lists>(bound, budget_);
  const auto affected = kept.value ? affectedSince(kept.version) : std::nullopt;
  if (!affected) {
    kept.value = std::make_shared<Lists>(bound, budget_);
  } else if (isUnread(kept.value)) {
    kept.value->forget(*affected, bound);
  } else {
    kept.value = std::make_shared<Lists>(*kept.value, *affected, bound);
  }
  kept.stamp = stamp;
  kept.version = version;
  return kept.value;
}

}  // namespace plexus::inference
