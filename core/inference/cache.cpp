#include "core/inference/cache.h"

namespace plexus::inference {

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

std::shared_ptr<Lists> Cache::lists(const RulesPtr& rules, const ListKey& key, const Stamp& stamp, NodeId bound) {
  const std::lock_guard lock{mutex_};
  forgetOthers(rules);
  auto& kept = lists_[key];
  if (!kept.value || kept.stamp != stamp) kept = {stamp, std::make_shared<Lists>(bound, budget_)};
  return kept.value;
}

}  // namespace plexus::inference
