#include "core/api/trust.h"

#include "core/api/query_run.h"
#include "core/catalog/evidence.h"

namespace plexus::api {
namespace {

constexpr std::size_t kRowsAtOnce = 4096;

// The properties that tell statements apart.
std::vector<MapEntry> qualifiersOf(const storage::GraphView& view, const Relationship& r) {
  const auto& catalog = catalog::Catalog::of(view);
  std::vector<MapEntry> entries;
  for (auto& [key, value] : view.properties(r)) {
    if (catalog::isQualifier(catalog, r.type, key)) {
      entries.emplace_back(catalog.propertyKeys.name(key), std::move(value));
    }
  }
  return entries;
}

void addRows(const storage::GraphView& view, const Relationship& r, List& rows) {
  const auto qualifiers = qualifiersOf(view, r);
  List evidence = catalog::evidenceOf(view, r);
  if (evidence.empty()) evidence.push_back(Value{Map{}});
  for (const Value& row : evidence) {
    auto entries = row.map().entries();
    entries.insert(entries.end(), qualifiers.begin(), qualifiers.end());
    rows.push_back(Value{Map{
        {{"relationship", Value{static_cast<std::int64_t>(r.id)}}, {"statement", Value{Map{std::move(entries)}}}}}});
  }
}

}  // namespace

Trust::Trust(storage::GraphView view, CompiledPtr query, Database& database)
    : view_{std::move(view)}, query_{std::move(query)}, database_{database} {}

const Roaring& Trust::of(RelTypeId type) {
  const std::lock_guard lock{mutex_};
  const auto found = judged_.find(type);
  return found != judged_.end() ? found->second : judged_.emplace(type, judge(type)).first->second;
}

Roaring Trust::judge(RelTypeId type) {
  const auto adjacency = view_.adjacency(type, Direction::kOut);
  Roaring chosen;
  List rows;
  for (NodeId start = 0; start < view_.nodeBound(); ++start) {
    const auto ends = adjacency.neighbours(start);
    if (ends.empty()) continue;
    const auto ids = adjacency.relationships(start);
    for (std::size_t i = 0; i < ends.size(); ++i) addRows(view_, {start, ends[i], ids[i], type}, rows);
    if (rows.size() >= kRowsAtOnce) choose(std::exchange(rows, {}), chosen);
  }
  choose(std::move(rows), chosen);
  return chosen;
}

void Trust::choose(List rows, Roaring& chosen) {
  if (rows.empty()) return;
  QueryRun run{{database_.shared_from_this(), query_, {{"rows", Value{std::move(rows)}}}, {}, nullptr, nullptr}};
  for (Batch batch; run.next(batch);) {
    for (std::size_t row = 0; row < batch.rows(); ++row) {
      chosen.add(static_cast<RelId>(batch.column(0).value(row).integer()));
    }
  }
}

inference::Trusted asTrusted(const std::shared_ptr<Trust>& trust) {
  return [trust](RelTypeId type) -> const Roaring& { return trust->of(type); };
}

}  // namespace plexus::api
