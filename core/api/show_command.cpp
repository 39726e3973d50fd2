#include "core/api/show_command.h"

#include <algorithm>

#include "core/function/registry.h"

namespace plexus::api {
namespace {

using catalog::Catalog;
using catalog::ConstraintKind;
using catalog::SchemaRule;

Value namesOf(const std::vector<PropertyKeyId>& keys, const Catalog& catalog) {
  List names;
  for (const PropertyKeyId key : keys) names.push_back(catalog.propertyKeys.name(key));
  return names;
}

Value ownersOf(const SchemaRule& rule, const Catalog& catalog) {
  return List{rule.spec.onRelationships ? catalog.relTypes.name(rule.spec.labelOrType)
                                        : catalog.labels.name(rule.spec.labelOrType)};
}

std::string constraintType(const SchemaRule& rule) {
  const std::string owner = rule.spec.onRelationships ? "RELATIONSHIP" : "NODE";
  switch (rule.constraint) {
    case ConstraintKind::kUnique:
      return rule.spec.onRelationships ? "RELATIONSHIP_UNIQUENESS" : "UNIQUENESS";
    case ConstraintKind::kKey:
      return owner + "_KEY";
    case ConstraintKind::kExistence:
      return owner + "_PROPERTY_EXISTENCE";
    case ConstraintKind::kPropertyType:
      return owner + "_PROPERTY_TYPE";
    case ConstraintKind::kNone:
      break;
  }
  return "";
}

ShowTable indexes(const Catalog& catalog) {
  ShowTable table{{"id", "name", "state", "populationPercent", "type", "entityType", "labelsOrTypes", "properties",
                   "owningConstraint"},
                  9,
                  {}};
  for (const auto& rule : catalog.rules()) {
    if (!rule.hasIndex) continue;
    table.rows.push_back({static_cast<std::int64_t>(rule.spec.id), rule.name, "ONLINE", 100.0, "RANGE",
                          rule.spec.onRelationships ? "RELATIONSHIP" : "NODE", ownersOf(rule, catalog),
                          namesOf(rule.spec.properties, catalog),
                          rule.constraint == ConstraintKind::kNone ? Value{} : Value{rule.name}});
  }
  return table;
}

ShowTable constraints(const Catalog& catalog) {
  ShowTable table{{"name", "type", "entityType", "labelsOrTypes", "properties", "ownedIndex", "propertyType"}, 7, {}};
  for (const auto& rule : catalog.rules()) {
    if (rule.constraint == ConstraintKind::kNone) continue;
    table.rows.push_back({rule.name, constraintType(rule), rule.spec.onRelationships ? "RELATIONSHIP" : "NODE",
                          ownersOf(rule, catalog), namesOf(rule.spec.properties, catalog),
                          rule.hasIndex ? Value{rule.name} : Value{},
                          rule.propertyType.empty() ? Value{} : Value{rule.propertyType}});
  }
  return table;
}

ShowTable functions() {
  ShowTable table{{"name", "category", "description", "signature", "isBuiltIn", "aggregating"}, 3, {}};
  for (const auto* entry : function::functions()) {
    for (const auto& signature : function::signatureTexts(*entry)) {
      table.rows.push_back({entry->name, entry->category, entry->description, signature, true, false});
    }
  }
  for (const auto* entry : function::aggregates()) {
    for (const auto& signature : function::signatureTexts(*entry)) {
      table.rows.push_back({entry->name, "Aggregating", entry->description, signature, true, true});
    }
  }
  return table;
}

ShowTable procedureTable(const std::vector<std::shared_ptr<const function::ProcedureEntry>>& procedures) {
  ShowTable table{{"name", "description", "mode", "signature"}, 4, {}};
  for (const auto& procedure : procedures) {
    const char* mode = procedure->mode == function::ProcedureMode::kRead    ? "READ"
                       : procedure->mode == function::ProcedureMode::kWrite ? "WRITE"
                                                                            : "SCHEMA";
    table.rows.push_back({procedure->name, procedure->description, mode, procedure->signature()});
  }
  return table;
}

std::string quoted(const std::string& name) {
  std::string text = "`";
  for (const char c : name) text += c == '`' ? "``" : std::string(1, c);
  return text + "`";
}

std::string_view at(std::string_view text, Span span) { return text.substr(span.begin, span.end - span.begin); }

std::string itemsText(const ast::Projection& projection, std::string_view text) {
  std::string items = projection.star ? "*" : "";
  for (const auto& item : projection.items) {
    items += items.empty() ? "" : ", ";
    items += at(text, item.expression->span);
    if (item.alias) items += " AS " + quoted(item.alias->text);
  }
  return items;
}

// ORDER BY, SKIP and LIMIT.
std::string orderText(const ast::Projection& projection, std::string_view text) {
  std::string order;
  for (const auto& item : projection.orderBy) {
    order += order.empty() ? " ORDER BY " : ", ";
    order += at(text, item.expression->span);
    if (item.descending) order += " DESC";
  }
  if (projection.skip) order += " SKIP " + std::string{at(text, projection.skip->span)};
  if (projection.limit) order += " LIMIT " + std::string{at(text, projection.limit->span)};
  return order;
}

}  // namespace

std::vector<std::string> ShowTable::shownColumns() const {
  return {columns.begin(), columns.begin() + static_cast<std::ptrdiff_t>(shown)};
}

std::vector<std::vector<Value>> ShowTable::shownRows() const {
  auto shownRows = rows;
  for (auto& row : shownRows) row.resize(shown);
  return shownRows;
}

Value ShowTable::asMaps() const {
  List maps;
  for (const auto& row : rows) {
    std::vector<MapEntry> entries;
    for (std::size_t i = 0; i < columns.size(); ++i) entries.emplace_back(columns[i], row[i]);
    maps.push_back(Map{std::move(entries)});
  }
  return maps;
}

ShowTable showTable(const ast::Show& show, const Catalog& catalog,
                    const std::vector<std::shared_ptr<const function::ProcedureEntry>>& procedures) {
  if (show.subject == "INDEXES") return indexes(catalog);
  if (show.subject == "CONSTRAINTS") return constraints(catalog);
  if (show.subject == "FUNCTIONS") return functions();
  if (show.subject == "PROCEDURES") return procedureTable(procedures);
  if (show.subject == "NODE TYPES" || show.subject == "RELATION TYPES" || show.subject == "TYPES") {
    ShowTable table{{"name", "kind"}, 2, {}};
    if (show.subject != "RELATION TYPES") {
      for (const auto& label : catalog.labels.names()) table.rows.push_back({label, "NODE"});
    }
    if (show.subject != "NODE TYPES") {
      for (const auto& type : catalog.relTypes.names()) table.rows.push_back({type, "RELATION"});
    }
    return table;
  }
  if (show.subject == "DATABASES" || show.subject == "DATABASE") {
    return {{"name", "type", "access", "currentStatus", "default", "home"},
            6,
            {{"plexus", "standard", "read-write", "online", true, true}}};
  }
  throwCompile(ErrorType::kSyntaxError, "UnexpectedSyntax",
               "SHOW knows INDEXES, CONSTRAINTS, FUNCTIONS, PROCEDURES, TYPES and DATABASES, not " + show.subject, {});
}

std::string showQuery(const ast::Show& show, std::string_view text, const ShowTable& table) {
  std::string query = "UNWIND $" + quoted(kShowRows) + " AS ` row` WITH ";
  auto add = [&, first = true](const std::string& field, const std::string& alias) mutable {
    query += std::string{first ? "" : ", "} + "` row`." + quoted(field) + " AS " + quoted(alias);
    first = false;
  };
  if (show.yield.empty()) {
    const std::size_t count = show.yieldStar ? table.columns.size() : table.shown;
    for (std::size_t i = 0; i < count; ++i) add(table.columns[i], table.columns[i]);
  }
  for (const auto& item : show.yield) {
    if (std::find(table.columns.begin(), table.columns.end(), item.field.text) == table.columns.end()) {
      throwCompile(ErrorType::kSyntaxError, "UndefinedVariable",
                   "SHOW " + show.subject + " has no column `" + item.field.text + "`", item.field.span);
    }
    add(item.field.text, item.alias ? item.alias->text : item.field.text);
  }
  if (show.where) query += " WHERE " + std::string{at(text, show.where->span)};
  const bool hasItems = show.returns && (show.returns->star || !show.returns->items.empty());
  query += std::string{" RETURN "} + (show.returns && show.returns->distinct ? "DISTINCT " : "");
  query += hasItems ? itemsText(*show.returns, text) : std::string{"*"};
  if (show.returns) query += orderText(*show.returns, text);
  return query;
}

}  // namespace plexus::api
