// tests/core/storage/model.h: the graph as plain maps, and its comparison with a view.
#pragma once

#include <map>
#include <set>
#include <tuple>

#include <gtest/gtest.h>

#include "core/storage/codec/value_codec.h"
#include "core/storage/graph_view.h"

namespace plexus::storage {

inline std::string bytesOf(const Value& v) {
  std::string out;
  encodeValue(out, v);
  return out;
}

struct Model {
  struct Rel {
    NodeId start, end;
    friend bool operator==(const Rel&, const Rel&) = default;
  };
  NodeId bound = 0;
  std::map<RelTypeId, RelId> relBound;
  std::map<NodeId, std::set<LabelId>> nodes;
  std::map<std::pair<RelTypeId, RelId>, Rel> rels;
  std::map<std::pair<NodeId, PropertyKeyId>, Value> nodeProperties;
  std::map<std::tuple<RelTypeId, RelId, PropertyKeyId>, Value> relProperties;

  bool touched(NodeId node) const {
    for (const auto& [id, r] : rels) {
      if (r.start == node || r.end == node) return true;
    }
    return false;
  }
};

inline void expectSame(const Model& model, const GraphView& view, LabelId labels, RelTypeId types, PropertyKeyId keys) {
  ASSERT_EQ(view.nodeCount(), model.nodes.size());
  ASSERT_EQ(view.nodeBound(), model.bound);
  for (LabelId label = 0; label < labels; ++label) {
    std::vector<NodeId> expected;
    for (const auto& [node, set] : model.nodes) {
      if (set.contains(label)) expected.push_back(node);
    }
    std::vector<NodeId> found;
    for (const NodeId node : view.labelled(label)) found.push_back(node);
    ASSERT_EQ(found, expected) << "label " << label;
  }
  for (RelTypeId type = 0; type < types; ++type) {
    std::map<NodeId, std::vector<std::pair<NodeId, RelId>>> out, in;
    std::uint64_t count = 0;
    for (const auto& [id, r] : model.rels) {
      if (id.first != type) continue;
      ++count;
      out[r.start].emplace_back(r.end, id.second);
      in[r.end].emplace_back(r.start, id.second);
    }
    ASSERT_EQ(view.relationshipCount(type), count);
    for (const Direction direction : {Direction::kOut, Direction::kIn}) {
      auto& lists = direction == Direction::kOut ? out : in;
      const Adjacency adjacency = view.adjacency(type, direction);
      for (NodeId node = 0; node < model.bound + 2; ++node) {
        auto& expected = lists[node];
        std::sort(expected.begin(), expected.end());
        const auto neighbours = adjacency.neighbours(node);
        const auto ids = adjacency.relationships(node);
        ASSERT_EQ(neighbours.size(), expected.size()) << "node " << node << " type " << type;
        ASSERT_EQ(ids.size(), expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i) {
          ASSERT_EQ(neighbours[i], expected[i].first);
          ASSERT_EQ(ids[i], expected[i].second);
          ASSERT_TRUE(adjacency.connected(node, expected[i].first));
        }
        ASSERT_FALSE(adjacency.connected(node, model.bound + 5));
      }
    }
    const auto bound = model.relBound.find(type);
    for (RelId id = 0; bound != model.relBound.end() && id < bound->second; ++id) {
      const auto expected = model.rels.find({type, id});
      const auto found = view.relationship(type, id);
      ASSERT_EQ(found.has_value(), expected != model.rels.end()) << "type " << type << " id " << id;
      if (!found) continue;
      ASSERT_EQ(found->start, expected->second.start);
      ASSERT_EQ(found->end, expected->second.end);
    }
    for (PropertyKeyId key = 0; key < keys && bound != model.relBound.end(); ++key) {
      const PropertyColumn column = view.relProperty(type, key);
      for (RelId id = 0; id < bound->second; ++id) {
        const auto expected = model.relProperties.find({type, id, key});
        ASSERT_EQ(bytesOf(column.get(id)),
                  expected == model.relProperties.end() ? bytesOf({}) : bytesOf(expected->second));
      }
    }
  }
  for (PropertyKeyId key = 0; key < keys; ++key) {
    const PropertyColumn column = view.nodeProperty(key);
    std::vector<std::uint32_t> ids;
    std::uint64_t count = 0;
    for (NodeId node = 0; node < model.bound; ++node) ids.push_back(node);
    Vector gathered{column.kind()};
    column.gather(ids, gathered);
    for (const NodeId node : ids) {
      const auto expected = model.nodeProperties.find({node, key});
      const std::string bytes = expected == model.nodeProperties.end() ? bytesOf({}) : bytesOf(expected->second);
      ASSERT_EQ(bytesOf(column.get(node)), bytes) << "node " << node << " key " << key;
      ASSERT_EQ(bytesOf(gathered.value(node)), bytes);
      count += expected == model.nodeProperties.end() ? 0 : 1;
    }
    ASSERT_EQ(column.count(), count);
  }
}

}  // namespace plexus::storage
