// MATCH and its hints.
#include <fmt/format.h>

#include "core/bind/query_binder.h"

namespace plexus::bind {

void ClauseBinder::bind(const ast::Match& match) {
  PatternBinder pattern{binding_, scope_};
  if (match.mode == ast::MatchMode::kRepeatableElements) pattern.allowRepeats();
  pattern.declare(match.pattern);
  pattern.bindConditions(match.where.get());
  BoundMatch bound;
  bound.optional = match.optional;
  bound.graph = pattern.take();
  for (const auto& hint : match.hints) bindHint(hint, bound);
  add(std::move(bound));
}

void ClauseBinder::bindHint(const ast::Hint& hint, BoundMatch& bound) {
  std::vector<VariableId> variables;
  for (const auto& name : hint.variables) {
    const auto found = scope_.find(name.text);
    if (!found) throwUndefined(scope_, name.text, name.span);
    variables.push_back(*found);
  }
  bound.hintKinds.push_back(hint.kind);
  bound.hintVariables.push_back(std::move(variables));
}

}  // namespace plexus::bind
