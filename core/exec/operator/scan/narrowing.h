// core/exec/operator/scan/narrowing.h: a condition on a property of the scanned nodes that storage can search for
// instead of giving every node: a comparison with values that are constants or parameters.
//
// It may let more nodes pass than satisfy it: the predicates that it is taken from are still tested.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/exec/expression/evaluator.h"
#include "core/exec/run/columns.h"

namespace plexus::exec {

class BuildContext;

struct Narrowing {
  // The more selective kinds, as a rule, first.
  enum class Kind : std::uint8_t { kEqual, kIn, kStartsWith, kEndsWith, kContains, kBetween } kind = Kind::kEqual;
  std::string key;
  bool lowered = false;    // text: of toLower(n.key)
  EvaluatorPtr value;      // without variables; of kIn a list; of kBetween null
  EvaluatorPtr low, high;  // kBetween: either may be null

  // The nodes of `among` that may satisfy it, ascending; nothing if its values cannot be searched for.
  std::optional<std::vector<NodeId>> search(Worker& worker, const Roaring& among) const;
};

// The best one that the predicates, all of which must hold, have on `variable`.
std::optional<Narrowing> narrowingOf(const std::vector<bind::ExpressionPtr>& predicates, VariableId variable,
                                     BuildContext& build);

}  // namespace plexus::exec
