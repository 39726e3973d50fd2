// import/load/relation_rows.h: the relationships of a batch that are of one type: asked what is declared of the type,
// merged where it keeps evidence, stored.
#pragma once

#include <vector>

#include "import/load/load_context.h"
#include "import/load/type_rules.h"

namespace plexus::load {

class RelationRows {
 public:
  // `named`: the type, or the name of its inverse, under which relationships are turned round. Both references must
  // outlive this.
  RelationRows(RelTypeId named, StoredColumns& columns, LoadContext& context);

  void clear();
  // The ends as the table has them.
  void add(NodeId start, NodeId end, std::uint32_t row) {
    starts_.push_back(reversed_ ? end : start);
    ends_.push_back(reversed_ ? start : end);
    rows_.push_back(row);
  }
  // Errors for rows that offend. Columns of the table's ends count from 1.
  void check(std::size_t startColumn, std::size_t endColumn, RowErrors& errors);
  // Hands over those whose rows are not bad.
  void store(const RowErrors& errors, const format::RowBatch& batch);

 private:
  void leaveOut(const RowErrors& errors);

  LoadContext& context_;
  StoredColumns& columns_;
  RelTypeId type_;
  bool reversed_, mayCycle_, keepsEvidence_;
  PropertyRules properties_;
  RelationRules relation_;
  std::vector<NodeId> starts_, ends_;
  std::vector<std::uint32_t> rows_;
};

}  // namespace plexus::load
