#include "import/load/load_relationships.h"

#include <unordered_map>

#include <fmt/format.h>

#include "import/format/shorten.h"
#include "import/load/type_rules.h"

namespace plexus::load {
namespace {

using format::Cell;
using Role = format::ColumnPlan::Role;

class RelationshipLoader {
 public:
  RelationshipLoader(LoadContext& context, RowStream& rows, const format::TablePlan& plan, const std::string& type,
                     std::vector<IdSpace*> starts, std::vector<IdSpace*> ends)
      : context_{context},
        rows_{rows},
        plan_{plan},
        startColumn_{static_cast<std::size_t>(plan.find(Role::kStart))},
        endColumn_{static_cast<std::size_t>(plan.find(Role::kEnd))},
        typeColumn_{type.empty() ? plan.find(Role::kType) : -1},
        start_{context.spaces, std::move(starts)},
        end_{context.spaces, std::move(ends)},
        stored_{plan, context} {
    if (typeColumn_ < 0) groupFor(type);
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
  // The relationships of a batch that have the same type.
  struct Group {
    RelTypeId type;
    bool reversed;  // the table names the inverse of the type
    bool mayCycle, keepsEvidence;
    PropertyRules properties;
    RelationRules relation;
    std::vector<NodeId> starts, ends;
    std::vector<std::uint32_t> rows;
  };

  void loadBatch() {
    errors_.begin(rows_, plan_.columns.size(), context_.options.allowShortRows);
    stored_.read(rows_, errors_);
    for (Group& group : groups_) {
      group.starts.clear();
      group.ends.clear();
      group.rows.clear();
    }
    for (std::size_t row = rows_.firstRow(); row < rows_.batch().size(); ++row) {
      prefetchEnds(row + kRowsAhead);
      if (!errors_.isBad(row)) takeRow(row);
    }
    for (Group& group : groups_) checkRows(group);
    errors_.tell(rows_, context_.rejects);
    for (Group& group : groups_) {
      if (!group.rows.empty()) store(group);
    }
  }

  void checkRows(Group& group) {
    if (group.rows.empty()) return;
    if (group.properties.empty() && group.relation.empty() && !group.keepsEvidence) return;
    group.properties.check(stored_, group.rows, context_.unique, errors_);
    const std::size_t start = startColumn_ + 1, end = endColumn_ + 1;
    group.relation.check(group.starts, group.ends, group.rows, group.reversed ? end : start,
                         group.reversed ? start : end, errors_);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < group.rows.size(); ++i) {
      if (errors_.isBad(group.rows[i])) continue;
      if (group.keepsEvidence &&
          !context_.statements.isNew(group.type, group.starts[i], group.ends[i], stored_, group.rows[i])) {
        continue;
      }
      group.starts[kept] = group.starts[i];
      group.ends[kept] = group.ends[i];
      group.rows[kept++] = group.rows[i];
    }
    group.starts.resize(kept);
    group.ends.resize(kept);
    group.rows.resize(kept);
  }

  static constexpr std::size_t kRowsAhead = 12;  // about as long as a cache miss takes
  void prefetchEnds(std::size_t row) const {
    if (row >= rows_.batch().size()) return;
    const auto cells = rows_.batch().row(row);
    if (startColumn_ < cells.size()) start_.prefetch(cells[startColumn_].text());
    if (endColumn_ < cells.size()) end_.prefetch(cells[endColumn_].text());
  }

  void takeRow(std::size_t row) {
    const auto cells = rows_.batch().row(row);
    const NodeId start = resolve(start_, row, cells, startColumn_);
    const NodeId end = resolve(end_, row, cells, endColumn_);
    Group* group = typeColumn_ < 0 ? &groups_.front() : groupOfRow(row, cells);
    if (start == kNoNode || end == kNoNode || group == nullptr) return;
    group->starts.push_back(group->reversed ? end : start);
    group->ends.push_back(group->reversed ? start : end);
    group->rows.push_back(static_cast<std::uint32_t>(row));
  }

  NodeId resolve(EndResolver& resolver, std::size_t row, std::span<const Cell> cells, std::size_t column) {
    const std::string_view id = column < cells.size() ? cells[column].text() : std::string_view{};
    const NodeId node = id.empty() ? kNoNode : resolver.resolve(id);
    if (node != kNoNode) return node;
    const std::string& header = plan_.columns[column].header;
    if (id.empty()) {
      errors_.add(row, column + 1, "empty id", fmt::format("column `{}`: the id is empty", header));
    } else {
      errors_.add(row, column + 1, "unknown node", unknownNode(context_.spaces, resolver.candidates(), id));
    }
    return kNoNode;
  }

  Group* groupOfRow(std::size_t row, std::span<const Cell> cells) {
    const auto column = static_cast<std::size_t>(typeColumn_);
    const std::string_view type = column < cells.size() ? cells[column].text() : std::string_view{};
    if (!type.empty()) return &groupFor(type);
    errors_.add(row, column + 1, "empty type", "the relationship has no type");
    return nullptr;
  }

  Group& groupFor(std::string_view type) {
    if (!groups_.empty() && type == lastType_) return groups_[lastGroup_];
    lastType_.assign(type);
    const auto [entry, isNew] = groupOf_.emplace(lastType_, groups_.size());
    if (isNew) addGroup(context_.graph.type(type));
    lastGroup_ = entry->second;
    return groups_[lastGroup_];
  }

  void addGroup(RelTypeId named) {
    const auto& catalog = context_.graph.catalog();
    const auto meant = catalog.types().reading(named);
    groups_.push_back({meant.type,
                       meant.reversed,
                       context_.cycles.concerns(meant.type),
                       context_.statements.concerns(meant.type),
                       PropertyRules::ofRelationships(meant.type, stored_, catalog),
                       RelationRules{meant.type, context_.graph, context_.before},
                       {},
                       {},
                       {}});
  }

  void store(const Group& group) {
    const std::uint64_t first = context_.graph.addRelationships(group.type, group.starts, group.ends);
    group.properties.store(stored_, group.rows, [&](PropertyKeyId key, const Vector& values) {
      context_.graph.setRelProperty(group.type, key, first, values);
    });
    if (!group.mayCycle) return;
    for (std::size_t i = 0; i < group.rows.size(); ++i) {
      context_.cycles.add(group.type, group.starts[i], group.ends[i], rows_.batch().line(group.rows[i]));
    }
  }

  LoadContext& context_;
  RowStream& rows_;
  const format::TablePlan& plan_;
  std::size_t startColumn_, endColumn_;
  int typeColumn_;
  EndResolver start_, end_;
  StoredColumns stored_;
  RowErrors errors_;
  std::vector<Group> groups_;
  std::unordered_map<std::string, std::size_t> groupOf_;  // by type
  std::string lastType_;
  std::size_t lastGroup_ = 0;
};

}  // namespace

void loadRelationships(LoadContext& context, RowStream& rows, const format::TablePlan& plan, const std::string& type,
                       std::vector<IdSpace*> starts, std::vector<IdSpace*> ends) {
  RelationshipLoader{context, rows, plan, type, std::move(starts), std::move(ends)}.run();
}

std::string unknownNode(IdSpaces& spaces, const std::vector<IdSpace*>& candidates, std::string_view id) {
  const std::string& expected = candidates.front()->name;
  std::string message = expected.empty()
                            ? fmt::format("no node has the id `{}`", format::shorten(id))
                            : fmt::format("no node of `{}` has the id `{}`", expected, format::shorten(id));
  for (IdSpace& space : spaces.all()) {
    if (&space != candidates.front() && space.ids.find(id) != kNoNode) {
      return message + fmt::format(", but one of `{}` has", space.name);
    }
  }
  return message;
}

}  // namespace plexus::load
