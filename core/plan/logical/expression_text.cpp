#include <fmt/format.h>

#include "core/function/registry.h"
#include "core/plan/logical/expression.h"
#include "core/value/print.h"

namespace plexus::plan {

namespace {

using bind::BoundKind;
using Variables = std::vector<bind::VariableInfo>;

constexpr std::size_t kLongest = 160;  // characters of an expression in EXPLAIN

std::string print(const ExpressionPtr& e, const Variables& variables);

std::string printList(const std::vector<ExpressionPtr>& list, const Variables& variables) {
  std::string out;
  for (const auto& e : list) out += (out.empty() ? "" : ", ") + print(e, variables);
  return out;
}

bool isOperand(const ExpressionPtr& e) {
  return e->kind() == BoundKind::kFunction && e->as<bind::Function>().function->isOperator();
}

// Operands that are operators themselves stand in parentheses: the printed form needs no precedences.
std::string printOperand(const ExpressionPtr& e, const Variables& variables) {
  return isOperand(e) ? "(" + print(e, variables) + ")" : print(e, variables);
}

std::string printOperator(const bind::Function& call, const Variables& variables) {
  const std::string_view name = call.function->name;
  const auto& arguments = call.arguments;
  if (name == "[]" && arguments.size() == 2) {
    return fmt::format("{}[{}]", printOperand(arguments[0], variables), print(arguments[1], variables));
  }
  if (name == "NOT") return "NOT " + printOperand(arguments[0], variables);
  if (arguments.size() == 1 && name.starts_with("IS")) {
    return fmt::format("{} {}", printOperand(arguments[0], variables), name);
  }
  if (arguments.size() == 1 && name.starts_with("u")) {
    return fmt::format("{}{}", name.substr(1), printOperand(arguments[0], variables));
  }
  if (name.starts_with("[")) return fmt::format("{}({})", name, printList(arguments, variables));
  std::string out;
  for (const auto& argument : arguments) {
    if (!out.empty()) out += fmt::format(" {} ", name);
    out += printOperand(argument, variables);
  }
  return out;
}

std::string printMap(const bind::MapExpression& map, const Variables& variables) {
  std::string out;
  for (std::size_t i = 0; i < map.entries.size(); ++i) {
    const auto& [key, value] = map.entries[i];
    const bool all = i < map.isAll.size() && map.isAll[i];
    out += (out.empty() ? "" : ", ") + (all ? ".*" : fmt::format("{}: {}", key, print(value, variables)));
  }
  return "{" + out + "}";
}

std::string printSubquery(const bind::Subquery& e) {
  switch (e.subquery) {
    case bind::SubqueryKind::kExists:
      return "EXISTS { ... }";
    case bind::SubqueryKind::kCount:
      return "COUNT { ... }";
    case bind::SubqueryKind::kCollect:
      return "COLLECT { ... }";
    case bind::SubqueryKind::kFirst:
      break;
  }
  return "FIRST { ... }";
}

std::string printQuantifier(const bind::Quantifier& e, const Variables& variables) {
  static constexpr const char* kNames[] = {"all", "any", "none", "single"};
  std::string out = fmt::format("{}({} IN {}", kNames[static_cast<std::size_t>(e.quantifier)],
                                nameOf(e.variable, variables), print(e.list, variables));
  if (e.predicate) out += " WHERE " + print(e.predicate, variables);
  return out + ")";
}

std::string printComprehension(const bind::ListComprehension& e, const Variables& variables) {
  std::string out = fmt::format("[{} IN {}", nameOf(e.variable, variables), print(e.list, variables));
  if (e.predicate) out += " WHERE " + print(e.predicate, variables);
  if (e.projection) out += " | " + print(e.projection, variables);
  return out + "]";
}

std::string print(const ExpressionPtr& e, const Variables& variables) {
  switch (e->kind()) {
    case BoundKind::kConstant:
      return toCypherText(e->as<bind::Constant>().value);
    case BoundKind::kParameter:
      return "$" + e->as<bind::Parameter>().name;
    case BoundKind::kVariable:
      return nameOf(e->as<bind::Variable>().variable, variables);
    case BoundKind::kProperty:
      return printOperand(e->as<bind::Property>().base, variables) + "." + e->as<bind::Property>().key;
    case BoundKind::kFunction: {
      const auto& call = e->as<bind::Function>();
      if (call.function->isOperator()) return printOperator(call, variables);
      return fmt::format("{}({})", call.function->name, printList(call.arguments, variables));
    }
    case BoundKind::kLabelCheck:
      return print(e->as<bind::LabelCheck>().operand, variables) + text(e->as<bind::LabelCheck>().labels, variables);
    case BoundKind::kTypeCheck:
      return fmt::format("{} IS {}:: {}", print(e->as<bind::TypeCheck>().operand, variables),
                         e->as<bind::TypeCheck>().negated ? "NOT " : "", e->as<bind::TypeCheck>().checked.base);
    case BoundKind::kList:
      return "[" + printList(e->as<bind::ListExpression>().elements, variables) + "]";
    case BoundKind::kMap:
      return printMap(e->as<bind::MapExpression>(), variables);
    case BoundKind::kCase:
      return "CASE ... END";
    case BoundKind::kListComprehension:
      return printComprehension(e->as<bind::ListComprehension>(), variables);
    case BoundKind::kQuantifier:
      return printQuantifier(e->as<bind::Quantifier>(), variables);
    case BoundKind::kReduce:
      return fmt::format("reduce({} = {}, {} IN {} | {})", nameOf(e->as<bind::Reduce>().accumulator, variables),
                         print(e->as<bind::Reduce>().initial, variables),
                         nameOf(e->as<bind::Reduce>().variable, variables),
                         print(e->as<bind::Reduce>().list, variables), print(e->as<bind::Reduce>().step, variables));
    case BoundKind::kSubquery:
      return printSubquery(e->as<bind::Subquery>());
  }
  return {};
}

std::string printLabels(const bind::BoundLabels& labels, const Variables& variables, bool nested) {
  using Kind = bind::BoundLabels::Kind;
  std::string out;
  switch (labels.kind) {
    case Kind::kName:
      return labels.name;
    case Kind::kAny:
      return "%";
    case Kind::kNot:
      return "!" + printLabels(*labels.operands[0], variables, true);
    case Kind::kDynamic:
      return fmt::format("$({})", text(labels.dynamic, variables));
    case Kind::kAnd:
    case Kind::kOr:
      for (const auto& operand : labels.operands) {
        if (!out.empty()) out += labels.kind == Kind::kAnd ? "&" : "|";
        out += printLabels(*operand, variables, true);
      }
      return nested ? "(" + out + ")" : out;
  }
  return out;
}

}  // namespace

std::string nameOf(VariableId variable, const Variables& variables) {
  if (variable >= variables.size()) return fmt::format("#{}", variable);
  return variables[variable].isAnonymous() ? fmt::format("#{}", variable) : variables[variable].name;
}

std::string text(const ExpressionPtr& e, const Variables& variables) {
  if (!e) return {};
  std::string out = print(e, variables);
  if (out.size() > kLongest) {
    std::size_t cut = kLongest;
    while (cut > 0 && (static_cast<unsigned char>(out[cut]) & 0xC0U) == 0x80U) --cut;  // not inside a UTF-8 sequence
    out.resize(cut);
    out += "...";
  }
  return out;
}

std::string text(const LabelsPtr& labels, const Variables& variables) {
  return labels ? ":" + printLabels(*labels, variables, false) : std::string{};
}

}  // namespace plexus::plan
