// Which predicates a scan can hand to storage: n.key = value, and n.key or toLower(n.key) CONTAINS, STARTS WITH, ENDS
// WITH value, for values that are constants or parameters.
#include <array>
#include <utility>

#include "core/exec/expression/logic.h"
#include "core/exec/operator/scan/node_scan.h"
#include "core/function/registry.h"

namespace plexus::exec {
namespace {

using bind::BoundKind;

constexpr std::array<std::pair<std::string_view, Narrowing::Kind>, 4> kSearchable{
    {{"=", Narrowing::Kind::kEqual},
     {"CONTAINS", Narrowing::Kind::kContains},
     {"STARTS WITH", Narrowing::Kind::kStartsWith},
     {"ENDS WITH", Narrowing::Kind::kEndsWith}}};

// The key, if the expression is a property of the variable.
const std::string* keyOf(const bind::BoundExpression& expression, VariableId variable) {
  if (expression.kind() != BoundKind::kProperty) return nullptr;
  const auto& property = expression.as<bind::Property>();
  const bool own =
      property.base->kind() == BoundKind::kVariable && property.base->as<bind::Variable>().variable == variable;
  return own ? &property.key : nullptr;
}

bool isScalarConstant(const bind::BoundExpression& expression) {
  return expression.kind() == BoundKind::kConstant || expression.kind() == BoundKind::kParameter;
}

std::optional<Narrowing> narrowingOf(const bind::BoundExpression& predicate, VariableId variable, BuildContext& build) {
  if (predicate.kind() != BoundKind::kFunction) return std::nullopt;
  const auto& function = predicate.as<bind::Function>();
  for (const auto& [name, kind] : kSearchable) {
    if (function.function->name != name || function.arguments.size() != 2) continue;
    const bool turned = kind == Narrowing::Kind::kEqual && isScalarConstant(*function.arguments[0]);
    const bind::BoundExpression* subject = function.arguments[turned ? 1 : 0].get();
    const bind::BoundExpression& value = *function.arguments[turned ? 0 : 1];
    if (!isScalarConstant(value)) return std::nullopt;
    bool lowered = false;
    if (kind != Narrowing::Kind::kEqual && subject->kind() == BoundKind::kFunction) {
      const auto& call = subject->as<bind::Function>();
      lowered = call.function->name == "toLower" || call.function->name == "lower";
      if (lowered) subject = call.arguments.front().get();
    }
    const std::string* key = keyOf(*subject, variable);
    if (key == nullptr) return std::nullopt;
    return Narrowing{kind, *key, lowered, compile(value, Layout{}, build)};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Narrowing> narrowingOf(const std::vector<bind::ExpressionPtr>& predicates, VariableId variable,
                                     BuildContext& build) {
  for (const auto& predicate : predicates) {
    if (auto narrowing = narrowingOf(*predicate, variable, build)) return narrowing;
  }
  return std::nullopt;
}

}  // namespace plexus::exec
