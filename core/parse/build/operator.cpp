#include "core/parse/build/operator.h"

#include "core/parse/build/builder.h"

namespace plexus::parse {

using ast::BinaryOperator;
using ast::ComparisonOperator;

std::optional<BinaryOperator> logicalOperator(const antlr4::Token* token) {
  if (token == nullptr) return std::nullopt;
  switch (token->getType()) {
    case Grammar::AND:
      return BinaryOperator::kAnd;
    case Grammar::OR:
      return BinaryOperator::kOr;
    case Grammar::XOR:
      return BinaryOperator::kXor;
    default:
      return std::nullopt;
  }
}

std::optional<ComparisonOperator> comparisonOperator(const antlr4::Token* token) {
  if (token == nullptr) return std::nullopt;
  switch (token->getType()) {
    case Grammar::EQ:
      return ComparisonOperator::kEqual;
    case Grammar::NEQ:
      return ComparisonOperator::kNotEqual;
    case Grammar::LT:
      return ComparisonOperator::kLess;
    case Grammar::LE:
      return ComparisonOperator::kLessEqual;
    case Grammar::GT:
      return ComparisonOperator::kGreater;
    case Grammar::GE:
      return ComparisonOperator::kGreaterEqual;
    default:
      return std::nullopt;
  }
}

std::optional<BinaryOperator> binaryOperator(const antlr4::Token* token) {
  if (token == nullptr) return std::nullopt;
  switch (token->getType()) {
    case Grammar::PLUS:
      return BinaryOperator::kAdd;
    case Grammar::MINUS:
      return BinaryOperator::kSubtract;
    case Grammar::STAR:
      return BinaryOperator::kMultiply;
    case Grammar::SLASH:
      return BinaryOperator::kDivide;
    case Grammar::PERCENT:
      return BinaryOperator::kModulo;
    case Grammar::CARET:
      return BinaryOperator::kPower;
    case Grammar::IN:
      return BinaryOperator::kIn;
    case Grammar::STARTS:
      return BinaryOperator::kStartsWith;
    case Grammar::ENDS:
      return BinaryOperator::kEndsWith;
    case Grammar::CONTAINS:
      return BinaryOperator::kContains;
    case Grammar::REGEX_MATCH:
      return BinaryOperator::kRegexMatch;
    case Grammar::DOUBLE_BAR:
      return BinaryOperator::kConcat;
    default:
      return std::nullopt;
  }
}

}  // namespace plexus::parse
