#include "core/parse/ast/statement.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/parse/build/builder.h"
#include "core/parse/build/literal.h"

namespace plexus::parse {

namespace {

std::string upper(std::string_view text) {
  std::string result{text};
  std::transform(result.begin(), result.end(), result.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return result;
}

std::string lower(std::string_view text) {
  std::string result{text};
  std::transform(result.begin(), result.end(), result.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return result;
}

ast::TransactionCommand transaction(Grammar::TransactionCommandContext* tree) {
  using Kind = ast::TransactionCommand::Kind;
  if (tree->COMMIT() != nullptr) return {Kind::kCommit};
  return {tree->ROLLBACK() != nullptr ? Kind::kRollback : Kind::kBegin};
}

}  // namespace

std::unique_ptr<ast::Statement> Builder::statement(Grammar::StatementContext* tree) {
  auto built = std::make_unique<ast::Statement>();
  for (auto* part : tree->prelude()) prelude(part, *built);
  auto* command = tree->command();
  built->span = spanOf(command);
  if (auto* part = command->query()) {
    built->node = query(part);
  } else if (auto* index = command->createIndex()) {
    built->node = createIndex(index);
  } else if (auto* drop = command->dropIndex()) {
    built->node = ast::DropIndex{schemaName(drop->schemaName()), drop->ifExists() != nullptr};
  } else if (auto* constraint = command->createConstraint()) {
    built->node = createConstraint(constraint);
  } else if (auto* dropped = command->dropConstraint()) {
    built->node = ast::DropConstraint{schemaName(dropped->schemaName()), dropped->ifExists() != nullptr};
  } else if (auto* nodeType = command->createNodeType()) {
    built->node = createNodeType(nodeType);
  } else if (auto* relationType = command->createRelationType()) {
    built->node = createRelationType(relationType);
  } else if (auto* dropType = command->dropType()) {
    built->node = ast::DropType{dropType->NODE() == nullptr, name(dropType->name()), dropType->ifExists() != nullptr};
  } else if (auto* alter = command->alterDatabase()) {
    built->node = alterDatabase(alter);
  } else if (auto* shown = command->show()) {
    built->node = show(shown);
  } else {
    built->node = transaction(command->transactionCommand());
  }
  return built;
}

void Builder::prelude(Grammar::PreludeContext* tree, ast::Statement& statement) {
  using Mode = ast::Statement::Mode;
  const Mode before = statement.mode;
  if (tree->EXPLAIN() != nullptr) statement.mode = Mode::kExplain;
  if (tree->PROFILE() != nullptr) statement.mode = Mode::kProfile;
  if (before != Mode::kRun && before != statement.mode) {
    throwSyntax("UnexpectedSyntax", "EXPLAIN and PROFILE cannot be combined", spanOf(tree));
  }
  if (tree->INTEGER_LITERAL() != nullptr) {
    statement.options.emplace_back("version", textOf(spanOf(tree->INTEGER_LITERAL())));
  }
  if (tree->FLOAT_LITERAL() != nullptr) {
    statement.options.emplace_back("version", textOf(spanOf(tree->FLOAT_LITERAL())));
  }
  for (auto* option : tree->queryOption()) {
    const Span span = spanOf(option->value);
    std::string value{textOf(span)};
    if (option->value->STRING_LITERAL() != nullptr) value = readString(value, span);
    statement.options.emplace_back(lower(name(option->key).text), std::move(value));
  }
}

ast::SchemaName Builder::schemaName(Grammar::SchemaNameContext* tree) {
  if (tree->name() != nullptr) return {name(tree->name())};
  const Span span = spanOf(tree->parameter());
  return {{std::string{textOf({span.begin + 1, span.end})}, span}, true};
}

std::vector<std::pair<ast::Name, ast::Name>> Builder::indexProperties(Grammar::IndexPropertiesContext* tree) {
  std::vector<std::pair<ast::Name, ast::Name>> built;
  for (auto* property : tree->indexProperty()) {
    // labels(n), type(r): lookup indexes have no property
    ast::Name key = property->name() != nullptr ? name(property->name()) : ast::Name{};
    built.emplace_back(name(property->variable()), std::move(key));
  }
  return built;
}

ast::ExpressionPtr Builder::indexOptions(Grammar::IndexOptionsContext* tree) {
  if (tree == nullptr) return nullptr;
  return tree->map() != nullptr ? map(tree->map()) : parameter(tree->parameter());
}

ast::CreateIndex Builder::createIndex(Grammar::CreateIndexContext* tree) {
  ast::CreateIndex built;
  if (tree->kind != nullptr) {
    built.kindSpan = spanOf(tree->kind);
    built.kind = upper(textOf(built.kindSpan));
  }
  if (tree->schemaName() != nullptr) built.name = schemaName(tree->schemaName());
  built.ifNotExists = tree->ifNotExists() != nullptr;
  auto* target = tree->indexTarget();
  built.onRelationship = target->RBRACK() != nullptr;
  if (target->variable() != nullptr) built.variable = name(target->variable());
  for (auto* label : target->name()) built.labelsOrTypes.push_back(name(label));
  if (built.labelsOrTypes.empty() && built.kind != "LOOKUP") {
    throwSyntax(
        "UnexpectedSyntax",
        built.onRelationship ? "an index is about relationships of a type" : "an index is about nodes of a label",
        spanOf(target), built.onRelationship ? "FOR ()-[r:TYPE]-()" : "FOR (n:Label)");
  }
  if (target->variable() == nullptr && built.kind != "LOOKUP") {
    throwSyntax("UnexpectedSyntax", "the properties of an index are those of a variable, which is not named here",
                spanOf(target), built.onRelationship ? "FOR ()-[r:TYPE]-() ON (r.key)" : "FOR (n:Label) ON (n.key)");
  }
  built.properties = indexProperties(tree->indexProperties());
  built.options = indexOptions(tree->indexOptions());
  return built;
}

ast::CreateConstraint Builder::createConstraint(Grammar::CreateConstraintContext* tree) {
  using Kind = ast::CreateConstraint::Kind;
  ast::CreateConstraint built{};
  auto* kind = tree->constraintKind();
  built.kind = kind->UNIQUE() != nullptr ? Kind::kUnique
               : kind->KEY() != nullptr  ? Kind::kKey
               : kind->type() != nullptr ? Kind::kPropertyType
                                         : Kind::kExistence;
  built.kindSpan = spanOf(kind);
  if (kind->type() != nullptr) built.type = type(kind->type());
  if (kind->NODE() != nullptr) built.saysRelationship = false;
  if (kind->RELATIONSHIP() != nullptr || kind->REL() != nullptr) built.saysRelationship = true;
  if (tree->schemaName() != nullptr) built.name = schemaName(tree->schemaName());
  built.ifNotExists = tree->ifNotExists() != nullptr;
  auto* target = tree->indexTarget();
  built.onRelationship = target->RBRACK() != nullptr;
  if (target->variable() != nullptr) built.variable = name(target->variable());
  if (target->name().size() != 1) {
    throwSyntax("UnexpectedSyntax", "a constraint is about one label or relationship type", spanOf(target));
  }
  built.labelOrType = name(target->name(0));
  built.properties = indexProperties(tree->indexProperties());
  built.options = indexOptions(tree->indexOptions());
  return built;
}

// The last word, or two, are what is shown; what stands before chooses among it.
void Builder::showSubject(Grammar::ShowContext* tree, std::vector<std::string> words, ast::Show& built) {
  std::string& subject = words.back();
  const std::size_t last = words.size() - 1;
  if (subject == "INDEX") subject = "INDEXES";
  if (subject.back() != 'S') subject += 'S';
  constexpr std::string_view kSubjects[] = {"INDEXES",      "CONSTRAINTS", "FUNCTIONS", "PROCEDURES",
                                            "TRANSACTIONS", "TYPES",       "DATABASES"};
  if (std::find(std::begin(kSubjects), std::end(kSubjects), subject) == std::end(kSubjects)) {
    const Span span = spanOf(tree->showWord(last));
    throwSyntax("UnexpectedSyntax", fmt::format("SHOW does not know `{}`", textOf(span)), span,
                "it shows INDEXES, CONSTRAINTS, FUNCTIONS, PROCEDURES, TRANSACTIONS, TYPES and DATABASES");
  }
  const bool qualified = words.size() > 1 && subject == "TYPES" &&
                         (words[last - 1] == "NODE" || words[last - 1].rfind("RELATION", 0) == 0);
  built.subject = qualified ? (words[last - 1] == "NODE" ? "NODE TYPES" : "RELATION TYPES") : subject;
  for (std::size_t i = 0; i + (qualified ? 1 : 0) < last; ++i) built.filter += (i == 0 ? "" : " ") + words[i];
}

ast::Show Builder::show(Grammar::ShowContext* tree) {
  ast::Show built;
  std::vector<std::string> words;
  for (auto* word : tree->showWord()) words.push_back(upper(textOf(spanOf(word))));
  // EXECUTABLE [BY user]: everybody may run everything.
  const auto executable = std::find(words.begin() + 1, words.end(), "EXECUTABLE");
  words.erase(executable, words.end());
  // SHOW [DEFAULT | HOME] DATABASE [name]
  const auto database = std::find(words.begin(), words.end(), "DATABASE");
  if (database != words.end()) {
    if (database + 1 != words.end()) built.filter = lower(textOf(spanOf(tree->showWord().back())));
    built.subject = "DATABASES";
    words.clear();
  } else {
    showSubject(tree, words, built);
  }
  if (auto* yield = tree->showYield()) {
    built.yieldStar = yield->STAR() != nullptr;
    for (auto* item : yield->yieldItem()) built.yield.push_back(yieldItem(item));
    if (yield->order() != nullptr) {
      built.order.emplace();
      order(yield->order(), *built.order);
    }
  }
  built.where = where(tree->where());
  if (tree->returnClause() != nullptr) built.returns = projection(tree->returnClause()->projection());
  return built;
}

}  // namespace plexus::parse
