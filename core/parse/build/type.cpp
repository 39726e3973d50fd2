#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "core/base/nearest_name.h"
#include "core/parse/build/builder.h"
#include "core/parse/build/literal.h"

namespace plexus::parse {

using ast::TypeName;

namespace {

// What people write -> the canonical name of GQL.
constexpr std::array<std::pair<std::string_view, std::string_view>, 46> kTypes = {{
    {"BOOL", "BOOLEAN"},
    {"BOOLEAN", "BOOLEAN"},
    {"INT", "INTEGER"},
    {"INTEGER", "INTEGER"},
    {"SIGNED INTEGER", "INTEGER"},
    {"FLOAT", "FLOAT"},
    {"STRING", "STRING"},
    {"VARCHAR", "STRING"},
    {"DATE", "DATE"},
    {"TIME", "ZONED TIME"},
    {"LOCAL TIME", "LOCAL TIME"},
    {"ZONED TIME", "ZONED TIME"},
    {"TIME WITH TIME ZONE", "ZONED TIME"},
    {"TIME WITHOUT TIME ZONE", "LOCAL TIME"},
    {"TIME WITH TIMEZONE", "ZONED TIME"},
    {"TIME WITHOUT TIMEZONE", "LOCAL TIME"},
    {"DATETIME", "ZONED DATETIME"},
    {"LOCAL DATETIME", "LOCAL DATETIME"},
    {"ZONED DATETIME", "ZONED DATETIME"},
    {"TIMESTAMP", "ZONED DATETIME"},
    {"TIMESTAMP WITH TIME ZONE", "ZONED DATETIME"},
    {"TIMESTAMP WITHOUT TIME ZONE", "LOCAL DATETIME"},
    {"TIMESTAMP WITH TIMEZONE", "ZONED DATETIME"},
    {"TIMESTAMP WITHOUT TIMEZONE", "LOCAL DATETIME"},
    {"DURATION", "DURATION"},
    {"POINT", "POINT"},
    {"NODE", "NODE"},
    {"ANY NODE", "NODE"},
    {"VERTEX", "NODE"},
    {"ANY VERTEX", "NODE"},
    {"RELATIONSHIP", "RELATIONSHIP"},
    {"ANY RELATIONSHIP", "RELATIONSHIP"},
    {"EDGE", "RELATIONSHIP"},
    {"ANY EDGE", "RELATIONSHIP"},
    {"PATH", "PATH"},
    {"MAP", "MAP"},
    {"ANY MAP", "MAP"},
    {"LIST", "LIST"},
    {"ARRAY", "LIST"},
    {"ANY", "ANY"},
    {"VALUE", "ANY"},
    {"ANY VALUE", "ANY"},
    {"PROPERTY VALUE", "PROPERTY VALUE"},
    {"ANY PROPERTY VALUE", "PROPERTY VALUE"},
    {"NULL", "NULL"},
    {"NOTHING", "NOTHING"},
}};

std::string upper(std::string_view text) {
  std::string result{text};
  std::transform(result.begin(), result.end(), result.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return result;
}

// `T LIST NOT NULL` around what stands before it.
TypeName listOf(TypeName element, Grammar::ListSuffixContext* suffix) {
  TypeName list;
  list.base = "LIST";
  list.span = {element.span.begin, spanOf(suffix).end};
  list.notNull = suffix->children.size() > 1;
  list.arguments.push_back(std::move(element));
  return list;
}

}  // namespace

std::string Builder::typeBase(Grammar::TypeNameContext* tree) {
  std::string words;
  for (auto* child : tree->children) {
    if (!words.empty()) words += ' ';
    words += upper(textOf(spanOf(static_cast<antlr4::tree::TerminalNode*>(child))));
  }
  const auto* found =
      std::find_if(kTypes.begin(), kTypes.end(), [&](const auto& entry) { return entry.first == words; });
  if (found != kTypes.end()) return std::string{found->second};
  std::vector<std::string> names;
  names.reserve(kTypes.size());
  for (const auto& [written, canonical] : kTypes) names.emplace_back(written);
  throwSyntax("UnexpectedSyntax", fmt::format("there is no type `{}`", words), spanOf(tree), didYouMean(words, names));
}

TypeName Builder::typeTerm(Grammar::TypeTermContext* tree) {
  TypeName built;
  built.base = typeBase(tree->typeName());
  built.span = spanOf(tree);
  if (tree->type() != nullptr) {
    TypeName inner = type(tree->type());
    if (built.base == "ANY") {  // ANY<A | B> is A | B
      built = std::move(inner);
    } else if (built.base == "LIST") {
      built.arguments.push_back(std::move(inner));
    } else {
      throwSyntax("UnexpectedSyntax", fmt::format("{} has no element type", built.base), spanOf(tree->type()));
    }
  }
  built.notNull = built.notNull || tree->NOT() != nullptr || tree->EXCLAMATION() != nullptr;
  for (auto* suffix : tree->listSuffix()) built = listOf(std::move(built), suffix);
  return built;
}

TypeName Builder::type(Grammar::TypeContext* tree) {
  const auto terms = tree->typeTerm();
  if (terms.size() == 1) return typeTerm(terms.front());
  TypeName built;
  built.base = "UNION";
  built.span = spanOf(tree);
  for (auto* term : terms) built.alternatives.push_back(typeTerm(term));
  return built;
}

std::vector<ast::Name> Builder::typeNames(const std::vector<Grammar::TypeIdentifierContext*>& trees) {
  std::vector<ast::Name> names;
  names.reserve(trees.size());
  for (auto* tree : trees) names.push_back(name(tree));
  return names;
}

ast::CreateType Builder::createNodeType(Grammar::CreateNodeTypeContext* tree) {
  ast::NodeTypeDeclaration built;
  const bool replaces = orReplace(tree->orReplace());
  built.name = name(tree->typeIdentifier());
  built.ifNotExists = tree->ifNotExists() != nullptr;
  for (auto* trait : tree->nodeTypeTrait()) {
    for (auto& parent : typeNames(trait->typeIdentifier())) built.parents.push_back(std::move(parent));
    if (trait->ABSTRACT() != nullptr) built.isAbstract = true;
    if (trait->STRICT() != nullptr) built.strict = true;
    if (trait->declarations() == nullptr) continue;
    for (auto& property : declarations(trait->declarations())) built.properties.push_back(std::move(property));
  }
  return {std::move(built), tree->ALTER() != nullptr, replaces};
}

bool Builder::orReplace(Grammar::OrReplaceContext* tree) {
  if (tree == nullptr) return false;
  requireWord(tree->WORD(), "REPLACE");
  return true;
}

ast::AlterDatabase Builder::alterDatabase(Grammar::AlterDatabaseContext* tree) {
  requireWord(tree->WORD(), "DATABASE");
  return {tree->SET() != nullptr, spanOf(tree)};
}

// Words that are no keywords, since they are keywords nowhere else.
void Builder::requireWord(antlr4::tree::TerminalNode* node, std::string_view word) {
  const Span span = spanOf(node);
  if (upper(textOf(span)) == word) return;
  throwSyntax("UnexpectedSyntax", fmt::format("expected {}, not `{}`", word, textOf(span)), span);
}

ast::CreateType Builder::createRelationType(Grammar::CreateRelationTypeContext* tree) {
  ast::RelationTypeDeclaration built;
  const bool replaces = orReplace(tree->orReplace());
  built.name = name(tree->typeIdentifier());
  built.ifNotExists = tree->ifNotExists() != nullptr;
  for (auto* trait : tree->relationTrait()) relationTrait(trait, built);
  return {std::move(built), tree->ALTER() != nullptr, replaces};
}

void Builder::relationTrait(Grammar::RelationTraitContext* tree, ast::RelationTypeDeclaration& into) {
  const auto append = [this, tree](std::vector<ast::Name>& names) {
    for (auto& added : typeNames(tree->typeIdentifier())) names.push_back(std::move(added));
  };
  switch (tree->start->getType()) {
    case Grammar::EXTENDS:
      return append(into.parents);
    case Grammar::FROM:
      return append(into.from);
    case Grammar::TO:
      return append(into.to);
    case Grammar::SYMMETRIC:
      into.symmetric = true;
      return;
    case Grammar::TRANSITIVE:
      into.transitive = true;
      return;
    case Grammar::ACYCLIC:
      into.acyclic = true;
      return;
    case Grammar::FUNCTIONAL:
      into.functional = true;
      return;
    case Grammar::STRICT:
      into.strict = true;
      return;
    case Grammar::INVERSE:
      into.inverse = name(tree->typeIdentifier(0));
      return;
    case Grammar::IMPLIED:
      for (auto* chain : tree->impliedChain()) into.impliedBy.push_back(typeNames(chain->typeIdentifier()));
      return;
    case Grammar::DISJOINT:
      return append(into.disjointWith);
    case Grammar::WITH:
      into.withEvidence = true;
      return;
    default:
      for (auto& property : declarations(tree->declarations())) into.properties.push_back(std::move(property));
  }
}

std::vector<ast::PropertyDeclaration> Builder::declarations(Grammar::DeclarationsContext* tree) {
  std::vector<ast::PropertyDeclaration> built;
  for (auto* part : tree->declaration()) {
    auto& property = built.emplace_back();
    property.name = name(part->name());
    property.type = type(part->type());
    // STRING NOT NULL reads as a type that is not null; here it is the property that must not be missing.
    property.notNull = std::exchange(property.type.notNull, false);
    for (auto* trait : part->declarationTrait()) {
      if (trait->NOT() != nullptr) property.notNull = true;
      if (trait->UNIQUE() != nullptr) property.unique = true;
      if (trait->EVIDENCE() != nullptr) property.evidence = true;
      if (trait->atom() != nullptr) property.defaultValue = atom(trait->atom());
      if (trait->MINUS() != nullptr) {
        const bool isFloat = trait->FLOAT_LITERAL() != nullptr;
        property.defaultValue = negativeLiteral(textOf(spanOf(trait->stop)), isFloat,
                                                {spanOf(trait->MINUS()).begin, spanOf(trait->stop).end});
      }
      if (trait->list() != nullptr) property.enumeration = arguments(trait->list()->arguments());
      if (trait->CONSTANT_LIST() != nullptr) {
        auto list = constantList(spanOf(trait->CONSTANT_LIST()));
        property.enumeration = std::move(static_cast<ast::ListExpression&>(*list).elements);
      }
      const bool enumerates = trait->list() != nullptr || trait->CONSTANT_LIST() != nullptr;
      if (!enumerates || !property.enumeration.empty()) continue;
      throwSyntax("UnexpectedSyntax", "an enumeration lists at least one value", spanOf(trait));
    }
  }
  return built;
}

}  // namespace plexus::parse
