#include "core/api/schema_command.h"

#include <algorithm>

#include "core/api/type_command.h"
#include "core/catalog/catalog.h"
#include "core/exec/expression/type_check.h"
#include "core/exec/operator/write/constraints.h"
#include "core/value/print.h"

namespace plexus::api {
namespace {

using catalog::Catalog;
using catalog::ConstraintKind;
using catalog::SchemaRule;

// A command at work: the catalog it changes, and where it belongs.
struct Command {
  storage::WriteTransaction& transaction;
  Summary& summary;
  const Parameters& parameters;
  std::shared_ptr<Catalog> catalog;

  void apply() { transaction.setAttachment(catalog); }
};

std::vector<std::string> keysOf(const std::vector<std::pair<ast::Name, ast::Name>>& properties,
                                const ast::Name& variable) {
  std::vector<std::string> keys;
  for (const auto& [owner, key] : properties) {
    if (owner.text != variable.text) {
      throwCompile(ErrorType::kSyntaxError, "UndefinedVariable", "variable `" + owner.text + "` is not defined",
                   owner.span, "the command speaks of `" + variable.text + "`");
    }
    if (std::find(keys.begin(), keys.end(), key.text) != keys.end()) {
      throwCompile(ErrorType::kSchemaError, "", "the property `" + key.text + "` is named twice", key.span);
    }
    keys.push_back(key.text);
  }
  return keys;
}

storage::IndexSpec specOf(Catalog& catalog, const ast::Name& owner, bool onRelationship,
                          const std::vector<std::string>& keys) {
  storage::IndexSpec spec;
  spec.onRelationships = onRelationship;
  spec.labelOrType = onRelationship ? catalog.relTypes.add(owner.text) : catalog.labels.add(owner.text);
  for (const auto& key : keys) spec.properties.push_back(catalog.propertyKeys.add(key));
  return spec;
}

std::string defaultName(std::string_view prefix, const ast::Name& owner, const std::vector<std::string>& keys,
                        std::string_view suffix) {
  std::string name = std::string{prefix} + "_" + owner.text;
  for (const auto& key : keys) name += "_" + key;
  if (!suffix.empty()) name += "_" + std::string{suffix};
  return name;
}

// A name, or what the parameter says that stands for it.
ast::Name nameOf(const ast::SchemaName& written, const Command& command) {
  if (!written.isParameter) {
    if (written.name.text.empty()) {
      throw Error{ErrorType::kSchemaError, Phase::kRuntime, "EmptyName", "a name cannot be empty", written.name.span};
    }
    return written.name;
  }
  const auto given = command.parameters.find(written.name.text);
  if (given == command.parameters.end()) {
    throwCompile(ErrorType::kParameterMissing, "MissingParameter",
                 "parameter `$" + written.name.text + "` has no value", written.name.span);
  }
  if (!given->second.is(ValueKind::kString) || given->second.string().empty()) {
    throw Error{
        ErrorType::kSchemaError, Phase::kRuntime, "InvalidArgumentType",
        "a name is a STRING that is not empty, but `$" + written.name.text + "` is " + toCypherText(given->second),
        written.name.span};
  }
  return {std::string{given->second.string()}, written.name.span};
}

// An index of its own where a constraint has one, or the other way round.
const SchemaRule* twinOf(const SchemaRule& rule, const Catalog& catalog) {
  for (const SchemaRule& known : catalog.rules()) {
    const bool oneIsConstraint =
        (known.constraint == ConstraintKind::kNone) != (rule.constraint == ConstraintKind::kNone);
    const bool range = known.kind != "TEXT" && known.kind != "POINT" && rule.kind != "TEXT" && rule.kind != "POINT";
    if (known.hasIndex && rule.hasIndex && oneIsConstraint && range && sameProperties(known, rule)) return &known;
  }
  return nullptr;
}

void requireNoTwin(const SchemaRule& rule, const Catalog& catalog) {
  const SchemaRule* twin = twinOf(rule, catalog);
  if (twin == nullptr || catalog.findRule(rule.name) != nullptr) return;
  const bool constraint = twin->constraint != ConstraintKind::kNone;
  throw Error{ErrorType::kSchemaError,
              Phase::kRuntime,
              constraint ? "SameConstraintExists" : "SameIndexExists",
              constraint
                  ? "the constraint `" + twin->name + "` has an index on these properties already"
                  : "the index `" + twin->name + "` is on these properties already, and the constraint makes one",
              {},
              constraint ? "" : "DROP INDEX `" + twin->name + "` first"};
}

// True if IF NOT EXISTS has nothing to do.
bool alreadyThere(const Command& command, const SchemaRule& rule, bool ifNotExists) {
  const auto& rules = command.catalog->rules();
  const auto known = std::find_if(rules.begin(), rules.end(),
                                  [&](const SchemaRule& r) { return r.name == rule.name || sameSubject(r, rule); });
  const SchemaRule* there = known != rules.end() ? &*known : twinOf(rule, *command.catalog);
  if (there == nullptr || !ifNotExists) return false;
  command.summary.warnings.push_back("`" + there->name + "` exists already: nothing was changed");
  return true;
}

void addRule(Command& command, const SchemaRule& rule) {
  requireNoTwin(rule, *command.catalog);
  const SchemaRule& added = command.catalog->addRule(rule);
  command.apply();
  if (added.hasIndex) {
    try {
      command.transaction.createIndex(added.spec);
    } catch (const storage::UniqueViolation& violation) {
      exec::throwViolation(violation, command.transaction.view());
    }
  }
  if (exec::isChecked(added)) exec::RuleCheck{added, command.transaction.view()}.requireAll();
}

const ast::Expression* entryOf(const ast::Expression* map, std::string_view key) {
  if (map == nullptr || map->kind() != ast::ExpressionKind::kMap) return nullptr;
  for (const auto& [name, value] : map->as<ast::MapExpression>().entries) {
    if (name.text == key) return value.get();
  }
  return nullptr;
}

// OPTIONS {indexConfig: {`fulltext.analyzer`: 'english'}}: there is one way to analyse texts.
void warnOfAnalyser(const ast::CreateIndex& create, Summary& summary) {
  const auto* given = entryOf(entryOf(create.options.get(), "indexConfig"), "fulltext.analyzer");
  if (given == nullptr || given->kind() != ast::ExpressionKind::kLiteral) return;
  const Value& name = given->as<ast::Literal>().value;
  if (!name.is(ValueKind::kString) || name.string() == "standard-no-stop-words" ||
      name.string() == "standard-folding") {
    return;
  }
  summary.warnings.push_back("there is no analyzer `" + std::string{name.string()} +
                             "`: texts are split into words, case and accents folded, nothing stemmed");
}

void createFullText(const ast::CreateIndex& create, Command& command) {
  constexpr std::size_t kMostProperties = 255;
  const auto keys = keysOf(create.properties, create.variable);
  if (create.labelsOrTypes.empty() || keys.size() > kMostProperties) {
    throw Error{ErrorType::kSchemaError, Phase::kRuntime, "",
                "a full-text index has at least one label or type and at most 255 properties"};
  }
  SchemaRule rule;
  rule.name = create.name ? nameOf(*create.name, command).text
                          : defaultName("fulltext", create.labelsOrTypes.front(), keys, "");
  rule.hasIndex = true;
  rule.spec = specOf(*command.catalog, create.labelsOrTypes.front(), create.onRelationship, keys);
  rule.spec.text = true;
  auto& names = create.onRelationship ? command.catalog->relTypes : command.catalog->labels;
  for (std::size_t i = 1; i < create.labelsOrTypes.size(); ++i) {
    const std::uint16_t other = names.add(create.labelsOrTypes[i].text);
    if (!rule.spec.isOn(other)) rule.spec.otherLabelsOrTypes.push_back(other);
  }
  if (alreadyThere(command, rule, create.ifNotExists)) return;
  warnOfAnalyser(create, command.summary);
  addRule(command, rule);
  ++command.summary.counters.indexesAdded;
}

void run(const ast::CreateIndex& create, Command& command) {
  if (create.kind == "LOOKUP") {
    command.summary.warnings.push_back("labels and relationship types are always indexed: nothing was changed");
    return;
  }
  if (create.kind == "FULLTEXT") return createFullText(create, command);
  if (create.kind == "VECTOR" || create.kind == "BTREE") {
    throw Error{ErrorType::kSchemaError,
                Phase::kRuntime,
                "",
                "an index of kind " + create.kind + " is not among those that can be created",
                create.kindSpan,
                "there are RANGE, TEXT, POINT and FULLTEXT indexes"};
  }
  const ast::Name& owner = create.labelsOrTypes.front();
  if (create.labelsOrTypes.size() > 1) {
    throw Error{ErrorType::kSchemaError, Phase::kRuntime, "",
                "an index is on one label or type; only a full-text index is on several", create.labelsOrTypes[1].span};
  }
  const auto keys = keysOf(create.properties, create.variable);
  if (create.kind != "RANGE" && keys.size() > 1) {
    throw Error{ErrorType::kSchemaError, Phase::kRuntime, "",
                "a " + create.kind + " index is on one property; only a RANGE index is on several",
                create.properties[1].second.span};
  }
  SchemaRule rule;
  const std::string prefix = create.kind == "RANGE" ? "index" : create.kind == "TEXT" ? "text_index" : "point_index";
  rule.name = create.name ? nameOf(*create.name, command).text : defaultName(prefix, owner, keys, "");
  rule.hasIndex = true;
  rule.kind = create.kind;
  rule.spec = specOf(*command.catalog, owner, create.onRelationship, keys);
  if (alreadyThere(command, rule, create.ifNotExists)) return;
  addRule(command, rule);
  ++command.summary.counters.indexesAdded;
}

// What can be stored, and so be asked of a property: scalar, temporal and spatial types, lists of them without null,
// and unions of these.
bool isStorable(const CheckedType& type, bool inList = false) {
  if (!type.alternatives.empty()) {
    return std::all_of(type.alternatives.begin(), type.alternatives.end(),
                       [&](const CheckedType& t) { return isStorable(t, inList); });
  }
  if (type.notNull != inList) return false;
  if (type.base == "LIST") return !inList && type.arguments.size() == 1 && isStorable(type.arguments.front(), true);
  constexpr std::string_view kScalars[] = {"BOOLEAN",        "STRING",     "INTEGER",    "FLOAT",
                                           "DATE",           "LOCAL TIME", "ZONED TIME", "LOCAL DATETIME",
                                           "ZONED DATETIME", "DURATION",   "POINT"};
  return std::find(std::begin(kScalars), std::end(kScalars), type.base) != std::end(kScalars);
}

void requireWellFormed(const ast::CreateConstraint& create) {
  using Kind = ast::CreateConstraint::Kind;
  const bool single = create.kind == Kind::kExistence || create.kind == Kind::kPropertyType;
  if (single && create.properties.size() > 1) {
    throwCompile(ErrorType::kSyntaxError, "UnexpectedSyntax", "this constraint is about one property", create.kindSpan,
                 "make a constraint for each");
  }
  if (create.saysRelationship && *create.saysRelationship != create.onRelationship) {
    throwCompile(ErrorType::kSyntaxError, "UnexpectedSyntax",
                 create.onRelationship ? "the constraint is about relationships, not nodes"
                                       : "the constraint is about nodes, not relationships",
                 create.kindSpan);
  }
  if (create.kind == Kind::kPropertyType && !isStorable(exec::checkedType(create.type))) {
    throwCompile(ErrorType::kSyntaxError, "UnexpectedSyntax",
                 "a property cannot be required to be of type " + typeText(exec::checkedType(create.type)),
                 create.kindSpan,
                 "a type that can be stored, without NOT NULL; a list's elements are NOT NULL: LIST<STRING NOT NULL>");
  }
}

void run(const ast::CreateConstraint& create, Command& command) {
  using Kind = ast::CreateConstraint::Kind;
  requireWellFormed(create);
  const auto keys = keysOf(create.properties, create.variable);
  SchemaRule rule;
  std::string_view suffix;
  switch (create.kind) {
    case Kind::kUnique:
      rule.constraint = ConstraintKind::kUnique;
      suffix = "unique";
      break;
    case Kind::kKey:
      rule.constraint = ConstraintKind::kKey;
      suffix = "key";
      break;
    case Kind::kExistence:
      rule.constraint = ConstraintKind::kExistence;
      suffix = "exists";
      break;
    case Kind::kPropertyType:
      rule.constraint = ConstraintKind::kPropertyType;
      rule.propertyType = typeText(exec::checkedType(create.type));
      suffix = "type";
      break;
  }
  rule.name =
      create.name ? nameOf(*create.name, command).text : defaultName("constraint", create.labelOrType, keys, suffix);
  rule.spec = specOf(*command.catalog, create.labelOrType, create.onRelationship, keys);
  rule.hasIndex = create.kind == Kind::kUnique || create.kind == Kind::kKey;
  rule.spec.unique = rule.hasIndex;
  if (alreadyThere(command, rule, create.ifNotExists)) return;
  addRule(command, rule);
  ++command.summary.counters.constraintsAdded;
}

// The declared type whose UNIQUE is this constraint: the one it came with, or one that was there before it. Or nothing.
std::optional<std::string> typeRelyingOn(const SchemaRule& rule, const Catalog& catalog) {
  if (rule.constraint != ConstraintKind::kUnique || rule.spec.properties.size() != 1) return std::nullopt;
  const auto relies = [&](const auto* type) {
    return type && std::any_of(type->properties.begin(), type->properties.end(), [&](const auto& property) {
             return property.unique && property.key == rule.spec.properties.front();
           });
  };
  const std::uint16_t owner = rule.spec.labelOrType;
  if (rule.spec.onRelationships) {
    if (!relies(catalog.types().relationType(owner))) return std::nullopt;
    return "relation type `" + catalog.relTypes.name(owner) + "`";
  }
  if (!relies(catalog.types().nodeType(owner))) return std::nullopt;
  return "node type `" + catalog.labels.name(owner) + "`";
}

// Drops the rule, which must be a constraint or not. False if IF EXISTS has nothing to do.
bool drop(const ast::Name& name, bool ifExists, bool constraint, Command& command) {
  const SchemaRule* rule = command.catalog->findRule(name.text);
  if (!rule && ifExists) {
    command.summary.warnings.push_back("there is no `" + name.text + "`: nothing was changed");
    return false;
  }
  if (rule && (rule->constraint != ConstraintKind::kNone) != constraint) {
    throw Error{ErrorType::kSchemaError, Phase::kRuntime, "",
                constraint ? "`" + name.text + "` is an index: DROP INDEX drops it"
                           : "the index `" + name.text + "` belongs to a constraint: DROP CONSTRAINT drops both",
                name.span};
  }
  if (const auto type = rule ? typeRelyingOn(*rule, *command.catalog) : std::nullopt) {
    throw Error{ErrorType::kSchemaError, Phase::kRuntime, "",
                "the constraint `" + name.text + "` is the UNIQUE of " + *type + ": ALTER changes its declaration",
                name.span};
  }
  const bool hadIndex = rule && rule->hasIndex;
  const IndexId index = rule ? rule->spec.id : IndexId{kNoId};
  command.catalog->dropRule(name.text);
  if (hadIndex) command.transaction.dropIndex(index);
  command.apply();
  return true;
}

void run(const ast::DropIndex& dropped, Command& command) {
  if (drop(nameOf(dropped.name, command), dropped.ifExists, false, command)) ++command.summary.counters.indexesRemoved;
}

void run(const ast::DropConstraint& dropped, Command& command) {
  if (drop(nameOf(dropped.name, command), dropped.ifExists, true, command))
    ++command.summary.counters.constraintsRemoved;
}

void run(const ast::CreateType& create, Command& command) {
  runCreateType(create, command.transaction, command.summary);
}
void run(const ast::DropType& dropped, Command& command) { runDropType(dropped, command.transaction, command.summary); }
void run(const ast::AlterDatabase& alter, Command& command) { runAlterDatabase(alter, command.transaction); }

// The other statements are not schema commands.
void run(const ast::Query&, Command&) {}
void run(const ast::Show&, Command&) {}
void run(const ast::TransactionCommand&, Command&) {}

}  // namespace

void runSchemaCommand(const ast::Statement& statement, const Parameters& parameters,
                      storage::WriteTransaction& transaction, Summary& summary) {
  Command command{transaction, summary, parameters, Catalog::of(transaction.view()).copy()};
  std::visit([&](const auto& node) { run(node, command); }, statement.node);
}

}  // namespace plexus::api
