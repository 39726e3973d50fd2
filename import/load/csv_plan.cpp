#include "import/load/csv_plan.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "core/base/nearest_name.h"

namespace plexus::load {
namespace {

using format::ColumnPlan;
using Role = ColumnPlan::Role;
using Declared = std::vector<std::pair<PropertyKeyId, CheckedType>>;  // the first of a key counts

// How cells of a property of that type are read; nothing: as their values suggest.
std::optional<format::CellType> cellTypeOf(const CheckedType& type) {
  if (!type.alternatives.empty()) return std::nullopt;
  if (type.base != "LIST") return format::parseCellType(type.base);
  return format::parseCellType("LIST<" + (type.arguments.empty() ? "STRING" : type.arguments.front().base) + ">");
}

void addDeclared(const std::vector<const catalog::PropertyDeclaration*>& properties, Declared& all) {
  for (const auto* property : properties) all.emplace_back(property->key, property->type);
}

// What constraints ask of properties.
void addConstrained(const catalog::Catalog& catalog, bool onRelationships, std::uint16_t owner, Declared& all) {
  for (const auto& rule : catalog.rules()) {
    const bool concerns = rule.spec.onRelationships == onRelationships && rule.spec.labelOrType == owner;
    if (!concerns || rule.constraint != catalog::ConstraintKind::kPropertyType) continue;
    all.emplace_back(rule.spec.properties.front(), typeOfText(rule.propertyType));
  }
}

Declared declaredOf(const NodeSource& source, const catalog::Catalog& catalog) {
  Declared all;
  std::vector<LabelId> labels;
  for (const std::string& name : source.labels) {
    const auto label = catalog.labels.find(name);
    if (!label) continue;
    labels.push_back(*label);
    if (const auto* type = catalog.types().nodeType(*label)) addDeclared(catalog.types().properties(*type), all);
    const auto above = catalog.types().ancestors(*label);
    labels.insert(labels.end(), above.begin(), above.end());
  }
  for (const LabelId label : labels) addConstrained(catalog, false, label, all);
  return all;
}

Declared declaredOf(const RelationshipSource& source, const catalog::Catalog& catalog) {
  Declared all;
  const auto name = catalog.relTypes.find(source.type);
  if (!name) return all;
  const RelTypeId id = catalog.types().reading(*name).type;
  if (const auto* type = catalog.types().relationType(id)) addDeclared(catalog.types().properties(*type), all);
  addConstrained(catalog, true, id, all);
  return all;
}

class CsvPlanner {
 public:
  CsvPlanner(const std::vector<std::filesystem::path>& files, const RowStream& rows, const ImportOptions& options,
             const OpenFile& open)
      : files_{files}, rows_{rows}, options_{options}, open_{open} {
    std::set<std::string_view> seen;
    for (const std::string& name : rows.header()) {
      const std::string number = std::to_string(plan_.columns.size() + 1);
      if (!seen.insert(name).second) {
        throw Error{ErrorType::kInputError, Phase::kRuntime, "InvalidHeader",
                    fmt::format("the column `{}` is there twice", name),
                    RecordPosition{rows.fileOfHeader(), rows.headerLine(), number}};
      }
      ColumnPlan column;
      column.header = name;
      plan_.columns.push_back(std::move(column));
    }
    typed_.resize(plan_.columns.size());
  }

  ColumnPlan& give(Role role, const std::string& name, const std::string& option) {
    ColumnPlan& column = plan_.columns[indexOf(name, option)];
    column.role = role;
    return column;
  }

  // `properties`: what was asked for; absent: every column that has no role yet.
  void addProperties(const std::optional<std::vector<PropertyColumn>>& properties) {
    if (!properties) {
      for (ColumnPlan& column : plan_.columns) {
        if (column.role == Role::kIgnore) store(column, Role::kProperty, {});
      }
      return;
    }
    for (const PropertyColumn& property : *properties) {
      const std::size_t index = indexOf(property.column, "--properties");
      ColumnPlan& column = plan_.columns[index];
      const bool isEnd = column.role == Role::kStart || column.role == Role::kEnd;
      if (isEnd)
        fail(fmt::format("`{}` is an end of the relationship, it cannot be a property as well", property.column));
      store(column, column.role == Role::kId ? Role::kId : Role::kProperty, property.property);
      if (property.type) declare(index, *property.type);
    }
  }

  format::TablePlan finish(const Declared& declared, const catalog::Catalog& catalog) {
    for (const auto& [key, type] : declared) takeType(catalog.propertyKeys.name(key), type);
    inferTypes();
    return std::move(plan_);
  }

  static void store(ColumnPlan& column, Role role, const std::string& property) {
    column.role = role;
    column.property = property.empty() ? column.header : property;
  }

 private:
  std::size_t indexOf(const std::string& name, const std::string& option) const {
    const auto& header = rows_.header();
    const auto found = std::find(header.begin(), header.end(), name);
    if (found != header.end()) return static_cast<std::size_t>(found - header.begin());
    fail(fmt::format("{}: {} has no column `{}`", option, rows_.fileOfHeader(), name), didYouMean(name, header));
  }

  void declare(std::size_t index, const std::string& name) {
    const std::optional<format::CellType> type = format::parseCellType(name);
    if (!type) {
      static const std::vector<std::string> kKnown{"INTEGER", "FLOAT",          "BOOLEAN",  "STRING",
                                                   "DATE",    "LOCAL DATETIME", "DATETIME", "LOCAL TIME",
                                                   "TIME",    "DURATION",       "POINT"};
      fail(fmt::format("--properties: unknown type `{}`", name), didYouMean(name, kKnown));
    }
    plan_.columns[index].type = *type;
    typed_[index] = true;
  }

  void takeType(const std::string& property, const CheckedType& declared) {
    const auto type = cellTypeOf(declared);
    for (std::size_t i = 0; i < plan_.columns.size(); ++i) {
      if (!type || !wantsInference(i) || plan_.columns[i].property != property) continue;
      plan_.columns[i].type = *type;
      typed_[i] = true;
    }
  }

  bool wantsInference(std::size_t i) const {
    const Role role = plan_.columns[i].role;
    return !typed_[i] && (role == Role::kProperty || role == Role::kId);
  }

  void inferTypes() {
    std::vector<std::size_t> wanted;
    for (std::size_t i = 0; i < plan_.columns.size(); ++i) {
      if (wantsInference(i)) wanted.push_back(i);
    }
    if (wanted.empty()) return;
    std::vector<format::TypeInference> inferences(plan_.columns.size());
    try {
      readAll(wanted, inferences);
    } catch (const Error& e) {
      // A file that breaks off: loading it says so, after the rows before the break.
      if (e.type() != ErrorType::kInputError) throw;
    }
    for (const std::size_t i : wanted) plan_.columns[i].type = inferences[i].result();
  }

  void readAll(const std::vector<std::size_t>& wanted, std::vector<format::TypeInference>& inferences) const {
    RowStream rows{files_, open_, csvHeader(options_)};
    while (rows.next()) {
      for (std::size_t row = rows.firstRow(); row < rows.batch().size(); ++row) {
        const auto cells = rows.batch().row(row);
        for (const std::size_t i : wanted) {
          if (i < cells.size() && !isNull(cells[i])) inferences[i].see(cells[i].text());
        }
      }
    }
  }

  bool isNull(const format::Cell& cell) const {
    return cell.empty() || (!cell.quoted && options_.nullText && cell.text() == *options_.nullText);
  }

  [[noreturn]] static void fail(std::string message, std::string hint = {}) {
    throw Error{
        ErrorType::kArgumentError, Phase::kCompile, "InvalidArgumentValue", std::move(message), {}, std::move(hint)};
  }

  const std::vector<std::filesystem::path>& files_;
  const RowStream& rows_;
  const ImportOptions& options_;
  const OpenFile& open_;
  format::TablePlan plan_;
  std::vector<bool> typed_;
};

}  // namespace

RowStream::Header csvHeader(const ImportOptions& options) {
  return options.dialect.header ? RowStream::Header::kEachFile : RowStream::Header::kNone;
}

format::TablePlan planNodes(const NodeSource& source, const RowStream& rows, const ImportOptions& options,
                            const OpenFile& open, const catalog::Catalog& catalog) {
  CsvPlanner planner{source.files, rows, options, open};
  ColumnPlan& id = planner.give(Role::kId, source.idColumn, "--id");
  CsvPlanner::store(id, Role::kId, {});
  id.idSpace = source.labels.front();
  planner.addProperties(source.properties);
  return planner.finish(declaredOf(source, catalog), catalog);
}

format::TablePlan planRelationships(const RelationshipSource& source, const RowStream& rows,
                                    const ImportOptions& options, const OpenFile& open,
                                    const catalog::Catalog& catalog) {
  CsvPlanner planner{source.files, rows, options, open};
  planner.give(Role::kStart, source.from.column, "--from");
  planner.give(Role::kEnd, source.to.column, "--to");
  planner.addProperties(source.properties);
  return planner.finish(declaredOf(source, catalog), catalog);
}

}  // namespace plexus::load
