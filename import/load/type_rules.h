// import/load/type_rules.h: declared types and constraints, asked of a table's rows before they are stored.
//
// What a table has to satisfy is worked out once for each set of labels or relation type in it; then columns are looked
// at as wholes: one whose kind of vector cannot offend costs nothing a row. Rows that offend become bad rows, with
// their place, as any other wrong value.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/catalog/property_check.h"
#include "core/storage/graph_view.h"
#include "import/load/graph_builder.h"
#include "import/load/row_errors.h"
#include "import/load/stored_columns.h"
#include "import/load/unique_values.h"

namespace plexus::load {

// Of the properties of one set of labels, or of one relation type.
class PropertyRules {
 public:
  PropertyRules() = default;
  static PropertyRules ofNodes(const LabelSet& labels, const StoredColumns& columns, const catalog::Catalog& catalog);
  static PropertyRules ofRelationships(RelTypeId type, const StoredColumns& columns, const catalog::Catalog& catalog);

  bool empty() const {
    return checks_.empty() && undeclared_.empty() && defaults_.empty() && unique_.empty() && refusal_.empty();
  }
  void check(const StoredColumns& columns, std::span<const std::uint32_t> rows, UniqueValues& unique,
             RowErrors& errors) const;

  // Hands over the properties of `rows`: stored columns, with defaults in place of nulls and of columns that the table
  // does not have.
  void store(StoredColumns& columns, const std::vector<std::uint32_t>& rows,
             const std::function<void(PropertyKeyId key, const Vector& values)>& set) const;

 private:
  struct Default {
    PropertyKeyId key;
    int column;  // of StoredColumns; -1: the table has no such column
    Value value;
  };
  struct UniqueColumns {
    IndexId index;
    std::vector<std::size_t> columns;
    std::string constraint;
  };
  struct ColumnCheck {
    catalog::PropertyCheck check;
    int column;
  };
  void add(const catalog::PropertyDeclaration& property, catalog::PropertyCheck check, const StoredColumns& columns);
  void addConstraints(bool onRelationships, std::span<const std::uint16_t> owners, const StoredColumns& columns,
                      const catalog::Catalog& catalog);
  void addUnique(const catalog::SchemaRule& rule, const StoredColumns& columns);
  void checkUnique(const UniqueColumns& of, const StoredColumns& columns, std::span<const std::uint32_t> rows,
                   UniqueValues& unique, RowErrors& errors) const;
  void refuseUndeclared(const std::vector<const catalog::PropertyDeclaration*>& declared, const StoredColumns& columns,
                        const std::string& rule);

  std::vector<ColumnCheck> checks_;
  std::vector<std::pair<std::size_t, std::string>> undeclared_;  // columns, and the rule that refuses their values
  std::vector<Default> defaults_;
  std::vector<UniqueColumns> unique_;
  std::string refusal_;  // of every row; empty: none
};

// Of the ends of one relation type, and of how often and in which circle a node may be related. One an import and type.
class RelationRules {
 public:
  // `view`: what was there before the import; may be null.
  RelationRules(RelTypeId type, const GraphBuilder& graph, const storage::GraphView* view);

  bool empty() const { return ends_.empty() && functional_.empty(); }
  // A batch's relationships: errors for those that offend. `startColumn` and `endColumn` count from 1.
  void check(std::span<const NodeId> starts, std::span<const NodeId> ends, std::span<const std::uint32_t> rows,
             std::size_t startColumn, std::size_t endColumn, RowErrors& errors);

 private:
  struct EndRule {
    std::vector<LabelId> labels;
    bool ofStart;
    std::string rule;  // "relation type `treats`: TO Disease"
    // Nodes [first, end) are alike: whether they will do. Neighbouring rows mostly ask about such.
    NodeId first = 0, end = 0;
    bool alikeWillDo = false;
  };
  struct FunctionalRule {
    RelTypeId type;
    bool reversed;
    std::unordered_map<NodeId, NodeId> targets;  // of this import
  };
  void addRules(const catalog::RelationType& type, bool reversed);
  bool allows(EndRule& rule, NodeId node) const;
  std::string labelText(NodeId node) const;
  bool relatesToOther(FunctionalRule& rule, NodeId start, NodeId end) const;

  const GraphBuilder& graph_;
  const storage::GraphView* view_;
  std::vector<EndRule> ends_;
  std::vector<FunctionalRule> functional_;
};

}  // namespace plexus::load
