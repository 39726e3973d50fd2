#include "import/load/load_nodes.h"

#include <fmt/format.h>

#include "import/format/shorten.h"
#include "import/load/groups_by_text.h"
#include "import/load/type_rules.h"

namespace plexus::load {
namespace {

using format::Cell;
using Role = format::ColumnPlan::Role;

class NodeLoader {
 public:
  NodeLoader(LoadContext& context, RowStream& rows, const format::TablePlan& plan, const NodeKindOf& kindOf)
      : context_{context},
        rows_{rows},
        plan_{plan},
        kindOf_{kindOf},
        idColumn_{plan.find(Role::kId)},
        labelColumn_{plan.find(Role::kLabels)},
        stored_{plan, context} {
    if (labelColumn_ < 0) groupFor({});
  }

  void run() {
    while (rows_.next()) {
      if (rows_.startsFile()) {
        context_.places.beginFile(rows_.file());
        context_.meter.begin(ProgressState::Phase::kNodes, rows_.file(), context_.graph);
      }
      loadBatch();
      context_.meter.update(rows_.bytesRead(), context_.graph);
    }
    context_.meter.endGroup(rows_.bytesRead());
  }

 private:
  // The nodes of a batch that are of the same kind.
  struct Group {
    NodeKind kind;
    LabelSet labels;
    IdSpace* space = nullptr;   // null: the nodes have no ids
    std::string existingLabel;  // ids must not be there already among nodes of the database with this label
    PropertyRules rules;
    std::vector<std::uint32_t> rows;
    std::vector<std::size_t> slots;  // of the rows' ids
  };

  const format::ColumnPlan& idPlan() const { return plan_.columns[static_cast<std::size_t>(idColumn_)]; }

  void loadBatch() {
    errors_.begin(rows_, plan_.columns.size(), context_.options.allowShortRows);
    stored_.read(rows_, errors_);
    groupRows();
    checkRows();
    // Once a batch: slots must not move while some of them wait for their nodes.
    for (Group& group : groups_) {
      if (group.space != nullptr && !group.rows.empty()) group.space->ids.reserve(rows_.batch().size());
      group.rows.clear();
      group.slots.clear();
    }
    for (std::size_t row = rows_.firstRow(); row < rows_.batch().size(); ++row) {
      prefetchId(row + kRowsAhead);
      if (!errors_.isBad(row)) takeRow(row);
    }
    errors_.tell(rows_, context_.rejects);
    for (Group& group : groups_) {
      if (!group.rows.empty()) store(group);
    }
  }

  void groupRows() {
    groupOfRow_.assign(rows_.batch().size(), nullptr);
    for (std::size_t row = rows_.firstRow(); row < rows_.batch().size(); ++row) {
      if (errors_.isBad(row)) continue;
      Group& group = labelColumn_ < 0 ? *groups_.last() : groupFor(cellText(rows_.batch().row(row), labelColumn_));
      if (!group.kind.refusal.empty()) {
        errors_.add(row, static_cast<std::size_t>(labelColumn_) + 1, group.kind.refusalKind, group.kind.refusal);
        continue;
      }
      groupOfRow_[row] = &group;
      group.rows.push_back(static_cast<std::uint32_t>(row));
    }
  }

  // Before ids are taken: those of rows that are left out must stay unknown.
  void checkRows() {
    for (Group& group : groups_) {
      if (!group.rules.empty()) group.rules.check(stored_, group.rows, context_.unique, errors_);
    }
  }

  static constexpr std::size_t kRowsAhead = 12;  // about as long as a cache miss takes
  void prefetchId(std::size_t row) const {
    if (row >= groupOfRow_.size() || groupOfRow_[row] == nullptr || groupOfRow_[row]->space == nullptr) return;
    groupOfRow_[row]->space->ids.prefetch(cellText(rows_.batch().row(row), idColumn_));
  }

  void takeRow(std::size_t row) {
    Group& group = *groupOfRow_[row];
    if (group.space != nullptr && !takeId(row, rows_.batch().row(row), group)) return;
    group.rows.push_back(static_cast<std::uint32_t>(row));
  }

  bool takeId(std::size_t row, std::span<const Cell> cells, Group& group) {
    const std::string_view id = cellText(cells, idColumn_);
    const auto column = static_cast<std::size_t>(idColumn_) + 1;
    if (id.empty() || (context_.options.nullText && id == *context_.options.nullText)) {
      errors_.add(row, column, "empty id", fmt::format("column `{}`: the id is empty", idPlan().header));
      return false;
    }
    IdMap& ids = group.space->ids;
    const auto [existing, slot] = ids.tryInsert(id, IdMap::kPending, context_.places.at(rows_.batch().line(row)));
    if (existing != kNoNode) {
      const std::string first = context_.places.describe(ids.placeOf(id), rows_.file());
      errors_.add(
          row, column, "duplicate id",
          fmt::format("the id `{}` is there already{}", format::shorten(id), first.empty() ? "" : " (" + first + ")"));
      return false;
    }
    if (!group.existingLabel.empty()) {
      const NodeId stored = context_.spaces.existing().find(group.existingLabel, id);
      if (stored != kNoNode) {
        ids.setNode(slot, stored);
        errors_.add(row, column, "duplicate id",
                    fmt::format("the id `{}` is in the database already", format::shorten(id)));
        return false;
      }
    }
    group.slots.push_back(slot);
    return true;
  }

  void store(Group& group) {
    const NodeId first = context_.graph.addNodes(group.labels, group.rows.size());
    for (std::size_t i = 0; i < group.slots.size(); ++i) {
      group.space->ids.setNode(group.slots[i], first + static_cast<NodeId>(i));
    }
    group.rules.store(stored_, group.rows, [&](PropertyKeyId key, const Vector& values) {
      context_.graph.setNodeProperty(key, first, values);
    });
  }

  Group& groupFor(std::string_view text) {
    return groups_.of(text, [this](const std::string& cell) { return makeGroup(cell); });
  }

  Group makeGroup(const std::string& text) {
    Group group;
    group.kind = kindOf_(text);
    if (!group.kind.refusal.empty()) return group;
    group.labels = context_.graph.labels(group.kind.labels);
    group.rules = PropertyRules::ofNodes(group.labels, stored_, context_.graph.catalog());
    if (idColumn_ >= 0) identify(group);
    return group;
  }

  void identify(Group& group) {
    group.space = &context_.spaces.get(group.kind.idSpace);
    group.space->declared = true;
    const LabelSet& labels = group.labels;
    if (labels.names.empty()) return;
    for (const std::string& label : labels.names) group.space->addLabel(label);
    context_.graph.identify(labels, idPlan().property, group.space->name);
    const std::string& primary = labels.names.front();
    const std::string indexed = context_.spaces.existing().idProperty(primary);
    if (indexed.empty() || indexed != idPlan().property) return;
    group.existingLabel = primary;
    context_.spaces.extendToDatabase(*group.space, primary);
  }

  static std::string_view cellText(std::span<const Cell> cells, int column) {
    const auto i = static_cast<std::size_t>(column);
    return i < cells.size() ? cells[i].text() : std::string_view{};
  }

  LoadContext& context_;
  RowStream& rows_;
  const format::TablePlan& plan_;
  const NodeKindOf& kindOf_;
  int idColumn_, labelColumn_;
  StoredColumns stored_;
  RowErrors errors_;
  GroupsByText<Group> groups_;      // by the label column; without it there is one
  std::vector<Group*> groupOfRow_;  // of the batch; null where a row is bad
};

}  // namespace

void loadNodes(LoadContext& context, RowStream& rows, const format::TablePlan& plan, const NodeKindOf& kindOf) {
  NodeLoader{context, rows, plan, kindOf}.run();
}

}  // namespace plexus::load
