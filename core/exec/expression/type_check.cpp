#include "core/exec/expression/type_check.h"

#include <algorithm>

#include "core/exec/expression/composite.h"
#include "core/parse/parser.h"

namespace plexus::exec {
namespace {

bool isListOf(const Value& value, const bind::CheckedType& type) {
  if (!value.is(ValueKind::kList)) return false;
  if (type.arguments.empty()) return true;
  return std::all_of(value.list().begin(), value.list().end(),
                     [&](const Value& element) { return isOfType(element, type.arguments.front()); });
}

bool isStorable(const Value& value) {
  switch (value.kind()) {
    case ValueKind::kMap:
    case ValueKind::kNode:
    case ValueKind::kRelationship:
    case ValueKind::kPath:
      return false;
    case ValueKind::kList:
      return std::all_of(value.list().begin(), value.list().end(),
                         [](const Value& v) { return !v.isNull() && !v.is(ValueKind::kList) && isStorable(v); });
    default:
      return true;
  }
}

class TypeCheckEvaluator final : public Composite {
 public:
  TypeCheckEvaluator(const bind::TypeCheck& check, std::vector<EvaluatorPtr> operands)
      : Composite{bind::BoundKind::kTypeCheck, check.span, std::move(operands)},
        type_{check.checked},
        negated_{check.negated} {}

  Column evaluate(Worker& worker, Scratch& scratch, const Batch& rows) const override {
    const Column operand = evaluateOperand(0, worker, scratch, rows);
    auto result = std::make_shared<Vector>(Vector::Kind::kBoolean, rows.rows());
    const auto out = result->data<std::uint8_t>();
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      out[row] = static_cast<std::uint8_t>(isOfType(operand.value(row), type_) != negated_);
    }
    return {std::move(result), nullptr};
  }

 private:
  bind::CheckedType type_;
  bool negated_;
};

}  // namespace

bool isOfType(const Value& value, const bind::CheckedType& type) {
  if (!type.alternatives.empty()) {
    return std::any_of(type.alternatives.begin(), type.alternatives.end(),
                       [&](const bind::CheckedType& alternative) { return isOfType(value, alternative); });
  }
  if (type.base == "NOTHING") return false;
  if (value.isNull()) return !type.notNull;
  if (type.base == "ANY") return true;
  if (type.base == "LIST") return isListOf(value, type);
  if (type.base == "PROPERTY VALUE") return isStorable(value);
  if (type.base == "NUMBER") return value.isNumber();
  return type.base == name(value.kind());
}

bind::CheckedType checkedType(const ast::TypeName& type) {
  bind::CheckedType checked;
  checked.base = type.base;
  checked.notNull = type.notNull;
  for (const auto& argument : type.arguments) checked.arguments.push_back(checkedType(argument));
  for (const auto& alternative : type.alternatives) checked.alternatives.push_back(checkedType(alternative));
  return checked;
}

bind::CheckedType parseType(std::string_view text) {
  const auto expression = parse::parseExpression("null IS :: " + std::string{text});
  return checkedType(expression->as<ast::TypeCheck>().type);
}

std::string typeText(const bind::CheckedType& type) {
  std::string text;
  if (type.alternatives.empty()) {
    text = type.base;
    if (!type.arguments.empty()) text += "<" + typeText(type.arguments.front()) + ">";
    if (type.notNull) text += " NOT NULL";
    return text;
  }
  for (const auto& alternative : type.alternatives) {
    if (!text.empty()) text += " | ";
    text += typeText(alternative);
  }
  return text;
}

EvaluatorPtr compileTypeCheck(const bind::TypeCheck& check, const Layout& layout, BuildContext& build) {
  return std::make_unique<TypeCheckEvaluator>(check, compileAll({check.operand}, layout, build));
}

}  // namespace plexus::exec
