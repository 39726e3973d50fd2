#include <span>

#include <fmt/format.h>

#include "core/parse/build/builder.h"
#include "core/parse/build/literal.h"
#include "core/parse/build/operator.h"
#include "core/parse/parser.h"

namespace plexus::parse {

using ast::ExpressionPtr;
using Tree = Grammar::ExpressionContext;

namespace {

bool isAtom(const Tree* tree) { return tree->left == nullptr && tree->op == nullptr; }
bool isLogical(const Tree* tree) { return tree->left != nullptr && logicalOperator(tree->op).has_value(); }
bool isComparison(const Tree* tree) { return tree->left != nullptr && comparisonOperator(tree->op).has_value(); }
// An operator or suffix after its left operand that is neither of these: `+`, `.name`, `[i]`, `:Label`, IS NULL, ...
bool isStep(const Tree* tree) { return tree->left != nullptr && !isLogical(tree) && !isComparison(tree); }

void limitDepth(int depth, Span span) {
  if (depth <= kMaxDepth) return;
  throwCompile(ErrorType::kLimitExceeded, "", fmt::format("the query is nested more than {} levels deep", kMaxDepth),
               span);
}

// Associative, so that thousands of alternatives do not make a tree thousands of levels deep.
ExpressionPtr balanced(ast::BinaryOperator op, std::span<ExpressionPtr> operands) {
  if (operands.size() == 1) return std::move(operands.front());
  const std::size_t middle = (operands.size() + 1) / 2;
  auto node = make<ast::Binary>({operands.front()->span.begin, operands.back()->span.end});
  node->op = op;
  node->left = balanced(op, operands.first(middle));
  node->right = balanced(op, operands.subspan(middle));
  return node;
}

}  // namespace

ExpressionPtr Builder::expression(Tree* tree) {
  if (isAtom(tree)) return atom(static_cast<Grammar::AtomContext*>(tree->children.front()));
  if (tree->left == nullptr) return unary(tree);
  if (isLogical(tree)) return logicalChain(tree);
  if (isComparison(tree)) return comparisonChain(tree);
  return leftChain(tree);
}

ExpressionPtr Builder::unary(Tree* tree) {
  const auto type = tree->op->getType();
  const auto operandType = static_cast<std::uint32_t>(tree->right->start->getType());
  const bool number = operandType == Grammar::INTEGER_LITERAL || operandType == Grammar::FLOAT_LITERAL;
  if (type == Grammar::MINUS && number && isAtom(tree->right)) {
    return negativeLiteral(textOf(spanOf(tree->right)), operandType == Grammar::FLOAT_LITERAL, spanOf(tree));
  }
  auto node = make<ast::Unary>(spanOf(tree));
  node->op = type == Grammar::NOT     ? ast::UnaryOperator::kNot
             : type == Grammar::MINUS ? ast::UnaryOperator::kMinus
                                      : ast::UnaryOperator::kPlus;
  node->operand = expression(tree->right);
  return node;
}

// `a AND b AND c`: all operands of one operator, without recursion to the left.
ExpressionPtr Builder::logicalChain(Tree* tree) {
  const auto type = tree->op->getType();
  std::vector<Tree*> trees;
  Tree* at = tree;
  for (; at->left != nullptr && at->op != nullptr && at->op->getType() == type; at = at->left)
    trees.push_back(at->right);
  trees.push_back(at);
  std::vector<ExpressionPtr> operands;
  for (auto i = trees.rbegin(); i != trees.rend(); ++i) operands.push_back(expression(*i));
  return balanced(*logicalOperator(tree->op), operands);
}

ExpressionPtr Builder::comparisonChain(Tree* tree) {
  std::vector<Tree*> links;
  Tree* at = tree;
  for (; isComparison(at); at = at->left) links.push_back(at);
  auto node = make<ast::Comparison>(spanOf(tree));
  node->operands.push_back(expression(at));
  for (auto i = links.rbegin(); i != links.rend(); ++i) {
    node->operators.push_back(*comparisonOperator((*i)->op));
    node->operands.push_back(expression((*i)->right));
  }
  return node;
}

// `a.b[0].c + d - e`: built from the inside without recursion; the tree that results is that deep, so the steps of all
// chains around a place are limited. (Brackets and prefix operators were, on the tokens.)
ExpressionPtr Builder::leftChain(Tree* tree) {
  std::vector<Tree*> steps;
  Tree* at = tree;
  for (; isStep(at); at = at->left) steps.push_back(at);
  const int outside = chained_;
  chained_ += static_cast<int>(steps.size());
  limitDepth(chained_, spanOf(tree));
  ExpressionPtr node = expression(at);
  for (auto i = steps.rbegin(); i != steps.rend(); ++i, --chained_) node = step(*i, std::move(node));
  chained_ = outside;
  return node;
}

ExpressionPtr Builder::step(Tree* tree, ExpressionPtr left) {
  if (tree->op == nullptr) {
    auto check = make<ast::LabelCheck>(spanOf(tree));
    check->operand = std::move(left);
    check->labels = labels(tree->labels());
    return check;
  }
  switch (tree->op->getType()) {
    case Grammar::DOT: {
      auto property = make<ast::Property>(spanOf(tree));
      property->base = std::move(left);
      property->key = name(tree->name());
      return property;
    }
    case Grammar::LBRACK:
      return index(tree, std::move(left));
    case Grammar::IS:
    case Grammar::DOUBLE_COLON:
      return isCheck(spanOf(tree), tree, std::move(left));
    default: {
      auto binary = make<ast::Binary>(spanOf(tree));
      binary->op = *binaryOperator(tree->op);
      binary->left = std::move(left);
      binary->right = expression(tree->right);
      return binary;
    }
  }
}

ExpressionPtr Builder::index(Tree* tree, ExpressionPtr base) {
  if (tree->right != nullptr) {
    auto node = make<ast::Index>(spanOf(tree));
    node->base = std::move(base);
    node->index = expression(tree->right);
    return node;
  }
  auto node = make<ast::Slice>(spanOf(tree));
  node->base = std::move(base);
  if (tree->from != nullptr) node->from = expression(tree->from);
  if (tree->to != nullptr) node->to = expression(tree->to);
  return node;
}

// IS NULL, IS :: TYPE, IS NFC NORMALIZED; the last is the function isNormalized().
ExpressionPtr Builder::isCheck(Span span, ExpressionPtr operand, bool negated, bool isNull,
                               Grammar::TypeContext* typeTree, Grammar::NormalFormContext* form) {
  if (isNull) {
    auto node = make<ast::NullCheck>(span);
    node->operand = std::move(operand);
    node->negated = negated;
    return node;
  }
  if (typeTree != nullptr) {
    auto node = make<ast::TypeCheck>(span);
    node->operand = std::move(operand);
    node->negated = negated;
    node->type = type(typeTree);
    return node;
  }
  auto call = make<ast::Call>(span);
  call->function = {"isNormalized", span};
  call->arguments.push_back(std::move(operand));
  if (form != nullptr) {
    auto literal = make<ast::Literal>(spanOf(form));
    literal->value = Value{textOf(literal->span)};
    call->arguments.push_back(std::move(literal));
  }
  if (!negated) return call;
  auto inverse = make<ast::Unary>(span);
  inverse->op = ast::UnaryOperator::kNot;
  inverse->operand = std::move(call);
  return inverse;
}

}  // namespace plexus::parse
