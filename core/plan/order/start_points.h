// core/plan/order/start_points.h: the ways to find a pattern node's candidates without walking to it: scans, index
// seeks and seeks by id that its labels and predicates allow.
#pragma once

#include <vector>

#include "core/plan/order/cardinality.h"
#include "core/plan/order/query_graph.h"

namespace plexus::plan {

struct StartPoint {
  enum class Kind : std::uint8_t { kScan, kIndex, kId } kind = Kind::kScan;
  std::size_t node = 0;
  // kIndex: complete but for its child and `output`. kId: only `low`, the expression that yields the ids, is set.
  IndexSeek::Seek seek = IndexSeek::Seek::kEqual;
  GraphNumbers::Index index;
  std::string label;
  std::vector<ExpressionPtr> values;
  ExpressionPtr low, high;
  bool lowInclusive = true, highInclusive = true;
  std::vector<std::size_t> consumed;  // predicates of the graph that the seek fulfils exactly
  VariableSet reads;                  // what the values read
  double rows = 1;                    // found per row that it reads from
};

// The scan first. Nodes with hints get what the hints say.
std::vector<StartPoint> startPoints(const QueryGraph& graph, std::size_t node, const Estimator& estimator);

}  // namespace plexus::plan
