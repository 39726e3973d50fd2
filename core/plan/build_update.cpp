#include "core/plan/planning.h"

namespace plexus::plan {

namespace {

LogicalPtr on(LogicalPtr input, LogicalPtr op) {
  op->estimatedRows = input->estimatedRows;
  op->children.insert(op->children.begin(), std::move(input));
  return op;
}

// True if nothing that `next` computes depends on what `before` makes.
bool isIndependent(const Create& next, const Create& before) {
  VariableSet reads;
  bool looks = false;
  forEachExpression(next, [&](const ExpressionPtr& e) {
    addReads(e, reads);
    forEachSubquery(e, [&](const bind::Subquery&) { looks = true; });
  });
  return !looks && !reads.meets(introducedBy(before));
}

template <typename T>
void append(std::vector<T>& to, const std::vector<T>& more) {
  to.insert(to.end(), more.begin(), more.end());
}

}  // namespace

// Scripts create a graph by thousands of clauses: what may be made at once is one operator.
LogicalPtr Planning::planUpdate(const bind::BoundCreate& clause, LogicalPtr input) {
  auto op = std::make_unique<Create>();
  op->create = clause;
  if (input->kind() != LogicalKind::kCreate || !isIndependent(*op, input->as<Create>())) {
    return on(std::move(input), std::move(op));
  }
  bind::BoundCreate& before = input->as<Create>().create;
  append(before.elements, clause.elements);
  append(before.paths, clause.paths);
  return input;
}

LogicalPtr Planning::planUpdate(const bind::BoundMerge& clause, LogicalPtr input) {
  auto op = std::make_unique<Merge>();
  op->merge = clause;
  op->outer = outerOf({&clause.graph}, *input);
  op->children.push_back(planPattern({&clause.graph}, {}, argument(op->outer)));
  return on(std::move(input), std::move(op));
}

LogicalPtr Planning::planUpdate(const bind::BoundSet& clause, LogicalPtr input) {
  auto op = std::make_unique<Set>();
  op->set = clause;
  return on(std::move(input), std::move(op));
}

LogicalPtr Planning::planUpdate(const bind::BoundRemove& clause, LogicalPtr input) {
  auto op = std::make_unique<Remove>();
  op->remove = clause;
  return on(std::move(input), std::move(op));
}

LogicalPtr Planning::planUpdate(const bind::BoundDelete& clause, LogicalPtr input) {
  auto op = std::make_unique<Delete>();
  op->del = clause;
  return on(std::move(input), std::move(op));
}

LogicalPtr Planning::planUpdate(const bind::BoundForeach& clause, LogicalPtr input) {
  auto op = std::make_unique<Foreach>();
  op->variable = clause.variable;
  op->list = clause.list;
  op->outer = availableAbove(*input).list();
  std::vector<VariableId> inside = op->outer;
  inside.push_back(clause.variable);
  op->children.push_back(planClauses(clause.body, argument(inside)));
  return on(std::move(input), std::move(op));
}

}  // namespace plexus::plan
