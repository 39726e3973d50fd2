#include "import/load/import_job.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include <fmt/format.h>

#include "import/format/hetionet.h"
#include "import/format/neo4j_header.h"
#include "import/load/csv_plan.h"
#include "import/load/load_hetionet.h"
#include "import/load/load_nodes.h"
#include "import/load/load_relationships.h"

namespace plexus::load {
namespace {

using format::ColumnPlan;
using Role = ColumnPlan::Role;

[[noreturn]] void failArgument(std::string message) {
  throw Error{ErrorType::kArgumentError, Phase::kCompile, "InvalidArgumentValue", std::move(message)};
}

void checkOptions(const ImportOptions& options) {
  if (options.format == Format::kHetionet) {
    if (options.files.empty()) failArgument("no files to import: give nodes.tsv and a .sif file");
    if (!options.nodes.empty() || !options.relationships.empty()) {
      failArgument("the hetionet format takes files without --nodes or --relationships");
    }
    return;
  }
  if (options.nodes.empty() && options.relationships.empty()) {
    failArgument("nothing to import: give --nodes or --relationships");
  }
  if (!options.files.empty()) {
    failArgument(
        fmt::format("`{}`: this format takes files with --nodes and --relationships", options.files[0].string()));
  }
  for (const NodeSource& source : options.nodes) {
    if (options.format != Format::kCsv) continue;
    if (source.labels.empty()) failArgument("--nodes: a label is missing: --nodes LABEL=FILE");
    if (source.idColumn.empty()) failArgument(fmt::format("--nodes {}: --id COLUMN is missing", source.labels[0]));
  }
  for (const RelationshipSource& source : options.relationships) {
    if (options.format != Format::kCsv) continue;
    if (source.type.empty()) failArgument("--relationships: a type is missing: --relationships TYPE=FILE");
    if (source.from.column.empty() || source.to.column.empty()) {
      failArgument(
          fmt::format("--relationships {}: --from LABEL.COLUMN and --to LABEL.COLUMN are needed", source.type));
    }
  }
}

class Job {
 public:
  Job(const ImportTarget& target, const ImportOptions& options, Progress& progress, const OpenFile& open)
      : options_{options},
        graph_{target.bulk, target.catalog},
        spaces_{target.existing},
        rejects_{options},
        meter_{progress},
        cycles_{*target.catalog, target.before},
        statements_{graph_, target.before},
        unique_{target.before},
        context_{options, graph_,      spaces_, rejects_,      meter_, places_,
                 cycles_, statements_, unique_, target.before, open} {
    for (const NodeSource& source : options.nodes) expect(source.files);
    for (const RelationshipSource& source : options.relationships) expect(source.files);
    expect(options.files);
  }

  ImportReport run(const ImportTarget& target) {
    if (options_.format == Format::kHetionet) {
      loadHetionet(context_, options_.files);
    } else {
      for (const NodeSource& source : options_.nodes) nodes(source);
      for (const RelationshipSource& source : options_.relationships) relationships(source);
    }
    cycles_.require();
    ImportReport report;
    statements_.finish(report.notes);
    graph_.finish(target.hasNodes, report.notes);
    graph_.report(report);
    rejects_.report(report);
    report.readSeconds = report.seconds = meter_.seconds();
    meter_.begin(ProgressState::Phase::kWriting, "", graph_);
    return report;
  }

 private:
  void expect(const std::vector<std::filesystem::path>& files) {
    for (const auto& file : files) meter_.expect(file);
  }

  bool isNeo4j() const { return options_.format == Format::kNeo4j; }
  RowStream::Header headerMode() const { return isNeo4j() ? RowStream::Header::kFirstFile : csvHeader(options_); }

  void nodes(const NodeSource& source) {
    RowStream rows{source.files, context_.open, headerMode()};
    if (!isNeo4j()) meter_.begin(ProgressState::Phase::kInferring, rows.fileOfHeader(), graph_);
    const format::TablePlan plan = isNeo4j() ? neo4jPlan(rows, format::TableKind::kNodes)
                                             : planNodes(source, rows, options_, context_.open, graph_.catalog());
    const int id = plan.find(Role::kId);
    const std::string space = id < 0 ? "" : plan.columns[static_cast<std::size_t>(id)].idSpace;
    if (id >= 0) spaces_.get(space).declared = true;
    loadNodes(context_, rows, plan, [&](const std::string& cell) {
      return NodeKind{.labels = joined(source.labels, cell), .idSpace = space};
    });
  }

  // Labels of the table come before those of the cell.
  std::vector<std::string> joined(std::vector<std::string> labels, std::string_view cell) const {
    while (!cell.empty()) {
      const std::size_t end = std::min(cell.find(options_.arrayDelimiter), cell.size());
      labels.emplace_back(cell.substr(0, end));
      cell.remove_prefix(std::min(end + 1, cell.size()));
    }
    return labels;
  }

  void relationships(const RelationshipSource& source) {
    RowStream rows{source.files, context_.open, headerMode()};
    if (!isNeo4j()) {
      meter_.begin(ProgressState::Phase::kInferring, rows.fileOfHeader(), graph_);
      RelationKind kind{
          .type = source.type, .starts = spacesWithLabel(source.from.label), .ends = spacesWithLabel(source.to.label)};
      loadRelationships(context_, rows, planRelationships(source, rows, options_, context_.open, graph_.catalog()),
                        [&](const std::string&) { return kind; });
      return;
    }
    format::TablePlan plan = neo4jPlan(rows, format::TableKind::kRelationships);
    const int typeColumn = plan.find(Role::kType);
    if (source.type.empty() && typeColumn < 0) {
      throw headerError(rows, "", "the header has no :TYPE column, and --relationships names no type");
    }
    if (!source.type.empty() && typeColumn >= 0) {
      plan.columns[static_cast<std::size_t>(typeColumn)].role = Role::kIgnore;
    }
    RelationKind kind{.starts = {&declaredSpace(rows, plan, Role::kStart)},
                      .ends = {&declaredSpace(rows, plan, Role::kEnd)}};
    loadRelationships(context_, rows, plan, [&](const std::string& cell) {
      kind.type = source.type.empty() ? cell : source.type;
      if (kind.type.empty())
        return RelationKind{.refusalKind = "empty type", .refusal = "the relationship has no type"};
      return kind;
    });
  }

  format::TablePlan neo4jPlan(const RowStream& rows, format::TableKind kind) const {
    format::TablePlan plan = format::parseNeo4jHeader(rows.headerCells(), kind, rows.fileOfHeader(), rows.headerLine());
    const int id = plan.find(Role::kId);
    if (id >= 0 && options_.integerIds)
      plan.columns[static_cast<std::size_t>(id)].type = *format::parseCellType("long");
    return plan;
  }

  static Error headerError(const RowStream& rows, std::string column, std::string message) {
    return Error{ErrorType::kInputError, Phase::kRuntime, "InvalidHeader", std::move(message),
                 RecordPosition{rows.fileOfHeader(), rows.headerLine(), std::move(column)}};
  }

  // The id space of an end; a space that no file declares is taken for a label that the database has an index on.
  IdSpace& declaredSpace(const RowStream& rows, const format::TablePlan& plan, Role role) {
    const int index = plan.find(role);
    const ColumnPlan& column = plan.columns[static_cast<std::size_t>(index)];
    IdSpace& space = spaces_.get(column.idSpace);
    if (space.declared || spaces_.extendToDatabase(space, column.idSpace)) return space;
    throw headerError(rows, std::to_string(index + 1),
                      column.idSpace.empty() ? fmt::format("`{}`: no node file declares ids", column.header)
                                             : fmt::format("the id space `{}` is declared by no node file, and the "
                                                           "database has no unique index on such a label",
                                                           column.idSpace));
  }

  std::vector<IdSpace*> spacesWithLabel(const std::string& label) {
    std::vector<IdSpace*> found;
    for (IdSpace& space : spaces_.all()) {
      if (space.hasLabel(label)) found.push_back(&space);
    }
    if (!found.empty()) return found;
    IdSpace& space = spaces_.get(label);
    if (!spaces_.extendToDatabase(space, label)) {
      failArgument(
          fmt::format("no --nodes gives nodes the label `{}`, and the database has no unique index on it", label));
    }
    return {&space};
  }

  const ImportOptions& options_;
  GraphBuilder graph_;
  IdSpaces spaces_;
  Rejects rejects_;
  ProgressMeter meter_;
  RowPlaces places_;
  CycleCheck cycles_;
  StatementMerge statements_;
  UniqueValues unique_;
  LoadContext context_;
};

// Nodes of a snapshot, by the unique indexes of its catalog.
class NodesOfView final : public ExistingNodes {
 public:
  explicit NodesOfView(const storage::GraphView& view) : view_{view}, catalog_{catalog::Catalog::of(view)} {}

  std::string idProperty(const std::string& label) const override {
    const catalog::SchemaRule* rule = ruleOf(label);
    return rule == nullptr ? "" : catalog_.propertyKeys.name(rule->spec.properties[0]);
  }

  NodeId find(const std::string& label, std::string_view id) const override {
    const catalog::SchemaRule* rule = ruleOf(label);
    if (rule == nullptr || view_.labelled(rule->spec.labelOrType).isEmpty()) return kNoNode;
    const NodeId byText = seek(*rule, Value{id});
    if (byText != kNoNode) return byText;
    std::string ignored;
    format::TypeInference inference;
    inference.see(id);
    const std::optional<Value> number = format::parseScalar(inference.result(), id, ignored);
    return number && !number->is(ValueKind::kString) ? seek(*rule, *number) : kNoNode;
  }

  bool hasNodes(const std::string& label) const {
    const std::optional<LabelId> known = catalog_.labels.find(label);
    return known && !view_.labelled(*known).isEmpty();
  }

 private:
  const catalog::SchemaRule* ruleOf(const std::string& label) const {
    const std::optional<LabelId> known = catalog_.labels.find(label);
    if (!known) return nullptr;
    const auto& rules = catalog_.rules();
    const auto found = std::find_if(rules.begin(), rules.end(), [&](const catalog::SchemaRule& rule) {
      return rule.hasIndex && rule.spec.unique && !rule.spec.onRelationships && rule.spec.labelOrType == *known &&
             rule.spec.properties.size() == 1;
    });
    return found == rules.end() ? nullptr : &*found;
  }

  NodeId seek(const catalog::SchemaRule& rule, const Value& value) const {
    const std::vector<std::uint32_t> nodes = view_.seek(rule.spec.id, std::span{&value, 1});
    return nodes.empty() ? kNoNode : nodes.front();
  }

  const storage::GraphView& view_;
  const catalog::Catalog& catalog_;
};

std::string violationMessage(const catalog::Catalog& catalog, IndexId index) {
  for (const catalog::SchemaRule& rule : catalog.rules()) {
    if (!rule.hasIndex || rule.spec.id != index) continue;
    const bool ofNodes = !rule.spec.onRelationships;
    std::string keys;
    for (const PropertyKeyId key : rule.spec.properties) {
      keys += (keys.empty() ? "`" : ", `") + catalog.propertyKeys.name(key) + "`";
    }
    return fmt::format("two {} of `{}` would have the same {} (index `{}`)", ofNodes ? "nodes" : "relationships",
                       (ofNodes ? catalog.labels : catalog.relTypes).name(rule.spec.labelOrType), keys, rule.name);
  }
  return "two nodes or relationships would have the same values in a unique index";
}

}  // namespace

ImportReport runImport(const ImportTarget& target, const ImportOptions& options, Progress& progress,
                       const OpenFile& open) {
  checkOptions(options);
  return Job{target, options, progress, open}.run(target);
}

ImportReport importInto(storage::Store& store, const ImportOptions& options, Progress& progress, OpenFile open) {
  const auto start = std::chrono::steady_clock::now();
  if (!open) {
    const format::CsvDialect dialect =
        options.format == Format::kHetionet ? format::hetionet::dialect() : options.dialect;
    open = [dialect](const std::filesystem::path& file) { return std::make_unique<format::CsvReader>(file, dialect); };
  }
  // The load first: while it lives nobody else writes, so that the snapshot stays the latest.
  const unsigned threads = options.threads > 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
  const std::unique_ptr<storage::BulkLoad> bulk = store.bulkLoad(options.memoryBytes, threads);
  std::shared_ptr<catalog::Catalog> catalog;
  ImportReport report;
  {
    // Not open any longer than it is read: files are best ingested while no view is.
    const storage::GraphView view = store.snapshot();
    const NodesOfView existing{view};
    catalog = catalog::Catalog::of(view).copy();
    report = runImport({*bulk, catalog, existing, [&](const std::string& l) { return existing.hasNodes(l); }, &view},
                       options, progress, open);
  }
  const auto seconds = [start] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  try {
    ProgressState writing{
        .phase = ProgressState::Phase::kWriting, .nodes = report.nodes, .relationships = report.relationships};
    bulk->finish([&] {
      writing.seconds = seconds();
      progress.update(writing);
    });
  } catch (const storage::UniqueViolation& violation) {
    throw Error{ErrorType::kConstraintValidationFailed, Phase::kRuntime, "",
                violationMessage(*catalog, violation.index)};
  }
  report.seconds = seconds();
  return report;
}

}  // namespace plexus::load
