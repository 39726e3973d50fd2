// import/load/id_space.h: the names under which files speak of nodes: each space maps its ids to NodeIds.
//
// A space is what neo4j-admin calls so (`:ID(Person)`), the first label of a node table (CSV), or a kind (Hetionet).
// Ids that no file of this import defined are looked up in the database, by the unique index of the space's label, and
// remembered.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "import/load/id_map.h"

namespace plexus::load {

// The nodes that were in the database before the import.
class ExistingNodes {
 public:
  virtual ~ExistingNodes() = default;
  // The property on which `label` has a unique index, by which find() looks; "" if there is none.
  virtual std::string idProperty(const std::string& label) const = 0;
  // The node with that label whose indexed property reads as `id`; kNoNode if there is none.
  virtual NodeId find(const std::string& label, std::string_view id) const = 0;
};

struct IdSpace {
  std::string name;
  std::vector<std::string> labels;  // that nodes of this space have, as far as is known
  bool declared = false;            // a node table of this import fills it
  std::string existingLabel;        // look-ups go on in the database by this label; empty: they end here
  IdMap ids;

  bool hasLabel(std::string_view label) const;
  void addLabel(std::string_view label);
};

class IdSpaces {
 public:
  explicit IdSpaces(const ExistingNodes& existing) : existing_{existing} {}

  // The space of that name, made if it is new. References stay valid.
  IdSpace& get(const std::string& name);
  IdSpace* find(std::string_view name);
  std::deque<IdSpace>& all() { return spaces_; }

  // Looks on in the database if `label` has a unique index there; returns whether.
  bool extendToDatabase(IdSpace& space, const std::string& label) const;

  // The node with that id, kNoNode if there is none.
  NodeId resolve(IdSpace& space, std::string_view id) const;

  const ExistingNodes& existing() const { return existing_; }

 private:
  const ExistingNodes& existing_;
  std::deque<IdSpace> spaces_;
};

// Resolves the ids of one column of relationships. Files are often sorted, so that the last id comes again.
class EndResolver {
 public:
  EndResolver(const IdSpaces& spaces, std::vector<IdSpace*> candidates)
      : spaces_{spaces}, candidates_{std::move(candidates)} {}

  NodeId resolve(std::string_view id) {
    if (id == last_ && node_ != kNoNode) return node_;
    return resolveNew(id);
  }
  // An id that will be resolved soon (IdMap::prefetch()).
  void prefetch(std::string_view id) const { candidates_.front()->ids.prefetch(id); }
  const std::vector<IdSpace*>& candidates() const { return candidates_; }

 private:
  NodeId resolveNew(std::string_view id);
  const IdSpaces& spaces_;
  std::vector<IdSpace*> candidates_;  // the first that knows the id answers
  std::string last_;
  NodeId node_ = kNoNode;
};

}  // namespace plexus::load
