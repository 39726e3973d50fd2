#include "import/load/load_nodes.h"

#include <unordered_map>

#include <fmt/format.h>

#include "import/format/shorten.h"
#include "import/load/type_rules.h"

namespace plexus::load {
namespace {

using format::Cell;
using Role = format::ColumnPlan::Role;

class NodeLoader {
 public:
  NodeLoader(LoadContext& context, RowStream& rows, const format::TablePlan& plan,
             const std::vector<std::string>& labels)
      : context_{context},
        rows_{rows},
        plan_{plan},
        labels_{labels},
        idColumn_{plan.find(Role::kId)},
        labelColumn_{plan.find(Role::kLabels)},
        stored_{plan, context} {
    if (idColumn_ >= 0) {
      space_ = &context.spaces.get(idPlan().idSpace);
      space_->declared = true;
    }
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
  // The nodes of a batch that have the same labels.
  struct Group {
    LabelSet labels;
    std::string existingLabel;  // ids must not be there already among nodes of the database with this label
    std::vector<std::uint32_t> rows;
    std::vector<std::size_t> slots;  // of the rows' ids
    PropertyRules rules;
  };

  const format::ColumnPlan& idPlan() const { return plan_.columns[static_cast<std::size_t>(idColumn_)]; }

  void loadBatch() {
    errors_.begin(rows_, plan_.columns.size(), context_.options.allowShortRows);
    stored_.read(rows_, errors_);
    for (Group& group : groups_) {
      group.rows.clear();
      group.slots.clear();
    }
    checkRows();
    if (space_ != nullptr) space_->ids.reserve(rows_.batch().size());
    for (std::size_t row = rows_.firstRow(); row < rows_.batch().size(); ++row) {
      prefetchId(row + kRowsAhead);
      if (!errors_.isBad(row)) takeRow(row);
    }
    errors_.tell(rows_, context_.rejects);
    for (Group& group : groups_) {
      if (!group.rows.empty()) store(group);
    }
  }

  // Before ids are taken: those of rows that are left out must stay unknown.
  void checkRows() {
    if (context_.graph.catalog().types().empty() && context_.graph.catalog().rules().empty()) return;
    for (std::size_t row = rows_.firstRow(); row < rows_.batch().size(); ++row) {
      if (!errors_.isBad(row)) groupOfRow(rows_.batch().row(row)).rows.push_back(static_cast<std::uint32_t>(row));
    }
    for (Group& group : groups_) {
      if (!group.rules.empty()) group.rules.check(stored_, group.rows, context_.unique, errors_);
      group.rows.clear();
    }
  }

  Group& groupOfRow(std::span<const Cell> cells) {
    return labelColumn_ < 0 ? groups_.front() : groupFor(cellText(cells, labelColumn_));
  }

  static constexpr std::size_t kRowsAhead = 12;  // about as long as a cache miss takes
  void prefetchId(std::size_t row) const {
    if (space_ != nullptr && row < rows_.batch().size())
      space_->ids.prefetch(cellText(rows_.batch().row(row), idColumn_));
  }

  void takeRow(std::size_t row) {
    const auto cells = rows_.batch().row(row);
    Group& group = groupOfRow(cells);
    if (space_ != nullptr && !takeId(row, cells, group)) return;
    group.rows.push_back(static_cast<std::uint32_t>(row));
  }

  bool takeId(std::size_t row, std::span<const Cell> cells, Group& group) {
    const std::string_view id = cellText(cells, idColumn_);
    const auto column = static_cast<std::size_t>(idColumn_) + 1;
    if (id.empty() || (context_.options.nullText && id == *context_.options.nullText)) {
      errors_.add(row, column, "empty id", fmt::format("column `{}`: the id is empty", idPlan().header));
      return false;
    }
    const auto [existing, slot] =
        space_->ids.tryInsert(id, IdMap::kPending, context_.places.at(rows_.batch().line(row)));
    if (existing != kNoNode) {
      const std::string first = context_.places.describe(space_->ids.placeOf(id), rows_.file());
      errors_.add(
          row, column, "duplicate id",
          fmt::format("the id `{}` is there already{}", format::shorten(id), first.empty() ? "" : " (" + first + ")"));
      return false;
    }
    if (!group.existingLabel.empty()) {
      const NodeId stored = context_.spaces.existing().find(group.existingLabel, id);
      if (stored != kNoNode) {
        space_->ids.setNode(slot, stored);
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
      space_->ids.setNode(group.slots[i], first + static_cast<NodeId>(i));
    }
    group.rules.store(stored_, group.rows, [&](PropertyKeyId key, const Vector& values) {
      context_.graph.setNodeProperty(key, first, values);
    });
  }

  // The group for what a label cell says; labels of the table come before those of the cell.
  Group& groupFor(std::string_view cell) {
    if (!groups_.empty() && cell == lastCell_) return groups_[lastGroup_];
    lastCell_.assign(cell);
    const auto known = groupOf_.find(lastCell_);
    lastGroup_ = known == groupOf_.end() ? groups_.size() : known->second;
    if (known == groupOf_.end()) addGroup(cell);
    return groups_[lastGroup_];
  }

  void addGroup(std::string_view cell) {
    std::vector<std::string> names = labels_;
    for (std::string_view rest = cell; !rest.empty();) {
      const std::size_t end = std::min(rest.find(context_.options.arrayDelimiter), rest.size());
      names.emplace_back(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    groupOf_.emplace(cell, groups_.size());
    groups_.emplace_back();
    groups_.back().labels = context_.graph.labels(names);
    groups_.back().rules = PropertyRules::ofNodes(groups_.back().labels, stored_, context_.graph.catalog());
    if (space_ != nullptr && !groups_.back().labels.names.empty()) identify(groups_.back());
  }

  void identify(Group& group) {
    const LabelSet& labels = group.labels;
    for (const std::string& label : labels.names) space_->addLabel(label);
    context_.graph.identify(labels, idPlan().property, space_->name);
    const std::string& primary = labels.names.front();
    const std::string indexed = context_.spaces.existing().idProperty(primary);
    if (indexed.empty() || indexed != idPlan().property) return;
    group.existingLabel = primary;
    context_.spaces.extendToDatabase(*space_, primary);
  }

  static std::string_view cellText(std::span<const Cell> cells, int column) {
    const auto i = static_cast<std::size_t>(column);
    return i < cells.size() ? cells[i].text() : std::string_view{};
  }

  LoadContext& context_;
  RowStream& rows_;
  const format::TablePlan& plan_;
  const std::vector<std::string>& labels_;
  int idColumn_, labelColumn_;
  StoredColumns stored_;
  IdSpace* space_ = nullptr;  // null: the nodes have no ids
  RowErrors errors_;
  std::vector<Group> groups_;
  std::unordered_map<std::string, std::size_t> groupOf_;  // by label cell
  std::string lastCell_;                                  // files are mostly sorted by labels
  std::size_t lastGroup_ = 0;
};

}  // namespace

void loadNodes(LoadContext& context, RowStream& rows, const format::TablePlan& plan,
               const std::vector<std::string>& labels) {
  NodeLoader{context, rows, plan, labels}.run();
}

}  // namespace plexus::load
