#include <span>
#include <utility>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/plan/planning.h"

namespace plexus::plan {

namespace {

// Whether paths are chosen that bind nodes and relationships between their ends: what is chosen depends on which of
// these are bound before, so nothing else may be matched along with them.
bool selectsWithin(const bind::PatternGraph& graph) {
  return std::any_of(graph.shortest.begin(), graph.shortest.end(),
                     [](const bind::ShortestPath& shortest) { return shortest.path.steps.size() > 3; });
}

// How many MATCH clauses from `first` on can be planned as one: none of them optional, none of the later ones with a
// relationship that an earlier one binds.
std::size_t matchRun(const std::vector<bind::BoundClause>& clauses, std::size_t first) {
  VariableSet relationships;
  std::size_t end = first;
  for (; end < clauses.size(); ++end) {
    const auto* match = std::get_if<bind::BoundMatch>(&clauses[end].node);
    if (!match || (match->optional && end > first)) break;
    if (selectsWithin(match->graph)) return std::max<std::size_t>(end - first, 1);
    bool again = false;
    for (const auto& r : match->graph.relationships) again = again || relationships.has(r.variable);
    if (again) break;
    for (const auto& r : match->graph.relationships) relationships.add(r.variable);
    if (match->optional) return 1;
  }
  return end - first;
}

// How many operators of a chain were put on top of `below`.
std::size_t operatorsAbove(const LogicalOperator* below, const LogicalOperator& root) {
  std::size_t count = 0;
  const LogicalOperator* op = &root;
  for (; op != below && !op->children.empty(); ++count) op = op->children[0].get();
  return count;
}

}  // namespace

LogicalPtr Planning::argument(const std::vector<VariableId>& outer) {
  auto out = std::make_unique<Argument>();
  out->output = outer;
  return out;
}

LogicalPtr Planning::planClauses(const std::vector<bind::BoundClause>& clauses, LogicalPtr input) {
  std::size_t depth = 0;
  for (std::size_t i = 0; i < clauses.size();) {
    const LogicalOperator* below = input.get();
    const std::size_t run = runLength(clauses, i);
    input = planRun(std::span{clauses}.subspan(i, run), std::move(input));
    depth += operatorsAbove(below, *input);
    if (depth > kDeepest) throwTooDeep();
    i += run;
  }
  return input;
}

std::size_t Planning::runLength(const std::vector<bind::BoundClause>& clauses, std::size_t first) const {
  if (!std::holds_alternative<bind::BoundMatch>(clauses[first].node) || !enabled("merge-matches")) return 1;
  return matchRun(clauses, first);
}

LogicalPtr Planning::planRun(std::span<const bind::BoundClause> run, LogicalPtr input) {
  if (!std::holds_alternative<bind::BoundMatch>(run[0].node)) return planClause(run[0], std::move(input));
  std::vector<const bind::BoundMatch*> matches;
  for (const bind::BoundClause& clause : run) matches.push_back(&std::get<bind::BoundMatch>(clause.node));
  return planMatch(matches, std::move(input));
}

void Planning::throwTooDeep() {
  throw Error{
      ErrorType::kLimitExceeded, Phase::kCompile, "",
      fmt::format("the plan of the query is more than {} operators deep: make several queries of it", kDeepest)};
}

LogicalPtr Planning::planClause(const bind::BoundClause& clause, LogicalPtr input) {
  return std::visit(
      [&](const auto& c) -> LogicalPtr {
        using Clause = std::decay_t<decltype(c)>;
        if constexpr (std::is_same_v<Clause, bind::BoundMatch>) {
          return planMatch({&c}, std::move(input));
        } else if constexpr (std::is_same_v<Clause, bind::BoundUnwind>) {
          return planUnwind(c, std::move(input));
        } else if constexpr (std::is_same_v<Clause, bind::BoundProjection>) {
          return planProjection(c, std::move(input));
        } else if constexpr (std::is_same_v<Clause, bind::BoundCallProcedure>) {
          return planProcedure(c, std::move(input));
        } else if constexpr (std::is_same_v<Clause, bind::BoundCallSubquery>) {
          return planSubquery(c, std::move(input));
        } else if constexpr (std::is_same_v<Clause, bind::BoundLoadCsv>) {
          return planLoadCsv(c, std::move(input));
        } else if constexpr (std::is_same_v<Clause, bind::BoundFinish>) {
          return std::move(input);
        } else {
          return planUpdate(c, std::move(input));
        }
      },
      clause.node);
}

LogicalPtr Planning::planQuery(const bind::BoundQuery& query, LogicalPtr input) {
  const VariableSet enclosing = std::exchange(outer_, VariableSet{input->output});
  LogicalPtr planned = planParts(query, std::move(input));
  outer_ = enclosing;
  return planned;
}

LogicalPtr Planning::planParts(const bind::BoundQuery& query, LogicalPtr input) {
  if (query.parts.size() == 1) return planClauses(query.parts[0].clauses, std::move(input));
  auto op = std::make_unique<Union>();
  op->all = query.unionAll[0];
  op->estimatedRows = 0;
  for (const auto& column : query.columns) op->output.push_back(column.variable);
  for (const auto& part : query.parts) {
    LogicalPtr child = planClauses(part.clauses, argument(input->output));
    op->estimatedRows += child->estimatedRows;
    op->children.push_back(std::move(child));
    op->inputs.push_back(part.outputs);
  }
  return op;
}

const Type& Planning::typeOf(VariableId variable) const {
  const auto& known = statement_.variables;
  return variable < known.size() ? known[variable].type : newVariables_[variable - known.size()].type;
}

bool Planning::isAnonymous(VariableId variable) const {
  return variable < statement_.variables.size() && statement_.variables[variable].isAnonymous();
}

VariableId Planning::newVariable(const std::string& purpose, Type type) {
  newVariables_.push_back({" " + purpose, std::move(type)});
  return static_cast<VariableId>(statement_.variables.size() + newVariables_.size() - 1);
}

}  // namespace plexus::plan
