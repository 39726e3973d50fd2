// Entries of full-text indexes: one for each term of each property that the index has.
#include <algorithm>

#include "core/storage/codec/text_key.h"
#include "core/storage/write/transaction.h"

namespace plexus::storage {

std::vector<std::string> Transaction::textKeys(const IndexSpec& spec, RelTypeId type, std::uint32_t id,
                                               std::size_t field, const Value& value) const {
  std::vector<std::string> keys;
  if (value.isNull()) return keys;
  for (const TextTerm& term : core_->analyser()(value)) {
    keys.push_back(textKey(spec.id, term.term,
                           {id, spec.onRelationships ? type : RelTypeId{0}, static_cast<std::uint8_t>(field),
                            term.frequency, term.length}));
  }
  std::sort(keys.begin(), keys.end());
  return keys;
}

std::vector<std::string> Transaction::textKeys(const IndexSpec& spec, RelTypeId type, std::uint32_t id) const {
  std::vector<std::string> keys;
  for (std::size_t field = 0; field < spec.properties.size(); ++field) {
    const PropertyScope scope{spec.onRelationships, spec.onRelationships ? type : RelTypeId{0}, spec.properties[field]};
    const auto more = textKeys(spec, type, id, field, current(scope, id));
    keys.insert(keys.end(), more.begin(), more.end());
  }
  std::sort(keys.begin(), keys.end());
  return keys;
}

void Transaction::reindexText(const std::vector<std::string>& before, const std::vector<std::string>& after) {
  std::vector<std::string> gone, come;
  std::set_difference(before.begin(), before.end(), after.begin(), after.end(), std::back_inserter(gone));
  std::set_difference(after.begin(), after.end(), before.begin(), before.end(), std::back_inserter(come));
  for (std::string& key : gone) perform(IndexEntryOperation{std::move(key), false});
  for (std::string& key : come) perform(IndexEntryOperation{std::move(key), true});
}

std::vector<std::string> Transaction::allTextKeys(const IndexSpec& spec) const {
  std::vector<std::string> keys;
  const auto add = [&](RelTypeId type, std::uint32_t id) {
    auto more = textKeys(spec, type, id);
    keys.insert(keys.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  };
  Roaring nodes;
  for (const std::uint16_t owner : spec.owners()) {
    if (!spec.onRelationships) {
      nodes |= view_->labelled(owner);
      continue;
    }
    for (RelId id = 0; id < working_.relType(owner).bound; ++id) add(owner, id);
  }
  for (const NodeId node : nodes) add(0, node);
  return keys;
}

}  // namespace plexus::storage
