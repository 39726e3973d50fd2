#include "core/storage/index_check.h"

#include <fmt/format.h>

#include "core/storage/bulk/index_builder.h"
#include "core/storage/write_transaction.h"

namespace plexus::storage {
namespace {

constexpr std::size_t kSortBytes = std::size_t{64} << 20;

}  // namespace

void checkIndex(const Core& core, const std::shared_ptr<const State>& state, const Database::ReadPointPtr& moment,
                const IndexSpec& spec, const std::function<void(const std::string&)>& report) {
  const std::filesystem::path directory = std::filesystem::temp_directory_path();
  const Roaring noNodes;
  const std::unordered_map<LabelId, Roaring> noLabels;
  const KeyedValues noProperties{directory, 0};
  const ChangedRelationships noChanges;
  const IndexSource source{core, state, noNodes, noLabels, noProperties, noChanges, moment};
  const auto stored = core.database->scan(Keyspace::kIndex, indexPrefix(spec.id), moment.get());
  std::uint64_t missing = 0, extra = 0;
  const auto atStored = [&] { return stored->it->Valid(); };
  try {
    addIndexEntries(source, spec, true, directory, kSortBytes, [&](const std::string& key) {
      for (; atStored() && toView(stored->it->key()) < key; stored->it->Next()) ++extra;
      if (atStored() && toView(stored->it->key()) == key) {
        stored->it->Next();
      } else {
        ++missing;
      }
    });
  } catch (const UniqueViolation& violation) {
    report(fmt::format("index {}: entities {} and {} have the same values", spec.id, violation.existing,
                       violation.offending));
    return;
  }
  for (; atStored(); stored->it->Next()) ++extra;
  check(stored->it->status());
  if (missing > 0) report(fmt::format("index {}: {} entries are missing", spec.id, missing));
  if (extra > 0) report(fmt::format("index {}: {} entries are stored that no entity has", spec.id, extra));
}

}  // namespace plexus::storage
