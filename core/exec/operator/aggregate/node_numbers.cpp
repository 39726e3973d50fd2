#include "core/exec/operator/aggregate/node_numbers.h"

#include <algorithm>

#include "core/exec/run/group_table.h"

namespace plexus::exec {

Batch rowsOf(const std::vector<NodeId>& nodes) {
  auto vector = std::make_shared<Vector>(Vector::Kind::kNode, nodes.size());
  std::copy(nodes.begin(), nodes.end(), vector->data<NodeId>().begin());
  Batch rows{1};
  rows.setRows(nodes.size());
  rows.setColumn(0, std::move(vector));
  return rows;
}

NodeNumbers NodeNumbers::number(Worker& worker, const NodeKeys& keys, const std::vector<NodeId>& nodes) {
  NodeNumbers out{{}, nodes.empty() ? std::size_t{0} : std::size_t{1}};
  if (keys.empty() || nodes.empty()) {
    out.of.assign(nodes.size(), 0);
    return out;
  }
  const Batch rows = rowsOf(nodes);
  std::vector<Column> columns;
  std::vector<std::unique_ptr<Evaluator::Scratch>> scratches;
  for (const auto& key : keys) {
    scratches.push_back(key->open(worker));
    columns.push_back(key->evaluate(worker, *scratches.back(), rows));
  }
  GroupTable table{columns.size()};
  table.assign(columns, nodes.size(), out.of);
  out.groups = table.size();
  return out;
}

std::vector<std::uint32_t> NodeNumbers::byNode(const std::vector<NodeId>& nodes) const {
  std::vector<std::uint32_t> out(nodes.back() - nodes.front() + 1);
  for (std::size_t i = 0; i < nodes.size(); ++i) out[nodes[i] - nodes.front()] = of[i];
  return out;
}

}  // namespace plexus::exec
