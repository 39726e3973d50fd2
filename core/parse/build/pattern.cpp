#include "core/parse/ast/pattern.h"

#include <utility>

#include "core/parse/build/builder.h"

namespace plexus::parse {

using ast::PathSelectorKind;
using ast::PatternElement;

namespace {

bool isNode(const PatternElement& element) { return std::holds_alternative<ast::NodePattern>(element); }
bool isRelationship(const PatternElement& element) { return std::holds_alternative<ast::RelationshipPattern>(element); }

Span spanOf(const PatternElement& element) {
  return std::visit([](const auto& e) { return e.span; }, element);
}

// A relationship joins two nodes; nodes and parenthesised paths follow each other, but not two nodes.
void requireAlternation(const std::vector<PatternElement>& elements) {
  for (std::size_t i = 0; i < elements.size(); ++i) {
    const bool last = i + 1 == elements.size();
    if (isRelationship(elements[i]) && (i == 0 || last || !isNode(elements[i - 1]) || !isNode(elements[i + 1]))) {
      throwSyntax("UnexpectedSyntax", "a relationship must stand between two nodes", spanOf(elements[i]),
                  "write `()` for a node that does not matter");
    }
    if (!last && isNode(elements[i]) && isNode(elements[i + 1])) {
      throwSyntax("UnexpectedSyntax", "two nodes stand side by side", spanOf(elements[i + 1]),
                  "put a relationship such as `-->` or a comma between them");
    }
  }
}

}  // namespace

ast::Pattern Builder::pattern(Grammar::PatternContext* tree) {
  ast::Pattern built;
  built.span = spanOf(tree);
  for (auto* part : tree->path()) built.paths.push_back(path(part));
  return built;
}

ast::PathPattern Builder::path(Grammar::PathContext* tree) {
  ast::PathPattern built;
  if (auto* shortest = tree->shortestPath()) {
    built = shortestPath(shortest);
  } else {
    built.elements = elements(tree->pathElement());
  }
  built.span = spanOf(tree);
  if (tree->variable() != nullptr) built.variable = name(tree->variable());
  if (tree->selector() != nullptr) selector(tree->selector(), built);
  if (tree->pathMode() != nullptr) built.mode = pathMode(tree->pathMode());
  return built;
}

ast::PathPattern Builder::shortestPath(Grammar::ShortestPathContext* tree) {
  ast::PathPattern built;
  built.span = spanOf(tree);
  built.selector.kind = tree->SHORTESTPATH() != nullptr ? PathSelectorKind::kShortestPathFunction
                                                        : PathSelectorKind::kAllShortestPathsFunction;
  built.elements = elements(tree->pathElement());
  return built;
}

void Builder::selector(Grammar::SelectorContext* tree, ast::PathPattern& into) {
  auto& selector = into.selector;
  if (tree->INTEGER_LITERAL() != nullptr) selector.k = count(tree->INTEGER_LITERAL()->getSymbol());
  if (selector.k == 0) throwSyntax("UnexpectedSyntax", "the number of paths must be 1 or more", spanOf(tree));
  const bool shortest = tree->SHORTEST() != nullptr;
  if (tree->ANY() != nullptr) {
    selector.kind = shortest ? PathSelectorKind::kAnyShortest : PathSelectorKind::kAny;
  } else if (tree->ALL() != nullptr) {
    selector.kind = shortest ? PathSelectorKind::kAllShortest : PathSelectorKind::kAll;
  } else {
    const bool groups = tree->GROUP() != nullptr || tree->GROUPS() != nullptr;
    if (!groups && tree->INTEGER_LITERAL() == nullptr) {
      throwSyntax("UnexpectedSyntax", "SHORTEST needs a number of paths", spanOf(tree->SHORTEST()),
                  "write SHORTEST 1, ANY SHORTEST or ALL SHORTEST");
    }
    selector.kind = groups ? PathSelectorKind::kShortestGroups : PathSelectorKind::kShortestK;
  }
  if (tree->pathMode() != nullptr) into.mode = pathMode(tree->pathMode());
}

ast::PathMode Builder::pathMode(Grammar::PathModeContext* tree) {
  switch (tree->start->getType()) {
    case Grammar::WALK:
      return ast::PathMode::kWalk;
    case Grammar::TRAIL:
      return ast::PathMode::kTrail;
    case Grammar::ACYCLIC:
      return ast::PathMode::kAcyclic;
    default:
      return ast::PathMode::kSimple;
  }
}

std::vector<PatternElement> Builder::elements(const std::vector<Grammar::PathElementContext*>& trees) {
  std::vector<PatternElement> built;
  for (auto* tree : trees) {
    if (tree->nodePattern() != nullptr) {
      built.emplace_back(nodePattern(tree->nodePattern()));
    } else if (tree->relationshipPattern() != nullptr) {
      built.emplace_back(relationship(tree->relationshipPattern(), tree->quantifier()));
    } else {
      built.emplace_back(quantifiedPath(tree));
    }
  }
  requireAlternation(built);
  return built;
}

ast::PathPattern Builder::chain(Grammar::ChainContext* tree) {
  ast::PathPattern built;
  built.span = spanOf(tree);
  std::vector<PatternElement>& elements = built.elements;
  for (auto* child : tree->children) {
    auto* part = static_cast<antlr4::ParserRuleContext*>(child);
    if (part->getRuleIndex() == Grammar::RuleNodePattern) {
      elements.emplace_back(nodePattern(static_cast<Grammar::NodePatternContext*>(part)));
    } else if (part->getRuleIndex() == Grammar::RuleRelationshipPattern) {
      elements.emplace_back(relationship(static_cast<Grammar::RelationshipPatternContext*>(part), nullptr));
    } else {
      auto* quantifier = static_cast<Grammar::QuantifierContext*>(part);
      auto& last = std::get<ast::RelationshipPattern>(elements.back());
      last.quantifier = quantity(quantifier);
      last.span.end = last.quantifier->span.end;
    }
  }
  return built;
}

ast::NodePattern Builder::nodePattern(Grammar::NodePatternContext* tree) {
  ast::NodePattern node;
  node.span = spanOf(tree);
  if (tree->variable() != nullptr) node.variable = name(tree->variable());
  if (tree->labels() != nullptr) node.labels = labels(tree->labels());
  if (tree->properties() != nullptr) node.properties = properties(tree->properties());
  node.where = where(tree->where());
  return node;
}

ast::RelationshipPattern Builder::relationship(Grammar::RelationshipPatternContext* tree,
                                               Grammar::QuantifierContext* quantifier) {
  ast::RelationshipPattern built;
  built.span = spanOf(tree);
  const bool left = tree->left != nullptr;
  const bool right = tree->right != nullptr;
  built.direction = left == right ? Direction::kBoth : left ? Direction::kIn : Direction::kOut;
  if (auto* detail = tree->relationshipDetail()) {
    if (detail->variable() != nullptr) built.variable = name(detail->variable());
    if (detail->labels() != nullptr) built.types = labels(detail->labels());
    if (detail->length() != nullptr) built.length = length(detail->length());
    if (detail->properties() != nullptr) built.properties = properties(detail->properties());
    built.where = where(detail->where());
  }
  if (quantifier != nullptr) {
    built.quantifier = quantity(quantifier);
    built.span.end = built.quantifier->span.end;
    if (built.length) {
      throwSyntax("InvalidRelationshipPattern", "a relationship has either a `*` length or a quantifier, not both",
                  built.quantifier->span);
    }
  }
  return built;
}

ast::QuantifiedPath Builder::quantifiedPath(Grammar::PathElementContext* tree) {
  ast::QuantifiedPath built;
  built.span = spanOf(tree);
  built.path = std::make_unique<ast::PathPattern>(path(tree->parenthesizedPath()->path()));
  built.where = where(tree->parenthesizedPath()->where());
  if (tree->quantifier() != nullptr) built.quantifier = quantity(tree->quantifier());
  return built;
}

ast::Quantity Builder::quantity(Grammar::QuantifierContext* tree) {
  ast::Quantity built;
  built.span = spanOf(tree);
  if (tree->exact != nullptr) {
    built.min = count(tree->exact);
    built.max = built.min;
  } else if (tree->LBRACE() != nullptr) {
    built.min = tree->low != nullptr ? count(tree->low) : 0;
    if (tree->high != nullptr) built.max = count(tree->high);
  } else {
    built.min = tree->PLUS() != nullptr ? 1 : 0;
  }
  const bool empty = built.max && *built.max < built.min;
  if (empty || built.max == 0U) {
    throwSyntax("UnexpectedSyntax", "a quantifier's upper bound must be 1 or more, and not below the lower one",
                built.span);
  }
  return built;
}

// `*` is 1 or more, `*2` exactly 2, `*..3` 1 to 3. A range that contains nothing matches nothing.
ast::Quantity Builder::length(Grammar::LengthContext* tree) {
  ast::Quantity built;
  built.span = spanOf(tree);
  if (tree->exact != nullptr) {
    built.min = count(tree->exact);
    built.max = built.min;
    return built;
  }
  if (tree->low != nullptr) built.min = count(tree->low);
  if (tree->high != nullptr) built.max = count(tree->high);
  return built;
}

ast::ExpressionPtr Builder::properties(Grammar::PropertiesContext* tree) {
  return tree->map() != nullptr ? map(tree->map()) : parameter(tree->parameter());
}

}  // namespace plexus::parse
