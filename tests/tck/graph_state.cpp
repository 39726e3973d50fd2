#include "tests/tck/graph_state.h"

#include <algorithm>

#include "core/catalog/catalog.h"
#include "core/value/print.h"

namespace plexus::tck {
namespace {

std::size_t missing(const std::set<std::string>& from, const std::set<std::string>& in) {
  return static_cast<std::size_t>(
      std::count_if(from.begin(), from.end(), [&](const std::string& item) { return !in.contains(item); }));
}

void addProperties(GraphState& state, const std::string& entity,
                   const std::vector<storage::PropertyValue>& properties) {
  for (const auto& [key, value] : properties)
    state.properties.insert(entity + " " + std::to_string(key) + " = " + toCypherText(value));
}

void addRelationships(GraphState& state, const storage::GraphView& view, RelTypeId type) {
  const auto adjacency = view.adjacency(type, Direction::kOut);
  for (const NodeId start : view.nodes()) {
    const auto ends = adjacency.neighbours(start);
    const auto ids = adjacency.relationships(start);
    for (std::size_t i = 0; i < ends.size(); ++i) {
      const Relationship r{start, ends[i], ids[i], type};
      const std::string name = "r" + std::to_string(r.number());
      state.relationships.insert(name);
      addProperties(state, name, view.properties(r));
    }
  }
}

}  // namespace

GraphState GraphState::of(const storage::GraphView& view) {
  const auto& catalog = catalog::Catalog::of(view);
  GraphState state;
  for (const NodeId node : view.nodes()) {
    const std::string name = "n" + std::to_string(node);
    state.nodes.insert(name);
    for (const LabelId label : view.labels(node)) state.labels.insert(catalog.labels.name(label));
    addProperties(state, name, view.properties(node));
  }
  for (const RelTypeId type : view.relTypesInUse()) addRelationships(state, view, type);
  return state;
}

std::map<std::string, std::size_t> sideEffects(const GraphState& before, const GraphState& after) {
  std::map<std::string, std::size_t> effects;
  const auto add = [&](const std::string& what, const std::set<std::string>& old, const std::set<std::string>& now) {
    if (const auto created = missing(now, old)) effects["+" + what] = created;
    if (const auto deleted = missing(old, now)) effects["-" + what] = deleted;
  };
  add("nodes", before.nodes, after.nodes);
  add("relationships", before.relationships, after.relationships);
  add("labels", before.labels, after.labels);
  add("properties", before.properties, after.properties);
  return effects;
}

}  // namespace plexus::tck
