// core/api/entities.h: names and properties of nodes and relationships, for printing, as some view has them.
#pragma once

#include <functional>

#include "core/storage/graph_view.h"
#include "core/value/print.h"

namespace plexus::api {

// Entities that the view no longer has show without labels and properties.
class ViewEntities final : public EntitySource {
 public:
  // `view` is asked each time: of an open transaction it may change, and become a snapshot when that has ended.
  explicit ViewEntities(std::function<storage::GraphView()> view) : view_{std::move(view)} {}

  std::vector<std::string> labels(NodeId node) const override;
  std::vector<MapEntry> properties(NodeId node) const override;
  std::string typeName(const Relationship& r) const override;
  std::vector<MapEntry> properties(const Relationship& r) const override;

 private:
  std::function<storage::GraphView()> view_;
};

}  // namespace plexus::api
