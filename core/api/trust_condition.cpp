#include "core/api/trust_condition.h"

#include <algorithm>
#include <initializer_list>
#include <vector>

#include "core/base/error.h"
#include "core/parse/ast/expression.h"
#include "core/parse/parser.h"

namespace plexus::api {
namespace {

using ast::ExpressionKind;
using ast::ExpressionPtr;

// Collects the names that an expression reads and does not bind.
class FreeNames {
 public:
  const std::vector<Span>& spans() const { return spans_; }

  void visit(const ExpressionPtr& expression) {
    if (!expression) return;
    switch (expression->kind()) {
      case ExpressionKind::kLiteral:
        return;
      case ExpressionKind::kVariable: {
        const auto& name = expression->as<ast::Variable>().name;
        if (std::find(bound_.begin(), bound_.end(), name) == bound_.end()) spans_.push_back(expression->span);
        return;
      }
      case ExpressionKind::kProperty:
        return visit(expression->as<ast::Property>().base);
      case ExpressionKind::kUnary:
        return visit(expression->as<ast::Unary>().operand);
      case ExpressionKind::kNullCheck:
        return visit(expression->as<ast::NullCheck>().operand);
      case ExpressionKind::kTypeCheck:
        return visit(expression->as<ast::TypeCheck>().operand);
      case ExpressionKind::kBinary:
        return visitAll({&expression->as<ast::Binary>().left, &expression->as<ast::Binary>().right});
      case ExpressionKind::kIndex:
        return visitAll({&expression->as<ast::Index>().base, &expression->as<ast::Index>().index});
      case ExpressionKind::kSlice: {
        const auto& slice = expression->as<ast::Slice>();
        return visitAll({&slice.base, &slice.from, &slice.to});
      }
      case ExpressionKind::kComparison:
        return visitAll(expression->as<ast::Comparison>().operands);
      case ExpressionKind::kCall:
        return visitAll(expression->as<ast::Call>().arguments);
      case ExpressionKind::kList:
        return visitAll(expression->as<ast::ListExpression>().elements);
      case ExpressionKind::kMap:
        for (const auto& entry : expression->as<ast::MapExpression>().entries) visit(entry.second);
        return;
      case ExpressionKind::kCase:
        return visitCase(expression->as<ast::Case>());
      case ExpressionKind::kListComprehension: {
        const auto& list = expression->as<ast::ListComprehension>();
        visit(list.list);
        return visitBinding({list.variable.text}, {&list.predicate, &list.projection});
      }
      case ExpressionKind::kQuantifier: {
        const auto& quantifier = expression->as<ast::Quantifier>();
        visit(quantifier.list);
        return visitBinding({quantifier.variable.text}, {&quantifier.predicate});
      }
      case ExpressionKind::kReduce: {
        const auto& reduce = expression->as<ast::Reduce>();
        visitAll({&reduce.initial, &reduce.list});
        return visitBinding({reduce.accumulator.text, reduce.variable.text}, {&reduce.step});
      }
      default:
        throwCompile(ErrorType::kSyntaxError, "UnexpectedSyntax",
                     "a condition on evidence reads one row of it: no patterns, subqueries, labels or parameters",
                     expression->span);
    }
  }

 private:
  void visitAll(const std::vector<ExpressionPtr>& expressions) {
    for (const auto& expression : expressions) visit(expression);
  }
  void visitAll(std::initializer_list<const ExpressionPtr*> expressions) {
    for (const auto* expression : expressions) visit(*expression);
  }
  void visitBinding(const std::vector<std::string>& names, std::initializer_list<const ExpressionPtr*> inside) {
    const std::size_t before = bound_.size();
    bound_.insert(bound_.end(), names.begin(), names.end());
    visitAll(inside);
    bound_.resize(before);
  }
  void visitCase(const ast::Case& expression) {
    visit(expression.subject);
    for (const auto& branch : expression.branches) {
      for (const auto& test : branch.tests) visit(test.value);
      visit(branch.result);
    }
    visit(expression.otherwise);
  }

  std::vector<std::string> bound_;
  std::vector<Span> spans_;
};

}  // namespace

TrustCondition::TrustCondition(std::string text) : text_{std::move(text)} {
  FreeNames names;
  try {
    names.visit(parse::parseExpression(text_));
  } catch (const Error& error) {
    parts_.push_back({0, 0, text_.size()});
    throw inOption(error);
  }
  query_ = "UNWIND $rows AS `of trust` WITH `of trust` WHERE (";
  std::size_t at = 0;
  for (const Span span : names.spans()) {
    if (span.begin < at) continue;  // the subject of a CASE stands in each of its tests
    append(at, span.begin);
    query_ += "`of trust`.statement.";
    append(span.begin, span.end);
    names_.push_back(text_.substr(span.begin, span.end - span.begin));
    at = span.end;
  }
  append(at, text_.size());
  query_ += "\n) RETURN `of trust`.relationship AS relationship";
}

void TrustCondition::append(std::size_t begin, std::size_t end) {
  parts_.push_back({query_.size(), begin, end - begin});
  query_.append(text_, begin, end - begin);
}

std::uint32_t TrustCondition::placeOf(std::uint32_t inQuery) const {
  const auto after =
      std::find_if(parts_.begin(), parts_.end(), [&](const Part& part) { return part.inQuery > inQuery; });
  if (after == parts_.begin()) return 0;
  const Part& part = *std::prev(after);
  return static_cast<std::uint32_t>(part.inCondition + std::min(inQuery - part.inQuery, part.length));
}

Error TrustCondition::inOption(const Error& error) const {
  Error::Where where = error.where();
  if (const auto* span = std::get_if<Span>(&where)) where = Span{placeOf(span->begin), placeOf(span->end)};
  const Error placed{error.type(), error.phase(), error.detail(), error.what(), where, error.hint()};
  return {error.type(), error.phase(), error.detail(), "in the option `trust`: " + placed.render(text_)};
}

}  // namespace plexus::api
