#include "import/load/load_relationships.h"

#include <optional>

#include <fmt/format.h>

#include "import/format/shorten.h"
#include "import/load/groups_by_text.h"
#include "import/load/relation_rows.h"

namespace plexus::load {
namespace {

using format::Cell;
using Role = format::ColumnPlan::Role;

class RelationshipLoader {
 public:
  RelationshipLoader(LoadContext& context, RowStream& rows, const format::TablePlan& plan, const RelationKindOf& kindOf)
      : context_{context},
        rows_{rows},
        plan_{plan},
        kindOf_{kindOf},
        startColumn_{static_cast<std::size_t>(plan.find(Role::kStart))},
        endColumn_{static_cast<std::size_t>(plan.find(Role::kEnd))},
        typeColumn_{plan.find(Role::kType)},
        stored_{plan, context} {
    if (typeColumn_ < 0) groupFor({});
  }

  void run() {
    while (rows_.next()) {
      if (rows_.startsFile()) {
        context_.meter.begin(ProgressState::Phase::kRelationships, rows_.file(), context_.graph);
        context_.cycles.beginFile(rows_.file());
      }
      loadBatch();
      context_.meter.update(rows_.bytesRead(), context_.graph);
    }
    context_.meter.endGroup(rows_.bytesRead());
  }

 private:
  // The relationships of a batch that have the same kind.
  struct Group {
    RelationKind kind;
    EndResolver start, end;
    std::optional<RelationRows> rows;  // nothing if they are refused
  };

  void loadBatch() {
    errors_.begin(rows_, plan_.columns.size(), context_.options.allowShortRows);
    stored_.read(rows_, errors_);
    for (Group& group : groups_) {
      if (group.rows) group.rows->clear();
    }
    for (std::size_t row = rows_.firstRow(); row < rows_.batch().size(); ++row) {
      prefetchEnds(row + kRowsAhead);
      if (!errors_.isBad(row)) takeRow(row);
    }
    for (Group& group : groups_) {
      if (group.rows) group.rows->check(startColumn_ + 1, endColumn_ + 1, errors_);
    }
    errors_.tell(rows_, context_.rejects);
    for (Group& group : groups_) {
      if (group.rows) group.rows->store(errors_, rows_.batch());
    }
  }

  static constexpr std::size_t kRowsAhead = 12;  // about as long as a cache miss takes
  void prefetchEnds(std::size_t row) const {
    const Group* group = groups_.last();
    if (row >= rows_.batch().size() || group == nullptr || !group->rows) return;
    const auto cells = rows_.batch().row(row);
    if (startColumn_ < cells.size()) group->start.prefetch(cells[startColumn_].text());
    if (endColumn_ < cells.size()) group->end.prefetch(cells[endColumn_].text());
  }

  void takeRow(std::size_t row) {
    const auto cells = rows_.batch().row(row);
    Group& group = typeColumn_ < 0 ? *groups_.last() : groupFor(cellText(cells, static_cast<std::size_t>(typeColumn_)));
    if (!group.rows) {
      errors_.add(row, static_cast<std::size_t>(typeColumn_ + 1), group.kind.refusalKind, group.kind.refusal);
      return;
    }
    const NodeId start = resolve(group, group.start, row, cells, startColumn_);
    const NodeId end = resolve(group, group.end, row, cells, endColumn_);
    if (start != kNoNode && end != kNoNode) group.rows->add(start, end, static_cast<std::uint32_t>(row));
  }

  NodeId resolve(const Group& group, EndResolver& resolver, std::size_t row, std::span<const Cell> cells,
                 std::size_t column) {
    const std::string_view id = cellText(cells, column);
    const NodeId node = id.empty() ? kNoNode : resolver.resolve(id);
    if (node != kNoNode) return node;
    if (id.empty()) {
      errors_.add(row, column + 1, "empty id",
                  fmt::format("column `{}`: the id is empty", plan_.columns[column].header));
    } else {
      unknownNode(group, resolver.candidates().front()->name, row, column, id);
    }
    return kNoNode;
  }

  // "no node of `Person` has the id `7`", with the other space that has it, if one does.
  void unknownNode(const Group& group, const std::string& expected, std::size_t row, std::size_t column,
                   std::string_view id) {
    const std::string message =
        fmt::format("no node{} has the id `{}`", expected.empty() ? "" : " of `" + expected + "`", format::shorten(id));
    for (IdSpace& space : context_.spaces.all()) {
      if (space.name == expected || space.ids.find(id) == kNoNode) continue;
      const std::string& rule = group.kind.endsRule;
      return errors_.add(
          row, column + 1, rule.empty() ? "unknown node" : "wrong kind",
          fmt::format("{}, but one of `{}` has{}", message, space.name, rule.empty() ? "" : ": " + rule));
    }
    errors_.add(row, column + 1, "unknown node", message);
  }

  static std::string_view cellText(std::span<const Cell> cells, std::size_t column) {
    return column < cells.size() ? cells[column].text() : std::string_view{};
  }

  Group& groupFor(std::string_view text) {
    return groups_.of(text, [this](const std::string& cell) { return makeGroup(cell); });
  }

  Group makeGroup(const std::string& text) {
    RelationKind kind = kindOf_(text);
    std::optional<RelationRows> rows;
    if (kind.refusal.empty()) rows.emplace(context_.graph.type(kind.type), stored_, context_);
    EndResolver start{context_.spaces, kind.starts}, end{context_.spaces, kind.ends};
    return {std::move(kind), std::move(start), std::move(end), std::move(rows)};
  }

  LoadContext& context_;
  RowStream& rows_;
  const format::TablePlan& plan_;
  const RelationKindOf& kindOf_;
  std::size_t startColumn_, endColumn_;
  int typeColumn_;
  StoredColumns stored_;
  RowErrors errors_;
  GroupsByText<Group> groups_;  // by the type column; without it there is one
};

}  // namespace

void loadRelationships(LoadContext& context, RowStream& rows, const format::TablePlan& plan,
                       const RelationKindOf& kindOf) {
  RelationshipLoader{context, rows, plan, kindOf}.run();
}

}  // namespace plexus::load
