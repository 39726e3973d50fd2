// import/load/statement_merge.h: rows of relation types WITH EVIDENCE: one relationship a statement, however often the
// files say it (core/catalog/evidence.h). Looks at the rows of this import; a statement that the database has already
// is stored beside it.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "import/load/graph_builder.h"

namespace plexus::load {

class StoredColumns;

class StatementMerge {
 public:
  explicit StatementMerge(GraphBuilder& graph) : graph_{graph} {}

  bool concerns(RelTypeId type) const;
  // True if the row is a new statement, which will be the next relationship of its type; otherwise its evidence is
  // kept.
  bool isNew(RelTypeId type, NodeId start, NodeId end, const StoredColumns& columns, std::uint32_t row);
  // Hands over what was kept; notes how many rows that were.
  void finish(std::vector<std::string>& notes);

 private:
  struct Qualifier {
    PropertyKeyId key;
    Value defaultValue;
  };
  struct OfType {
    std::vector<Qualifier> qualifiers;
    bool symmetric = false;
    std::unordered_map<std::string, std::uint64_t> statements;  // ordinals, by ends and qualifiers
    std::map<std::uint64_t, List> more;                         // rows of evidence, by ordinal
    std::uint64_t next = 0, merged = 0;
  };
  OfType& ofType(RelTypeId type);
  std::vector<MapEntry> evidenceIn(const OfType& of, const StoredColumns& columns, std::uint32_t row) const;

  GraphBuilder& graph_;
  std::map<RelTypeId, OfType> types_;
};

}  // namespace plexus::load
