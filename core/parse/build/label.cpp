#include "core/parse/build/builder.h"

namespace plexus::parse {

using ast::LabelExpression;
using ast::LabelExpressionPtr;
using Kind = LabelExpression::Kind;
using Tree = Grammar::LabelExpressionContext;

namespace {

LabelExpressionPtr makeLabel(Kind kind, Span span) {
  auto node = std::make_unique<LabelExpression>();
  node->kind = kind;
  node->span = span;
  return node;
}

Kind kindOf(const Tree* tree) {
  if (tree->op == nullptr) return tree->children.size() == 1 ? Kind::kName : Kind::kNot;
  return tree->op->getType() == Grammar::BAR ? Kind::kOr : Kind::kAnd;
}

}  // namespace

LabelExpressionPtr Builder::labels(Grammar::LabelsContext* tree) { return labelExpression(tree->labelExpression()); }

LabelExpressionPtr Builder::labelExpression(Tree* tree) {
  const Kind kind = kindOf(tree);
  if (kind == Kind::kName) return labelAtom(tree->labelAtom());
  auto node = makeLabel(kind, spanOf(tree));
  if (kind == Kind::kNot) {
    node->operands.push_back(labelExpression(tree->labelExpression(0)));
    return node;
  }
  // Operands of one operator in a row make one node, without recursion to the left.
  std::vector<Tree*> operands;
  Tree* at = tree;
  for (; kindOf(at) == kind; at = at->labelExpression(0)) {
    operands.push_back(at->labelExpression(1));
    if (textOf(spanOf(at->op)) == ":") node->colons = true;  // whatever type the token was given
  }
  node->operands.push_back(labelExpression(at));
  for (auto i = operands.rbegin(); i != operands.rend(); ++i) node->operands.push_back(labelExpression(*i));
  return node;
}

LabelExpressionPtr Builder::labelAtom(Grammar::LabelAtomContext* tree) {
  const Span span = spanOf(tree);
  if (tree->name() != nullptr) {
    auto node = makeLabel(Kind::kName, span);
    node->name = name(tree->name()).text;
    return node;
  }
  if (tree->PERCENT() != nullptr) return makeLabel(Kind::kAny, span);
  if (tree->DOLLAR() == nullptr) return labelExpression(tree->labelExpression());
  auto node = makeLabel(Kind::kDynamic, span);
  node->dynamicAny = tree->ANY() != nullptr;
  node->dynamic = expression(tree->expression());
  return node;
}

}  // namespace plexus::parse
