// The tables of SHOW: columns in Neo4j's order, those that only YIELD shows last.
#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/api/show_command.h"
#include "core/api/show_types.h"
#include "core/base/nearest_name.h"
#include "core/function/registry.h"
#include "core/value/print.h"

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

const std::string& ownerOf(const SchemaRule& rule, const Catalog& catalog) {
  return (rule.spec.onRelationships ? catalog.relTypes : catalog.labels).name(rule.spec.labelOrType);
}

// Of a full-text index there may be several.
Value ownersOf(const SchemaRule& rule, const Catalog& catalog) {
  const auto& names = rule.spec.onRelationships ? catalog.relTypes : catalog.labels;
  List owners;
  for (const std::uint16_t owner : rule.spec.owners()) owners.emplace_back(names.name(owner));
  return owners;
}

Value entityType(const SchemaRule& rule) { return rule.spec.onRelationships ? "RELATIONSHIP" : "NODE"; }

std::string quoted(const std::string& name) {
  std::string text = "`";
  for (const char c : name) text += c == '`' ? "``" : std::string(1, c);
  return text + "`";
}

// "(n:`Drug`)" or "()-[r:`TREATS`]-()".
std::string patternOf(const SchemaRule& rule, const Catalog& catalog) {
  const auto& names = rule.spec.onRelationships ? catalog.relTypes : catalog.labels;
  std::string name;
  for (const std::uint16_t owner : rule.spec.owners()) name += (name.empty() ? "" : "|") + quoted(names.name(owner));
  return rule.spec.onRelationships ? "()-[r:" + name + "]-()" : "(n:" + name + ")";
}

std::string propertiesOf(const SchemaRule& rule, const Catalog& catalog) {
  std::string text;
  for (const PropertyKeyId key : rule.spec.properties) {
    text += text.empty() ? "" : ", ";
    text += (rule.spec.onRelationships ? "r." : "n.") + quoted(catalog.propertyKeys.name(key));
  }
  return "(" + text + ")";
}

std::string conditionOf(const SchemaRule& rule) {
  switch (rule.constraint) {
    case ConstraintKind::kUnique:
      return "IS UNIQUE";
    case ConstraintKind::kKey:
      return rule.spec.onRelationships ? "IS RELATIONSHIP KEY" : "IS NODE KEY";
    case ConstraintKind::kExistence:
      return "IS NOT NULL";
    case ConstraintKind::kPropertyType:
      return "IS :: " + rule.propertyType;
    case ConstraintKind::kNone:
      break;
  }
  return "";
}

std::string_view kindOf(const SchemaRule& rule) {
  if (rule.spec.text) return "FULLTEXT";
  return rule.kind.empty() ? "RANGE" : std::string_view{rule.kind};
}

std::string providerOf(const SchemaRule& rule) {
  std::string kind{kindOf(rule)};
  std::transform(kind.begin(), kind.end(), kind.begin(), [](char c) { return static_cast<char>(c - 'A' + 'a'); });
  return kind + "-1.0";
}

Value optionsOf(const SchemaRule& rule) {
  if (!rule.hasIndex) return Map{};
  return Map{{{"indexConfig", Map{}}, {"indexProvider", providerOf(rule)}}};
}

std::string createStatement(const SchemaRule& rule, const Catalog& catalog) {
  const std::string pattern = patternOf(rule, catalog), properties = propertiesOf(rule, catalog);
  if (rule.spec.text) {
    return fmt::format("CREATE FULLTEXT INDEX {} FOR {} ON EACH [{}]", quoted(rule.name), pattern,
                       properties.substr(1, properties.size() - 2));
  }
  if (rule.constraint == ConstraintKind::kNone) {
    return fmt::format("CREATE {} INDEX {} FOR {} ON {}", kindOf(rule), quoted(rule.name), pattern, properties);
  }
  return fmt::format("CREATE CONSTRAINT {} FOR {} REQUIRE {} {}", quoted(rule.name), pattern, properties,
                     conditionOf(rule));
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

// Whether `SHOW filter CONSTRAINTS` lists the rule: each word must be found in its type, by any of its spellings.
bool isAsked(const SchemaRule& rule, std::string_view filter) {
  static constexpr std::pair<std::string_view, std::string_view> kWords[] = {{"ALL", ""},
                                                                             {"NODE", "NODE"},
                                                                             {"RELATIONSHIP", "RELATIONSHIP"},
                                                                             {"REL", "RELATIONSHIP"},
                                                                             {"PROPERTY", ""},
                                                                             {"EXISTENCE", "EXISTENCE"},
                                                                             {"EXIST", "EXISTENCE"},
                                                                             {"UNIQUE", "UNIQUENESS"},
                                                                             {"UNIQUENESS", "UNIQUENESS"},
                                                                             {"KEY", "KEY"},
                                                                             {"TYPE", "TYPE"}};
  std::string type = constraintType(rule);
  if (type == "UNIQUENESS") type = "NODE_UNIQUENESS";
  while (!filter.empty()) {
    const std::size_t end = std::min(filter.find(' '), filter.size());
    const std::string_view word = filter.substr(0, end);
    const auto* known =
        std::find_if(std::begin(kWords), std::end(kWords), [&](const auto& w) { return w.first == word; });
    if (known == std::end(kWords)) {
      throwCompile(ErrorType::kSyntaxError, "UnexpectedSyntax",
                   fmt::format("SHOW ... CONSTRAINTS does not know the kind {}", word), {});
    }
    if (type.find(known->second) == std::string::npos) return false;
    filter.remove_prefix(std::min(end + 1, filter.size()));
  }
  return true;
}

ShowTable indexes(const Catalog& catalog, std::string_view filter) {
  ShowTable table{
      {"id", "name", "state", "populationPercent", "type", "entityType", "labelsOrTypes", "properties", "indexProvider",
       "owningConstraint", "lastRead", "readCount", "trackedSince", "options", "failureMessage", "createStatement"},
      12,
      {}};
  for (const auto& rule : catalog.rules()) {
    const std::string_view type = kindOf(rule);
    if (!rule.hasIndex || (!filter.empty() && filter != "ALL" && filter != type)) continue;
    table.rows.push_back({static_cast<std::int64_t>(rule.spec.id), rule.name, "ONLINE", 100.0, type, entityType(rule),
                          ownersOf(rule, catalog), namesOf(rule.spec.properties, catalog), providerOf(rule),
                          rule.constraint == ConstraintKind::kNone ? Value{} : Value{rule.name}, Value{}, Value{},
                          Value{}, optionsOf(rule), "", createStatement(rule, catalog)});
  }
  return table;
}

ShowTable constraints(const Catalog& catalog, std::string_view filter) {
  ShowTable table{{"id", "name", "type", "entityType", "labelsOrTypes", "properties", "ownedIndex", "propertyType",
                   "options", "createStatement"},
                  8,
                  {}};
  std::int64_t number = 0;
  for (const auto& rule : catalog.rules()) {
    ++number;
    if (rule.constraint == ConstraintKind::kNone || !isAsked(rule, filter)) continue;
    table.rows.push_back({number, rule.name, constraintType(rule), entityType(rule), List{ownerOf(rule, catalog)},
                          namesOf(rule.spec.properties, catalog), rule.hasIndex ? Value{rule.name} : Value{},
                          rule.propertyType.empty() ? Value{} : Value{rule.propertyType}, optionsOf(rule),
                          createStatement(rule, catalog)});
  }
  return table;
}

Value described(const std::string& name, const Type& type) {
  return Map{
      {{"name", name}, {"type", type.text()}, {"description", name + " :: " + type.text()}, {"isDeprecated", false}}};
}

// Of the first way to call it.
List argumentsOf(std::span<const function::Signature> signatures) {
  List arguments;
  if (signatures.empty()) return arguments;
  for (const auto& parameter : signatures.front().parameters) {
    arguments.push_back(described(parameter.name, parameter.type));
  }
  return arguments;
}

// All are built in.
ShowTable functions(const std::string& filter) {
  ShowTable table{
      {"name", "category", "description", "signature", "isBuiltIn", "argumentDescription", "returnDescription",
       "aggregating", "rolesExecution", "rolesBoostedExecution", "isDeprecated", "deprecatedBy", "example"},
      3,
      {}};
  if (filter == "USER DEFINED") return table;
  const auto add = [&](const auto& entry, std::string_view category, const std::string& signature,
                       std::span<const function::Signature> signatures, bool aggregating) {
    table.rows.push_back({entry.name, category, entry.description, signature, true, argumentsOf(signatures),
                          signatures.empty() ? "" : signatures.front().result.text(), aggregating, Value{}, Value{},
                          false, Value{}, entry.example});
  };
  const auto joined = [](const auto& entry) {
    return fmt::format("{}", fmt::join(function::signatureTexts(entry), "; "));
  };
  for (const auto* entry : function::functions()) add(*entry, entry->category, joined(*entry), entry->signature, false);
  for (const auto* entry : function::aggregates()) add(*entry, "Aggregating", joined(*entry), entry->signature, true);
  for (const auto& form : function::specialForms()) add(form, form.category, std::string{form.signature}, {}, false);
  std::sort(table.rows.begin(), table.rows.end(),
            [](const auto& a, const auto& b) { return a[0].string() < b[0].string(); });
  return table;
}

Value textOf(function::ProcedureMode mode) {
  switch (mode) {
    case function::ProcedureMode::kRead:
      return "READ";
    case function::ProcedureMode::kWrite:
      return "WRITE";
    case function::ProcedureMode::kSchema:
      return "SCHEMA";
  }
  return {};
}

ShowTable procedures(const ShowSource::Procedures& all) {
  ShowTable table{
      {"name", "description", "mode", "worksOnSystem", "signature", "argumentDescription", "returnDescription", "admin",
       "rolesExecution", "rolesBoostedExecution", "isDeprecated", "deprecatedBy", "option"},
      4,
      {}};
  for (const auto& procedure : all) {
    List arguments, results;
    for (const auto& input : procedure->inputs) arguments.push_back(described(input.name, input.type));
    for (const auto& output : procedure->outputs) results.push_back(described(output.name, output.type));
    table.rows.push_back({procedure->name, procedure->description, textOf(procedure->mode), false,
                          procedure->signature(), std::move(arguments), std::move(results), false, Value{}, Value{},
                          false, Value{}, Map{{{"deprecated", false}}}});
  }
  return table;
}

// There is one, by whatever name it is asked for.
ShowTable databases(const std::string& name) {
  return {{"name", "type", "access", "currentStatus", "default", "home"},
          6,
          {{name.empty() ? "plexus" : name, "standard", "read-write", "online", true, true}}};
}

Duration between(const function::Instant& from, const function::Instant& to) {
  Duration out;
  out.seconds = to.epochSecond - from.epochSecond - (to.nano < from.nano ? 1 : 0);
  out.nanos = to.nano - from.nano + (to.nano < from.nano ? 1'000'000'000 : 0);
  return out;
}

// Of all connections. Between its statements an open transaction has no query.
ShowTable transactions(const ShowSource& source) {
  ShowTable table{{"database", "transactionId", "currentQueryId", "connectionId", "clientAddress", "username",
                   "currentQuery", "startTime", "status", "elapsedTime"},
                  10,
                  {}};
  const auto now = function::Instant::now();
  for (const Activity& activity : source.activities) {
    const DateTime start{activity.start.epochSecond, activity.start.nano, 0, ""};
    const bool runs = activity.statement != nullptr;
    table.rows.push_back({"plexus", fmt::format("plexus-transaction-{}", activity.transaction),
                          runs ? fmt::format("query-{}", activity.query) : "",
                          fmt::format("connection-{}", activity.connection), "", "",
                          runs ? std::string_view{activity.statement->text} : "", toDisplayText(start), "Running",
                          between(activity.start, now)});
  }
  return table;
}

}  // namespace

ShowTable showTable(const ast::Show& show, const ShowSource& source) {
  const std::string& subject = show.subject;
  if (subject == "INDEXES") return indexes(source.catalog, show.filter);
  if (subject == "CONSTRAINTS") return constraints(source.catalog, show.filter);
  if (subject == "FUNCTIONS") return functions(show.filter);
  if (subject == "PROCEDURES") return procedures(source.procedures);
  if (subject == "NODE TYPES" || subject == "RELATION TYPES" || subject == "TYPES") {
    return showTypes(source.catalog, subject != "RELATION TYPES", subject != "NODE TYPES");
  }
  if (subject == "DATABASES") return databases(show.filter);
  if (subject == "TRANSACTIONS") return transactions(source);
  throwCompile(
      ErrorType::kSyntaxError, "UnexpectedSyntax",
      "SHOW knows INDEXES, CONSTRAINTS, FUNCTIONS, PROCEDURES, TRANSACTIONS, TYPES and DATABASES, not " + subject, {});
}

}  // namespace plexus::api
