#include "import/load/load_hetionet.h"

#include <fmt/format.h>

#include "core/base/nearest_name.h"
#include "import/format/hetionet.h"
#include "import/format/shorten.h"
#include "import/load/load_nodes.h"
#include "import/load/load_relationships.h"

namespace plexus::load {
namespace {

namespace hetionet = format::hetionet;
using Role = format::ColumnPlan::Role;

format::CellType text() { return *format::parseCellType("string"); }

const format::TablePlan& nodePlan() {
  static const format::TablePlan kPlan{{{Role::kId, "id", "id", "", text()},
                                        {Role::kProperty, "name", "name", "", text()},
                                        {Role::kLabels, "kind", "", "", text()}}};
  return kPlan;
}

const format::TablePlan& edgePlan() {
  static const format::TablePlan kPlan{{{Role::kStart, "source", "", "", text()},
                                        {Role::kType, "metaedge", "", "", text()},
                                        {Role::kEnd, "target", "", "", text()}}};
  return kPlan;
}

std::string labelOf(std::uint8_t kind) { return std::string{hetionet::kinds()[kind].label}; }

// Why a text that should have been the name of one of `rows` is wrong.
template <typename Rows, typename Name>
std::string refusal(const std::string& text, const char* notion, const Rows& rows, Name name) {
  std::vector<std::string> known;
  for (const auto& row : rows) known.emplace_back(name(row));
  const std::string hint = didYouMean(text, known);
  return fmt::format("`{}` is not a {} of Hetionet's{}", format::shorten(text), notion,
                     hint.empty() ? "" : "; " + hint);
}

NodeKind nodeKind(const std::string& text) {
  const auto kind = hetionet::findKind(text);
  if (kind) return {.labels = {labelOf(*kind)}, .idSpace = labelOf(*kind)};
  return {.refusalKind = "unknown kind",
          .refusal = refusal(text, "kind", hetionet::kinds(), [](const auto& row) { return row.name; })};
}

std::vector<IdSpace*> spaceOf(LoadContext& context, std::uint8_t kind) {
  IdSpace& space = context.spaces.get(labelOf(kind));
  context.spaces.extendToDatabase(space, space.name);
  return {&space};
}

RelationKind relationKind(LoadContext& context, const std::string& text) {
  const auto index = hetionet::findMetaedge(text);
  if (!index) {
    return {
        .refusalKind = "unknown metaedge",
        .refusal = refusal(text, "metaedge", hetionet::metaedges(), [](const auto& row) { return row.abbreviation; })};
  }
  const hetionet::Metaedge& metaedge = hetionet::metaedges()[*index];
  return {.type = std::string{metaedge.type},
          .starts = spaceOf(context, metaedge.source),
          .ends = spaceOf(context, metaedge.target),
          .endsRule =
              fmt::format("{} begins at {} and ends at {}", text, labelOf(metaedge.source), labelOf(metaedge.target))};
}

}  // namespace

void loadHetionet(LoadContext& context, const std::vector<std::filesystem::path>& files) {
  std::vector<std::filesystem::path> nodes, edges;
  for (const auto& file : files) {
    const RowStream rows{{file}, context.open, RowStream::Header::kFirstFile};
    const auto table = hetionet::recognise(rows.headerCells(), rows.fileOfHeader());
    (table == hetionet::Table::kNodes ? nodes : edges).push_back(file);
  }
  if (!nodes.empty()) {
    RowStream rows{nodes, context.open, RowStream::Header::kEachFile};
    loadNodes(context, rows, nodePlan(), nodeKind);
  }
  if (!edges.empty()) {
    RowStream rows{edges, context.open, RowStream::Header::kEachFile};
    loadRelationships(context, rows, edgePlan(),
                      [&](const std::string& metaedge) { return relationKind(context, metaedge); });
  }
}

}  // namespace plexus::load
