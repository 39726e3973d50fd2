// import/load/graph_builder.h: names instead of ids, in front of storage::BulkLoad; counts what goes through.
//
// Owns the catalog that the import will leave behind: labels, types and keys are added as they appear, and the unique
// indexes on ids by finish().
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/catalog/catalog.h"
#include "core/storage/bulk_load.h"
#include "import/load/import.h"

namespace plexus::load {

// A set of labels that nodes of a table have, in the order they were given. The first is the primary one.
struct LabelSet {
  std::vector<std::string> names;
  std::vector<LabelId> ids;  // ascending, without repeats; those of super-types too
};

class GraphBuilder {
 public:
  // `catalog` is a copy that the builder changes.
  GraphBuilder(storage::BulkLoad& bulk, std::shared_ptr<catalog::Catalog> catalog);

  LabelSet labels(std::span<const std::string> names);
  RelTypeId type(std::string_view name) { return catalog_->relTypes.add(name); }
  PropertyKeyId key(std::string_view name) { return catalog_->propertyKeys.add(name); }

  NodeId addNodes(const LabelSet& labels, std::size_t count);
  void setNodeProperty(PropertyKeyId key, NodeId first, const Vector& values);
  std::uint64_t addRelationships(RelTypeId type, std::span<const NodeId> starts, std::span<const NodeId> ends);
  void setRelProperty(RelTypeId type, PropertyKeyId key, std::uint64_t first, const Vector& values);
  void changeRelProperty(RelTypeId type, PropertyKeyId key, RelId id, const Value& value);

  // Nodes with these labels have `property` as their id, unique within `space`. A label gets a unique index if it is
  // the primary one of some nodes, and all its nodes of this import have the same property and space.
  void identify(const LabelSet& labels, const std::string& property, const std::string& space);

  // Hands indexes and catalog to storage. `hasNodes(label)`: nodes with that label were there before, which a new
  // unique index might not suit; such labels get none, and a note.
  void finish(const std::function<bool(const std::string&)>& hasNodes, std::vector<std::string>& notes);

  std::uint64_t nodes() const { return nodes_; }
  std::uint64_t relationships() const { return relationships_; }
  void report(ImportReport& report) const;
  const catalog::Catalog& catalog() const { return *catalog_; }
  // Nodes that were added one after another with the same labels.
  struct Run {
    NodeId first, end;
    std::vector<LabelId> labels;
  };
  // That of a node of this import, kept only where types are declared; null for a node that was there before.
  const Run* runOf(NodeId node) const;

 private:
  struct Identity {
    LabelId label;
    std::string property, space;
    bool primary = false, ambiguous = false;
  };
  bool wantsIndex(const Identity& identity) const;
  void addIndex(const Identity& identity, bool hasNodes, std::vector<std::string>& notes);

  storage::BulkLoad& bulk_;
  std::vector<Run> runs_;
  std::shared_ptr<catalog::Catalog> catalog_;
  std::vector<Identity> identities_;
  std::vector<std::uint64_t> nodesByLabel_, relationshipsByType_;
  std::vector<LabelId> labelOrder_;
  std::vector<RelTypeId> typeOrder_;
  std::uint64_t nodes_ = 0, relationships_ = 0;
};

}  // namespace plexus::load
