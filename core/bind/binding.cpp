#include "core/bind/binding.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/base/nearest_name.h"
#include "core/bind/ordered_enumeration.h"
#include "core/bind/pattern_binder.h"

namespace plexus::bind {
namespace {

// A name that the catalog does not know is no error (a graph has no fixed schema), but most often a slip.
void warnUnknown(std::string_view what, const NamesUsed& used, const catalog::NameTable& known,
                 std::vector<std::string>& warnings) {
  if (used.anyWritten) return;
  for (const std::string& name : used.read) {
    if (known.find(name) || used.written.contains(name)) continue;
    std::string warning = fmt::format("{} `{}` is not in the database", what, name);
    if (const std::string hint = didYouMean(name, known.names()); !hint.empty()) warning += "; " + hint;
    warnings.push_back(std::move(warning));
  }
}

}  // namespace

void NamesUsed::write(const BoundExpression& name) {
  const Value* constant = name.kind() == BoundKind::kConstant ? &name.as<Constant>().value : nullptr;
  if (constant != nullptr && constant->is(ValueKind::kString)) {
    written.emplace(constant->string());
  } else {
    anyWritten = true;
  }
}

void NamesUsed::writeKeys(const BoundExpression& map) {
  if (map.kind() == BoundKind::kMap) {
    for (const auto& [key, value] : map.as<MapExpression>().entries) written.insert(key);
  } else if (map.kind() == BoundKind::kConstant && map.as<Constant>().value.is(ValueKind::kMap)) {
    for (const auto& [key, value] : map.as<Constant>().value.map().entries()) written.emplace(key);
  } else {
    anyWritten = true;
  }
}

VariableId Binding::newVariable(std::string name, Type type) {
  variables_.push_back({std::move(name), std::move(type)});
  return static_cast<VariableId>(variables_.size() - 1);
}

VariableId Binding::newAnonymous(std::string_view purpose, Type type) {
  return newVariable(fmt::format(" {}{}", purpose, variables_.size()), std::move(type));
}

ExpressionPtr Binding::read(VariableId variable, Span span) const {
  auto expression = std::make_shared<Variable>();
  expression->variable = variable;
  expression->type = variables_[variable].type;
  expression->span = span;
  return expression;
}

void Binding::useParameter(const std::string& name, Span span) {
  if (std::find(parameters_.begin(), parameters_.end(), name) != parameters_.end()) return;
  parameters_.push_back(name);
  parameterSpans_.push_back(span);
}

void Binding::addLabels(VariableId variable, const LabelsPtr& demanded) {
  if (demanded) labels_[variable] = bothLabels(labels_[variable], demanded);
}

void Binding::copyLabels(VariableId from, VariableId to) {
  if (const auto found = labels_.find(from); found != labels_.end()) addLabels(to, LabelsPtr{found->second});
}

Enumeration Binding::enumerationOf(const BoundExpression& owner, std::string_view key) const {
  if (context_.catalog == nullptr) return nullptr;
  LabelsPtr known;
  if (owner.kind() == BoundKind::kVariable) {
    const auto found = labels_.find(owner.as<Variable>().variable);
    if (found != labels_.end()) known = found->second;
  }
  return bind::enumerationOf(key, owner.type.kind(), known, *context_.catalog);
}

void Binding::finish(BoundStatement& statement) {
  statement.warnings = std::move(warnings);
  if (context_.catalog != nullptr) {
    warnUnknown("label", labels, context_.catalog->labels, statement.warnings);
    warnUnknown("relationship type", relTypes, context_.catalog->relTypes, statement.warnings);
    warnUnknown("property key", propertyKeys, context_.catalog->propertyKeys, statement.warnings);
  }
  statement.variables = std::move(variables_);
  statement.parameters = std::move(parameters_);
  statement.parameterSpans = std::move(parameterSpans_);
}

void throwUndefined(const Scope& scope, const std::string& name, Span span) {
  if (scope.isOutside(name)) {
    throwSyntax("UndefinedVariable", fmt::format("variable `{}` is not imported into the subquery", name), span,
                fmt::format("write CALL ({}) {{ ... }}, or begin the subquery with a WITH of names only", name));
  }
  throwSyntax("UndefinedVariable", fmt::format("variable `{}` is not defined", name), span,
              didYouMean(name, scope.visibleNames()));
}

void throwAlreadyBound(const Scope& scope, const std::string& name, Span span) {
  if (scope.isOuter(name)) throwShadowing(name, span);
  throwSyntax("VariableAlreadyBound", fmt::format("variable `{}` is already defined", name), span);
}

void throwShadowing(const std::string& name, Span span) {
  throwSyntax("VariableShadowing",
              fmt::format("the variable `{}` is shadowing a variable with the same name from the outer scope", name),
              span, "it needs another name");
}

void throwSyntax(std::string_view detail, std::string message, Span span, std::string hint) {
  throwCompile(ErrorType::kSyntaxError, detail, std::move(message), span, std::move(hint));
}

}  // namespace plexus::bind
