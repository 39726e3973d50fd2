// import/load/cycle_check.h: ACYCLIC relations of an import, checked as a whole when all rows are read.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/catalog/catalog.h"
#include "core/storage/graph_view.h"

namespace plexus::load {

class CycleCheck {
 public:
  // `view`: what was there before; may be null. Both must outlive this.
  CycleCheck(const catalog::Catalog& catalog, const storage::GraphView* view) : catalog_{catalog}, view_{view} {}

  // True if relationships of the type have to be added here: it, or a super-relation, is ACYCLIC.
  bool concerns(RelTypeId type) const;
  void beginFile(const std::string& file) { files_.push_back(file); }
  void add(RelTypeId type, NodeId start, NodeId end, std::uint64_t line);

  // O(relationships) and the sorting of new ones. Throws Error{kConstraintValidationFailed} at the row of one of the
  // new relationships that close a cycle; the message names the rows of all of them.
  void require();

 private:
  struct Edge {
    NodeId start, end;
    std::uint32_t file;
    std::uint64_t line;
  };
  // The new relationships that entail `relation`, turned as it reads them.
  std::vector<Edge> edgesOf(RelTypeId relation) const;
  void requireAcyclic(RelTypeId relation) const;
  [[noreturn]] void fail(RelTypeId relation, const std::vector<Edge>& edges, const std::vector<NodeId>& cycle) const;

  const catalog::Catalog& catalog_;
  const storage::GraphView* view_;
  std::vector<std::string> files_;
  std::map<RelTypeId, std::vector<Edge>> edges_;
};

}  // namespace plexus::load
