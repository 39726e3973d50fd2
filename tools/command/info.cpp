// plexus info: what is in a database, at a glance.
#include <algorithm>
#include <ostream>

#include <fmt/format.h>

#include "tools/command/options.h"

namespace plexus::tools {
namespace {

using Counts = std::vector<std::pair<std::uint64_t, std::string>>;

void print(std::ostream& out, Counts counts) {
  std::sort(counts.begin(), counts.end(),
            [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
  for (const auto& [count, name] : counts) out << fmt::format("{:>14}  {}\n", count, name);
}

}  // namespace

Exit runInfo(Arguments arguments, Streams& streams) {
  std::string path;
  OptionParser parser{"plexus info", "Shows counts by label and relation type, size on disk, and versions."};
  parser.argument("DB", path, "the database");
  if (const auto done = parser.parse(arguments, streams)) return *done;
  DatabaseOptions options;
  options.readOnly = true;
  const auto database = openExisting(path, options);
  const auto view = database->snapshot();
  const auto& catalog = catalog::Catalog::of(view);
  Counts labels, types;
  for (const LabelId label : view.labelIdsInUse())
    labels.emplace_back(view.labelled(label).cardinality(), ":" + catalog.labels.name(label));
  std::uint64_t relationships = 0;
  for (const RelTypeId type : view.relTypesInUse()) {
    types.emplace_back(view.relationshipCount(type), "[:" + catalog.relTypes.name(type) + "]");
    relationships += view.relationshipCount(type);
  }
  const auto info = database->store().info();
  streams.out << fmt::format("{} nodes, {} relationships\n", view.nodeCount(), relationships);
  print(streams.out, std::move(labels));
  print(streams.out, std::move(types));
  streams.out << fmt::format("{:.1f} MB on disk, format {}, RocksDB {}\n", static_cast<double>(info.diskBytes) / 1e6,
                             info.formatVersion, info.rocksdbVersion);
  return Exit::kDone;
}

}  // namespace plexus::tools
