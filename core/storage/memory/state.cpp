#include "core/storage/memory/state.h"

#include <algorithm>

namespace plexus::storage {
namespace {

bool scopeLess(const std::pair<PropertyScope, PropertySummary>& a, const PropertyScope& b) { return a.first < b; }

IndexSpec readIndex(IndexId id, std::string_view value) {
  ByteReader in{value, "index specification"};
  IndexSpec spec;
  spec.id = id;
  const auto flags = in.little<std::uint8_t>();
  spec.unique = (flags & 1) != 0;
  spec.onRelationships = (flags & 2) != 0;
  spec.labelOrType = in.little<std::uint16_t>();
  const auto count = in.little<std::uint16_t>();
  for (unsigned i = 0; i < count; ++i) spec.properties.push_back(in.little<PropertyKeyId>());
  spec.text = (flags & 4) != 0;
  const auto others = spec.text ? in.little<std::uint16_t>() : std::uint16_t{0};
  for (unsigned i = 0; i < others; ++i) spec.otherLabelsOrTypes.push_back(in.little<std::uint16_t>());
  if (!in.atEnd() || flags > 7) in.fail();
  return spec;
}

// One entry of the keyspace; label bitmaps and directories are read when they are needed.
void readEntry(std::string_view key, std::string_view value, State& state, std::vector<IndexSpec>& indexes) {
  ByteReader name{key.substr(1), "meta key"};
  ByteReader in{value, "meta value"};
  switch (key[0]) {
    case 'V':
      state.version = state.nodesChanged = in.little<Version>();
      break;
    case 'N':
      state.nodes.bound = in.little<NodeId>();
      state.nodes.count = in.little<std::uint64_t>();
      break;
    case 'l':
      state.labelCountRef(name.big<LabelId>()) = in.little<std::uint64_t>();
      break;
    case 'T': {
      RelTypeCounters& counters = state.relTypeRef(name.big<RelTypeId>());
      counters.bound = in.little<RelId>();
      counters.count = in.little<std::uint64_t>();
      break;
    }
    case 'P': {
      PropertyScope scope;
      scope.onRelationships = name.big<std::uint8_t>() != 0;
      scope.type = name.big<RelTypeId>();
      scope.key = name.big<PropertyKeyId>();
      PropertySummary& summary = state.summaryRef(scope);
      summary.count = in.little<std::uint64_t>();
      summary.kinds = in.little<std::uint32_t>();
      break;
    }
    case 'I':
      indexes.push_back(readIndex(name.big<IndexId>(), value));
      break;
    default:
      break;
  }
}

}  // namespace

PropertySummary State::summary(const PropertyScope& scope) const {
  const auto it = std::lower_bound(properties.begin(), properties.end(), scope, scopeLess);
  return it != properties.end() && it->first == scope ? it->second : PropertySummary{};
}

PropertySummary& State::summaryRef(const PropertyScope& scope) {
  auto it = std::lower_bound(properties.begin(), properties.end(), scope, scopeLess);
  if (it == properties.end() || it->first != scope) it = properties.insert(it, {scope, PropertySummary{}});
  return it->second;
}

const IndexSpec* State::index(IndexId id) const {
  const auto it = std::find_if(indexes->begin(), indexes->end(), [&](const IndexSpec& spec) { return spec.id == id; });
  return it == indexes->end() ? nullptr : &*it;
}

std::uint64_t State::expectedKeys(IndexId id) const {
  const IndexSpec* spec = index(id);
  if (spec == nullptr) return 0;
  if (spec->text) return expectedTextKeys(*spec);
  const RelTypeId type = spec->onRelationships ? spec->labelOrType : RelTypeId{0};
  const std::uint64_t covered = spec->onRelationships ? relType(type).count : labelCount(spec->labelOrType);
  return std::min(covered, summary({spec->onRelationships, type, spec->properties.front()}).count);
}

// A guess: names have a few words.
std::uint64_t State::expectedTextKeys(const IndexSpec& spec) const {
  constexpr std::uint64_t kTermsPerValue = 4;
  std::uint64_t owners = 0, values = 0;
  for (const std::uint16_t owner : spec.owners()) {
    owners += spec.onRelationships ? relType(owner).count : labelCount(owner);
    for (const PropertyKeyId property : spec.properties) {
      if (spec.onRelationships || owner == spec.labelOrType)
        values += summary({spec.onRelationships, spec.onRelationships ? owner : RelTypeId{0}, property}).count;
    }
  }
  return std::min(owners * spec.properties.size(), values) * kTermsPerValue;
}

std::uint64_t& State::labelCountRef(LabelId label) {
  if (label >= labelCounts.size()) labelCounts.resize(std::size_t{label} + 1);
  return labelCounts[label];
}

RelTypeCounters& State::relTypeRef(RelTypeId type) {
  if (type >= relTypes.size()) relTypes.resize(std::size_t{type} + 1);
  return relTypes[type];
}

State readState(const Database& database, const AttachmentReader& readAttachment) {
  State state;
  std::vector<IndexSpec> indexes;
  // By kind, so that label bitmaps are stepped over, not read.
  for (const char kind : {'I', 'N', 'P', 'T', 'V', 'l'}) {
    const auto scan = database.scan(Keyspace::kMeta, std::string(1, kind));
    for (; scan->it->Valid(); scan->it->Next())
      readEntry(toView(scan->it->key()), toView(scan->it->value()), state, indexes);
    check(scan->it->status());
  }
  const auto attachment = database.get(Keyspace::kMeta, attachmentKey());
  state.indexes = std::make_shared<const std::vector<IndexSpec>>(std::move(indexes));
  state.attachment = readAttachment ? readAttachment(attachment ? *attachment : std::string{}) : nullptr;
  return state;
}

void writeState(const Database& database, const State& before, const State& after, rocksdb::WriteBatch& batch) {
  const auto put = [&](const std::string& key, const std::string& value) {
    check(batch.Put(database.family(Keyspace::kMeta), key, value));
  };
  put(versionKey(), encodeVersion(after.version));
  if (after.nodes != before.nodes) put(nodeCountersKey(), encode(after.nodes));
  for (std::size_t i = 0; i < after.labelCounts.size(); ++i) {
    const auto label = static_cast<LabelId>(i);
    if (after.labelCounts[i] != before.labelCount(label))
      put(labelCountKey(label), encodeLabelCount(after.labelCounts[i]));
  }
  for (std::size_t i = 0; i < after.relTypes.size(); ++i) {
    const auto type = static_cast<RelTypeId>(i);
    if (after.relTypes[i] != before.relType(type)) put(relTypeKey(type), encode(after.relTypes[i]));
  }
  for (const auto& [scope, summary] : after.properties) {
    if (summary != before.summary(scope)) put(propertySummaryKey(scope), encode(summary));
  }
  if (after.indexes != before.indexes) {
    for (const IndexSpec& spec : *before.indexes) {
      if (after.index(spec.id) == nullptr) check(batch.Delete(database.family(Keyspace::kMeta), indexSpecKey(spec.id)));
    }
    for (const IndexSpec& spec : *after.indexes) put(indexSpecKey(spec.id), encode(spec));
  }
  if (after.attachment != before.attachment) {
    put(attachmentKey(), after.attachment ? after.attachment->serialize() : std::string{});
  }
}

}  // namespace plexus::storage
