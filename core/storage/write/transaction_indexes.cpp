#include <algorithm>

#include "core/storage/codec/value_codec.h"
#include "core/storage/write/transaction.h"

namespace plexus::storage {
namespace {

std::string withoutEntity(const std::string& key) { return key.substr(0, key.size() - sizeof(std::uint32_t)); }

std::uint32_t entityOf(std::string_view key) {
  ByteReader in{key.substr(key.size() - sizeof(std::uint32_t)), "index key"};
  return in.big<std::uint32_t>();
}

}  // namespace

bool Transaction::covers(const IndexSpec& spec, std::uint32_t id) const {
  if (spec.onRelationships || view_->hasLabel(id, spec.labelOrType)) return true;
  return std::any_of(spec.otherLabelsOrTypes.begin(), spec.otherLabelsOrTypes.end(),
                     [&](LabelId label) { return view_->hasLabel(id, label); });
}

std::string Transaction::entryKey(const IndexSpec& spec, std::uint32_t id, const PropertyScope* scope,
                                  const Value* value) const {
  std::string key = indexPrefix(spec.id);
  for (const PropertyKeyId property : spec.properties) {
    const PropertyScope own{spec.onRelationships, spec.onRelationships ? spec.labelOrType : RelTypeId{0}, property};
    const Value v = scope != nullptr && scope->key == property ? *value : current(own, id);
    if (v.isNull()) return {};
    encodeSortable(key, v);
  }
  putBig(key, id);
  return key;
}

void Transaction::checkUnique(const IndexSpec& spec, std::uint32_t id, const std::string& key) const {
  if (!spec.unique || key.empty()) return;
  const std::string prefix = withoutEntity(key);
  std::optional<std::uint32_t> other;
  impl_->scanIndex(spec.id, prefix, afterPrefix(prefix), [&](std::string_view found) {
    if (entityOf(found) != id) other = entityOf(found);
    return !other;
  });
  if (other) throw UniqueViolation{spec.id, *other, id};
}

void Transaction::reindex(const std::string& before, const std::string& after) {
  if (before == after) return;
  if (!before.empty()) perform(IndexEntryOperation{before, false});
  if (!after.empty()) perform(IndexEntryOperation{after, true});
}

void Transaction::createIndex(const IndexSpec& spec) {
  checkUsable();
  std::vector<std::string> keys;
  const auto add = [&](std::uint32_t id) {
    std::string key = entryKey(spec, id, nullptr, nullptr);
    if (!key.empty()) keys.push_back(std::move(key));
  };
  if (spec.text) {
    keys = allTextKeys(spec);
  } else if (spec.onRelationships) {
    for (RelId id = 0; id < working_.relType(spec.labelOrType).bound; ++id) add(id);
  } else {
    for (const NodeId node : view_->labelled(spec.labelOrType)) add(node);
  }
  std::sort(keys.begin(), keys.end());
  for (std::size_t i = 1; i < keys.size() && spec.unique; ++i) {
    if (withoutEntity(keys[i]) == withoutEntity(keys[i - 1])) {
      throw UniqueViolation{spec.id, entityOf(keys[i - 1]), entityOf(keys[i])};
    }
  }
  auto indexes = std::make_shared<std::vector<IndexSpec>>(*working_.indexes);
  indexes->push_back(spec);
  perform(IndexesOperation{working_.indexes, std::move(indexes)});
  for (std::string& key : keys) perform(IndexEntryOperation{std::move(key), true});
}

void Transaction::dropIndex(IndexId id) {
  checkUsable();
  if (working_.index(id) == nullptr) return;
  std::vector<std::string> keys;
  impl_->scanIndex(id, indexPrefix(id), afterPrefix(indexPrefix(id)), [&](std::string_view key) {
    keys.emplace_back(key);
    return true;
  });
  for (std::string& key : keys) perform(IndexEntryOperation{std::move(key), false});
  auto indexes = std::make_shared<std::vector<IndexSpec>>(*working_.indexes);
  std::erase_if(*indexes, [&](const IndexSpec& spec) { return spec.id == id; });
  perform(IndexesOperation{working_.indexes, std::move(indexes)});
}

}  // namespace plexus::storage
