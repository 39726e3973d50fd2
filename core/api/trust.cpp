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

void choose(const TrustQuery& query, List rows, Roaring& chosen) {
  if (rows.empty()) return;
  try {
    QueryRun run{{query.database,
                  query.compiled->trustQuery,
                  {{"rows", Value{std::move(rows)}}},
                  {},
                  query.view,
                  query.cancellation,
                  nullptr}};
    for (Batch batch; run.next(batch);) {
      for (std::size_t row = 0; row < batch.rows(); ++row) {
        chosen.add(static_cast<RelId>(batch.column(0).value(row).integer()));
      }
    }
  } catch (const Error& error) {
    const bool stopped = error.type() == ErrorType::kCancelled || error.type() == ErrorType::kLimitExceeded;
    throw stopped ? error : query.compiled->trust->inOption(error);
  }
}

Roaring judge(RelTypeId type, const TrustQuery& query) {
  const auto adjacency = query.view.adjacency(type, Direction::kOut);
  Roaring chosen;
  List rows;
  for (NodeId start = 0; start < query.view.nodeBound(); ++start) {
    const auto ends = adjacency.neighbours(start);
    if (ends.empty()) continue;
    const auto ids = adjacency.relationships(start);
    for (std::size_t i = 0; i < ends.size(); ++i) {
      addRows(query.view, {start, ends[i], ids[i], type}, rows);
      if (rows.size() < kRowsAtOnce) continue;
      if (query.cancellation) query.cancellation->check();
      choose(query, std::exchange(rows, {}), chosen);
    }
  }
  choose(query, std::move(rows), chosen);
  return chosen;
}

}  // namespace

const Roaring& Trust::of(RelTypeId type, const TrustQuery& query) {
  // While another judges this one can be stopped.
  std::unique_lock lock{mutex_, std::defer_lock};
  while (!lock.try_lock_for(std::chrono::milliseconds{10})) {
    if (query.cancellation) query.cancellation->check();
  }
  const auto found = judged_.find(type);
  return found != judged_.end() ? found->second : judged_.emplace(type, judge(type, query)).first->second;
}

inference::Trusted asTrusted(const std::shared_ptr<Trust>& trust, TrustQuery query) {
  return [trust, query = std::move(query)](RelTypeId type) -> const Roaring& { return trust->of(type, query); };
}

}  // namespace plexus::api
