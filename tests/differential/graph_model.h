// tests/differential/graph_model.h: a small graph as plain lists, read once from a view; what the naive evaluator looks
// at instead of arrays and indexes.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/storage/graph_view.h"
#include "core/value/value.h"

namespace plexus::test {

struct GraphModel {
  struct Node {
    NodeId id;
    std::vector<std::string> labels;
  };
  struct Edge {
    Relationship relationship;
    std::string type;
  };
  std::vector<Node> nodes;
  std::vector<Edge> edges;

  static GraphModel read(const storage::GraphView& view);

  const Node& node(NodeId id) const;
  const Edge& edge(const Relationship& r) const;
  // Null where there is none.
  Value property(NodeId node, const std::string& key) const;
  Value property(const Relationship& r, const std::string& key) const;

 private:
  std::map<std::pair<NodeId, std::string>, Value> nodeProperties_;
  std::map<std::pair<std::int64_t, std::string>, Value> edgeProperties_;  // by Relationship::number()
};

}  // namespace plexus::test
