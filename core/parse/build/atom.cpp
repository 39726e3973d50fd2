#include <algorithm>
#include <array>

#include "core/parse/ast/pattern.h"
#include "core/parse/build/builder.h"
#include "core/parse/build/literal.h"
#include "core/parse/build/operator.h"

namespace plexus::parse {

using ast::ExpressionPtr;

namespace {

bool sameWord(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return (x | 0x20) == (y | 0x20); });
}

// normalize(s, NFC): the form is a word, not a variable.
void readNormalForm(ExpressionPtr& form) {
  if (form->kind() != ast::ExpressionKind::kVariable) return;
  static constexpr std::array<std::string_view, 4> kForms = {"NFC", "NFD", "NFKC", "NFKD"};
  for (const auto word : kForms) {
    if (!sameWord(form->as<ast::Variable>().name, word)) continue;
    auto literal = make<ast::Literal>(form->span);
    literal->value = Value{word};
    form = std::move(literal);
    return;
  }
}

}  // namespace

ExpressionPtr Builder::atom(Grammar::AtomContext* tree) {
  auto* child = static_cast<antlr4::ParserRuleContext*>(tree->children.front());
  const Span span = spanOf(tree);
  switch (child->getRuleIndex()) {
    case Grammar::RuleLiteral:
      return literal(static_cast<Grammar::LiteralContext*>(child));
    case Grammar::RuleParameter:
      return parameter(static_cast<Grammar::ParameterContext*>(child));
    case Grammar::RuleCaseExpression:
      return caseExpression(static_cast<Grammar::CaseExpressionContext*>(child));
    case Grammar::RuleList:
      return list(static_cast<Grammar::ListContext*>(child));
    case Grammar::RuleMap:
      return map(static_cast<Grammar::MapContext*>(child));
    case Grammar::RuleListComprehension:
      return listComprehension(static_cast<Grammar::ListComprehensionContext*>(child));
    case Grammar::RulePatternComprehension:
      return patternComprehension(static_cast<Grammar::PatternComprehensionContext*>(child));
    case Grammar::RuleQuantified:
      return quantified(static_cast<Grammar::QuantifiedContext*>(child));
    case Grammar::RuleReduce:
      return reduce(static_cast<Grammar::ReduceContext*>(child));
    case Grammar::RuleSubquery:
      return subquery(static_cast<Grammar::SubqueryContext*>(child));
    case Grammar::RulePatternExpression:
      return patternExpression(chain(static_cast<Grammar::PatternExpressionContext*>(child)->chain()), span);
    case Grammar::RuleShortestPath:
      return patternExpression(shortestPath(static_cast<Grammar::ShortestPathContext*>(child)), span);
    case Grammar::RuleTrim:
      return trim(static_cast<Grammar::TrimContext*>(child));
    case Grammar::RuleCall:
      return call(static_cast<Grammar::CallContext*>(child));
    case Grammar::RuleMapProjection:
      return mapProjection(static_cast<Grammar::MapProjectionContext*>(child));
    case Grammar::RuleParenthesized: {
      ExpressionPtr inner = expression(static_cast<Grammar::ParenthesizedContext*>(child)->expression());
      inner->span = span;  // a column is named with the parentheses
      return inner;
    }
    default:
      return variable(static_cast<Grammar::VariableContext*>(child));
  }
}

ExpressionPtr Builder::parameter(Grammar::ParameterContext* tree) {
  auto node = make<ast::Parameter>(spanOf(tree));
  node->name = nameAt(spanOf(tree->stop)).text;
  return node;
}

ExpressionPtr Builder::variable(Grammar::VariableContext* tree) {
  auto node = make<ast::Variable>(spanOf(tree));
  node->name = name(tree).text;
  return node;
}

// `< 5` and plain values have a place in the simple form of the tree; the other tests have not.
static bool isSimple(const Grammar::TestContext* test) {
  return test->op == nullptr || comparisonOperator(test->op).has_value();
}

ExpressionPtr Builder::caseExpression(Grammar::CaseExpressionContext* tree) {
  auto node = make<ast::Case>(spanOf(tree));
  bool simple = tree->subject != nullptr;
  for (auto* branch : tree->branch()) {
    for (auto* test : branch->test()) {
      simple = simple && isSimple(test);
      if (tree->subject == nullptr && (test->op != nullptr || branch->test().size() > 1)) {
        throwSyntax("UnexpectedSyntax", "WHEN needs a condition here", spanOf(test),
                    "this form belongs to `CASE value WHEN ...`");
      }
    }
  }
  if (simple) node->subject = expression(tree->subject);
  for (auto* branch : tree->branch()) {
    auto& built = node->branches.emplace_back();
    for (auto* test : branch->test()) {
      const bool plain = simple || tree->subject == nullptr;
      built.tests.push_back(plain ? caseTest(test) : searchedTest(tree->subject, test));
    }
    built.result = expression(branch->expression());
  }
  if (tree->otherwise != nullptr) node->otherwise = expression(tree->otherwise);
  return node;
}

ast::Case::Test Builder::caseTest(Grammar::TestContext* tree) {
  return {comparisonOperator(tree->op), expression(tree->expression())};
}

// The whole condition, with the subject in the place where the test leaves it out.
ast::Case::Test Builder::searchedTest(Grammar::ExpressionContext* subject, Grammar::TestContext* tree) {
  const Span span = spanOf(tree);
  if (isSimple(tree)) {
    auto node = make<ast::Comparison>(span);
    node->operands.push_back(expression(subject));
    node->operands.push_back(expression(tree->expression()));
    node->operators.push_back(comparisonOperator(tree->op).value_or(ast::ComparisonOperator::kEqual));
    return {std::nullopt, std::move(node)};
  }
  if (const auto op = binaryOperator(tree->op)) {
    auto node = make<ast::Binary>(span);
    node->op = *op;
    node->left = expression(subject);
    node->right = expression(tree->expression());
    return {std::nullopt, std::move(node)};
  }
  return {std::nullopt, isCheck(span, tree, expression(subject))};
}

ExpressionPtr Builder::list(Grammar::ListContext* tree) {
  auto node = make<ast::ListExpression>(spanOf(tree));
  node->elements = arguments(tree->arguments());
  return node;
}

std::vector<ExpressionPtr> Builder::arguments(Grammar::ArgumentsContext* tree) {
  std::vector<ExpressionPtr> built;
  if (tree == nullptr) return built;
  for (auto* argument : tree->expression()) built.push_back(expression(argument));
  return built;
}

ExpressionPtr Builder::map(Grammar::MapContext* tree) {
  auto node = make<ast::MapExpression>(spanOf(tree));
  for (auto* entry : tree->mapEntry()) {
    node->entries.emplace_back(name(entry->name()), expression(entry->expression()));
  }
  return node;
}

ExpressionPtr Builder::mapProjection(Grammar::MapProjectionContext* tree) {
  using Item = ast::MapProjection::Item;
  auto node = make<ast::MapProjection>(spanOf(tree));
  node->variable = name(tree->variable());
  for (auto* projected : tree->projected()) {
    auto& item = node->items.emplace_back();
    if (auto* shorthand = projected->variable()) {
      item.kind = Item::Kind::kVariable;
      item.key = name(shorthand);
    } else if (projected->STAR() != nullptr) {
      item.kind = Item::Kind::kAllProperties;
    } else if (projected->DOT() != nullptr) {
      item.kind = Item::Kind::kProperty;
      item.key = name(projected->name());
    } else {
      item.kind = Item::Kind::kEntry;
      item.key = name(projected->name());
      item.value = expression(projected->expression());
    }
  }
  return node;
}

ExpressionPtr Builder::listComprehension(Grammar::ListComprehensionContext* tree) {
  auto node = make<ast::ListComprehension>(spanOf(tree));
  node->variable = name(tree->variable());
  node->list = expression(tree->expression(0));
  node->predicate = where(tree->where());
  if (tree->SEPARATOR() != nullptr) node->projection = expression(tree->expression(1));
  return node;
}

ExpressionPtr Builder::patternComprehension(Grammar::PatternComprehensionContext* tree) {
  auto node = make<ast::PatternComprehension>(spanOf(tree));
  node->pattern = std::make_unique<ast::PathPattern>(chain(tree->chain()));
  if (tree->variable() != nullptr) node->pattern->variable = name(tree->variable());
  node->predicate = where(tree->where());
  node->projection = expression(tree->expression());
  return node;
}

ExpressionPtr Builder::quantified(Grammar::QuantifiedContext* tree) {
  auto node = make<ast::Quantifier>(spanOf(tree));
  const auto kind = tree->kind->getType();
  node->quantifier = kind == Grammar::ALL    ? ast::QuantifierKind::kAll
                     : kind == Grammar::ANY  ? ast::QuantifierKind::kAny
                     : kind == Grammar::NONE ? ast::QuantifierKind::kNone
                                             : ast::QuantifierKind::kSingle;
  node->variable = name(tree->variable());
  node->list = expression(tree->expression());
  node->predicate = where(tree->where());
  return node;
}

ExpressionPtr Builder::reduce(Grammar::ReduceContext* tree) {
  auto node = make<ast::Reduce>(spanOf(tree));
  node->accumulator = name(tree->variable(0));
  node->initial = expression(tree->expression(0));
  node->variable = name(tree->variable(1));
  node->list = expression(tree->expression(1));
  node->step = expression(tree->expression(2));
  return node;
}

ExpressionPtr Builder::subquery(Grammar::SubqueryContext* tree) {
  auto node = make<ast::Subquery>(spanOf(tree));
  const auto kind = tree->kind->getType();
  node->subquery = kind == Grammar::EXISTS  ? ast::SubqueryKind::kExists
                   : kind == Grammar::COUNT ? ast::SubqueryKind::kCount
                                            : ast::SubqueryKind::kCollect;
  node->query = std::make_unique<ast::Query>();
  if (tree->query() != nullptr) {
    *node->query = query(tree->query());
    return node;
  }
  if (kind == Grammar::COLLECT) {
    throwSyntax("UnexpectedSyntax", "COLLECT { } needs a query that ends with RETURN", node->span);
  }
  ast::Match match;
  match.pattern = pattern(tree->pattern());
  match.where = where(tree->where());
  const Span span{match.pattern.span.begin, match.where ? match.where->span.end : match.pattern.span.end};
  ast::SingleQuery part;
  part.span = span;
  part.clauses.push_back({std::move(match), span});
  node->query->span = span;
  node->query->parts.push_back(std::move(part));
  return node;
}

// trim(BOTH 'x' FROM s) is btrim(s, 'x'); LEADING is ltrim, TRAILING rtrim.
ExpressionPtr Builder::trim(Grammar::TrimContext* tree) {
  auto node = make<ast::Call>(spanOf(tree));
  const auto side = tree->side == nullptr ? std::size_t{Grammar::BOTH} : tree->side->getType();
  const char* function = side == Grammar::LEADING ? "ltrim" : side == Grammar::TRAILING ? "rtrim" : "btrim";
  node->function = {function, spanOf(tree->TRIM())};
  node->arguments.push_back(expression(tree->source));
  if (tree->characters != nullptr) node->arguments.push_back(expression(tree->characters));
  return node;
}

ast::Name Builder::functionName(Grammar::FunctionNameContext* tree) {
  ast::Name whole = name(tree->callable());
  for (auto* part : tree->name()) whole.text += '.' + name(part).text;
  whole.span = spanOf(tree);
  return whole;
}

ExpressionPtr Builder::call(Grammar::CallContext* tree) {
  auto node = make<ast::Call>(spanOf(tree));
  node->function = functionName(tree->functionName());
  node->distinct = tree->DISTINCT() != nullptr;
  node->star = tree->STAR() != nullptr;
  node->arguments = arguments(tree->arguments());
  if (tree->ALL() != nullptr && tree->arguments() == nullptr) {  // a variable of that name
    auto variable = make<ast::Variable>(spanOf(tree->ALL()));
    variable->name = textOf(variable->span);
    node->arguments.push_back(std::move(variable));
  }
  if (node->arguments.size() == 2 && sameWord(node->function.text, "normalize")) readNormalForm(node->arguments[1]);
  return node;
}

ExpressionPtr Builder::patternExpression(ast::PathPattern pattern, Span span) {
  auto node = make<ast::PatternExpression>(span);
  node->pattern = std::make_unique<ast::PathPattern>(std::move(pattern));
  return node;
}

}  // namespace plexus::parse
