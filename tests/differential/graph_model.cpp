#include "tests/differential/graph_model.h"

#include <stdexcept>

#include "core/catalog/catalog.h"

namespace plexus::test {
namespace {

Value find(const auto& properties, const auto& key) {
  const auto found = properties.find(key);
  return found == properties.end() ? Value{} : found->second;
}

}  // namespace

GraphModel GraphModel::read(const storage::GraphView& view) {
  const auto& catalog = catalog::Catalog::of(view);
  GraphModel model;
  for (const NodeId id : view.nodes()) {
    Node node{id, {}};
    for (const LabelId label : view.labels(id)) node.labels.emplace_back(catalog.labels.name(label));
    model.nodes.push_back(std::move(node));
    for (const auto& [key, value] : view.properties(id)) {
      model.nodeProperties_[{id, std::string{catalog.propertyKeys.name(key)}}] = value;
    }
  }
  for (const RelTypeId type : view.relTypesInUse()) {
    const auto adjacency = view.adjacency(type, Direction::kOut);
    for (const auto& node : model.nodes) {
      const auto ends = adjacency.neighbours(node.id);
      const auto ids = adjacency.relationships(node.id);
      for (std::size_t i = 0; i < ends.size(); ++i) {
        const Relationship r{node.id, ends[i], ids[i], type};
        model.edges.push_back({r, std::string{catalog.relTypes.name(type)}});
        for (const auto& [key, value] : view.properties(r)) {
          model.edgeProperties_[{r.number(), std::string{catalog.propertyKeys.name(key)}}] = value;
        }
      }
    }
  }
  return model;
}

const GraphModel::Node& GraphModel::node(NodeId id) const {
  for (const auto& node : nodes) {
    if (node.id == id) return node;
  }
  throw std::logic_error{"no such node"};
}

const GraphModel::Edge& GraphModel::edge(const Relationship& r) const {
  for (const auto& edge : edges) {
    if (edge.relationship == r) return edge;
  }
  throw std::logic_error{"no such relationship"};
}

Value GraphModel::property(NodeId node, const std::string& key) const {
  return find(nodeProperties_, std::pair{node, key});
}

Value GraphModel::property(const Relationship& r, const std::string& key) const {
  return find(edgeProperties_, std::pair{r.number(), key});
}

}  // namespace plexus::test
