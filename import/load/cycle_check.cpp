#include "import/load/cycle_check.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/catalog/cycle.h"

namespace plexus::load {
namespace {

using catalog::RelationReading;

bool isAcyclic(const catalog::TypeSchema& types, RelTypeId type) {
  const auto* declared = types.relationType(type);
  return declared && declared->acyclic;
}

std::vector<RelationReading> readingsOf(const catalog::TypeSchema& types, RelTypeId relation) {
  std::vector<RelationReading> readings{{relation, false}};
  for (const RelationReading& below : types.subRelations(relation)) {
    readings.push_back(below);
    if (types.relationType(below.type)->symmetric) readings.push_back({below.type, !below.reversed});
  }
  return readings;
}

}  // namespace

bool CycleCheck::concerns(RelTypeId type) const {
  const auto& types = catalog_.types();
  const auto above = types.superRelations(type);
  return isAcyclic(types, type) || std::any_of(above.begin(), above.end(), [&](const RelationReading& reading) {
           return isAcyclic(types, reading.type);
         });
}

void CycleCheck::add(RelTypeId type, NodeId start, NodeId end, std::uint64_t line) {
  edges_[type].push_back({start, end, static_cast<std::uint32_t>(files_.size() - 1), line});
}

void CycleCheck::require() {
  for (const auto& type : catalog_.types().relationTypes()) {
    if (type.acyclic) requireAcyclic(type.type);
  }
}

std::vector<CycleCheck::Edge> CycleCheck::edgesOf(RelTypeId relation) const {
  std::vector<Edge> edges;
  for (const auto& reading : readingsOf(catalog_.types(), relation)) {
    const auto found = edges_.find(reading.type);
    if (found == edges_.end()) continue;
    for (const Edge& edge : found->second) {
      edges.push_back(reading.reversed ? Edge{edge.end, edge.start, edge.file, edge.line} : edge);
    }
  }
  std::stable_sort(edges.begin(), edges.end(), [](const Edge& a, const Edge& b) { return a.start < b.start; });
  return edges;
}

void CycleCheck::requireAcyclic(RelTypeId relation) const {
  const auto edges = edgesOf(relation);
  if (edges.empty()) return;
  std::vector<storage::Adjacency> before;
  if (view_ != nullptr) {
    for (const auto& reading : readingsOf(catalog_.types(), relation)) {
      before.push_back(view_->adjacency(reading.type, reading.reversed ? Direction::kIn : Direction::kOut));
    }
  }
  std::vector<NodeId> starts;
  starts.reserve(edges.size());
  for (const Edge& edge : edges) starts.push_back(edge.end);
  const auto cycle = catalog::findCycle(starts, [&](NodeId node, const std::function<void(NodeId)>& visit) {
    auto edge = std::lower_bound(edges.begin(), edges.end(), node, [](const Edge& e, NodeId n) { return e.start < n; });
    for (; edge != edges.end() && edge->start == node; ++edge) visit(edge->end);
    for (const auto& adjacency : before) {
      for (const NodeId neighbour : adjacency.neighbours(node)) visit(neighbour);
    }
  });
  if (cycle) fail(relation, edges, *cycle);
}

void CycleCheck::fail(RelTypeId relation, const std::vector<Edge>& edges, const std::vector<NodeId>& cycle) const {
  std::string rows;
  RecordPosition where;
  for (std::size_t i = 0; i < cycle.size(); ++i) {
    const NodeId start = cycle[i], end = cycle[(i + 1) % cycle.size()];
    const auto edge =
        std::find_if(edges.begin(), edges.end(), [&](const Edge& e) { return e.start == start && e.end == end; });
    rows += rows.empty() ? "" : ", ";
    if (edge == edges.end()) {
      rows += "one that is in the database";
      continue;
    }
    rows += fmt::format("{}:{}", files_[edge->file], edge->line);
    if (where.file.empty()) where = {files_[edge->file], edge->line, ""};
  }
  throw Error{ErrorType::kConstraintValidationFailed, Phase::kRuntime, "",
              fmt::format("relation type `{}` is acyclic, but {} relationship{} form a cycle: {}",
                          catalog_.relTypes.name(relation), cycle.size(), cycle.size() == 1 ? "" : "s", rows),
              std::move(where)};
}

}  // namespace plexus::load
