// import/load/statement_merge.h: rows of relation types WITH EVIDENCE: one relationship a statement, however often the
// files say it, and whether or not the database has it already (core/catalog/evidence.h).
//
// A batch at a time: statements that this import has not met yet are sorted and read along the stored adjacency, so the
// cost of those that are stored is that of a merge join. Memory: about 100 bytes a statement of this import, and the
// rows that are further evidence.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/storage/graph_view.h"
#include "import/load/graph_builder.h"

namespace plexus::load {

class StoredColumns;

class StatementMerge {
 public:
  // `before`: the database as it was; null: empty.
  StatementMerge(GraphBuilder& graph, const storage::GraphView* before) : graph_{graph}, before_{before} {}

  bool concerns(RelTypeId type) const;
  // Relationships of a batch that are fit to be stored, by their rows of `columns`. Leaves those that are new
  // statements, which have to be added to the graph next; of the others the evidence is kept.
  void keepNew(RelTypeId type, const StoredColumns& columns, std::vector<NodeId>& starts, std::vector<NodeId>& ends,
               std::vector<std::uint32_t>& rows);
  // Hands over what was kept; notes how many rows that were.
  void finish(std::vector<std::string>& notes);

 private:
  struct Statement {
    enum class Place : std::uint8_t { kUnknown, kStored, kImported };
    Place place = Place::kUnknown;
    bool bare = false;              // kStored: without any evidence so far
    Relationship relationship;      // kStored
    std::uint64_t ordinal = 0;      // kImported: among the new relationships of the type
    std::size_t firstEvidence = 0;  // hash of the row that became its properties, if that is of this import
    std::uint32_t further = 0;      // place in OfType::further, from 1; 0: none
  };
  // Rows of evidence that a statement gets.
  struct Further {
    const Statement* statement;
    List rows;
  };
  using Statements = std::unordered_map<std::string, Statement>;  // by ends and qualifiers
  struct Qualifier {
    PropertyKeyId key;
    Value defaultValue;
  };
  struct OfType {
    std::vector<Qualifier> qualifiers;
    bool symmetric = false;
    Statements statements;
    std::vector<Further> further;
    std::uint64_t next = 0, ofImported = 0, ofStored = 0;  // statements; rows
  };
  OfType& ofType(RelTypeId type);
  static std::string keyOf(const OfType& of, NodeId start, NodeId end,
                           const std::function<Value(const Qualifier&)>& value);
  void findStored(OfType& of, std::vector<Statements::value_type*> unknown) const;
  void findStored(OfType& of, std::span<Statements::value_type* const> withStart, NodeId start) const;
  void addEvidence(OfType& of, Statement& statement, const StoredColumns& columns, std::uint32_t row);
  std::vector<MapEntry> evidenceIn(const OfType& of, const StoredColumns& columns, std::uint32_t row) const;
  void finishImported(RelTypeId type, const Further& further);
  void finishStored(const Further& further);

  GraphBuilder& graph_;
  const storage::GraphView* before_;
  std::map<RelTypeId, OfType> types_;
};

}  // namespace plexus::load
