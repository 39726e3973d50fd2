#include <algorithm>

#include "core/plan/planning.h"

namespace plexus::plan {

namespace {

void pruneTree(LogicalPtr& op, const VariableSet& required);

// Operators that only make a value nobody reads.
void dropUnread(LogicalPtr& op, const VariableSet& required) {
  for (;;) {
    bool drop = false;
    if (op->kind() == LogicalKind::kBuildPath) {
      drop = !required.has(op->as<BuildPath>().path);
    } else if (op->kind() == LogicalKind::kProject) {
      auto& items = op->as<Project>().items;
      std::erase_if(items, [&](const bind::ProjectionItem& item) { return !required.has(item.variable); });
      drop = items.empty();
    }
    if (!drop) return;
    LogicalPtr child = std::move(op->children[0]);
    op = std::move(child);
  }
}

// All Arguments of an inner plan show the same variables: what any of them shows. `first` and `last` stand at the ends.
std::vector<VariableId> unifyArguments(LogicalOperator& inner, VariableId first = bind::kNoVariable,
                                       VariableId last = bind::kNoVariable) {
  VariableSet outer;
  forEachArgument(inner, [&](Argument& argument) { outer.addAll(argument.output); });
  outer.remove(first);
  outer.remove(last);
  std::vector<VariableId> list = outer.list();
  if (first != bind::kNoVariable) list.insert(list.begin(), first);
  if (last != bind::kNoVariable) list.push_back(last);
  forEachArgument(inner, [&](Argument& argument) { argument.output = list; });
  return list;
}

void pruneApply(Apply& op, const VariableSet& required) {
  const bool adds = op.mode == Apply::Mode::kInner || op.mode == Apply::Mode::kOptional;
  const VariableSet wanted = adds ? required & VariableSet{op.introduced} : VariableSet{};
  pruneTree(op.children[1], wanted);
  op.outer = unifyArguments(*op.children[1]);
  op.introduced = wanted.list();
}

void pruneMerge(Merge& op, const VariableSet& required) {
  VariableSet wanted = required;
  forEachExpression(op, [&](const ExpressionPtr& e) { addReads(e, wanted); });
  for (const auto& path : op.merge.create.paths) {
    if (!required.has(path.variable)) continue;
    wanted.addAll(path.nodes);
    wanted.addAll(path.relationships);
  }
  const VariableSet outer{op.outer};
  pruneTree(op.children[1], (wanted & availableAbove(*op.children[1])) - outer);
  op.outer = unifyArguments(*op.children[1]);
}

void pruneQuantified(QuantifiedExpand& op, const VariableSet& required) {
  std::erase_if(op.groups, [&](const auto& group) { return !required.has(group.second); });
  if (!required.has(op.relationships)) op.relationships = bind::kNoVariable;
  VariableSet wanted{op.innerTo};
  wanted.addAll(op.innerRelationships);
  for (const auto& group : op.groups) wanted.add(group.first);
  pruneTree(op.children[1], wanted);
  op.outer = unifyArguments(*op.children[1], op.innerFrom);
  op.outer.erase(op.outer.begin());
}

void pruneShortest(ShortestPath& op, const VariableSet& required) {
  if (op.children.size() < 2) {
    const bool read = required.has(op.path) || std::any_of(op.pathPredicates.begin(), op.pathPredicates.end(),
                                                           [&](const auto& e) { return readsOf(e).has(op.path); });
    if (!read) op.path = bind::kNoVariable;
    return;
  }
  VariableSet wanted = (required & availableAbove(*op.children[1])) - VariableSet{op.outer};
  wanted.add(op.path);
  pruneTree(op.children[1], wanted);
  op.outer = unifyArguments(*op.children[1]);
}

// Variables that plans of steps read beside the node they start from.
std::vector<VariableId> pruneStep(LogicalPtr& plan, VariableId start, const VariableSet& wanted) {
  pruneTree(plan, wanted);
  std::vector<VariableId> arguments = unifyArguments(*plan, start);
  arguments.erase(arguments.begin());
  return arguments;
}

void prunePathSearch(PathSearch& op, const VariableSet& required) {
  VariableSet read = required;
  for (const auto& predicate : op.pathPredicates) addReads(predicate, read);
  if (!read.has(op.path)) op.path = bind::kNoVariable;
  VariableSet outer;
  for (std::size_t i = 0; i < op.parts.size(); ++i) {
    PathSearch::Part& part = op.parts[i];
    std::erase_if(part.groups, [&](const auto& group) { return !read.has(group.second); });
    VariableSet wanted{part.left, part.right};
    wanted.addAll(part.relationships);
    for (const auto& group : part.groups) wanted.add(group.first);
    outer.addAll(pruneStep(op.children[op.forwards(i)], part.left, wanted));
    outer.addAll(pruneStep(op.children[op.backwards(i)], part.right, wanted));
    if (i + 1 == op.parts.size()) break;
    outer.addAll(pruneStep(op.children[op.check(i)], part.end, {part.end}));
  }
  op.outer = outer.list();
}

void pruneInner(LogicalOperator& op, const VariableSet& required) {
  switch (op.kind()) {
    case LogicalKind::kApply:
      return pruneApply(op.as<Apply>(), required);
    case LogicalKind::kMerge:
      return pruneMerge(op.as<Merge>(), required);
    case LogicalKind::kForeach: {
      auto& foreach = op.as<Foreach>();
      pruneTree(op.children[1], {});
      foreach
        .outer = unifyArguments(*op.children[1], bind::kNoVariable, foreach.variable);
      foreach
        .outer.pop_back();
      return;
    }
    case LogicalKind::kQuantifiedExpand:
      return pruneQuantified(op.as<QuantifiedExpand>(), required);
    case LogicalKind::kShortestPath:
      return pruneShortest(op.as<ShortestPath>(), required);
    case LogicalKind::kPathSearch:
      return prunePathSearch(op.as<PathSearch>(), required);
    default:
      return;
  }
}

bool isBarrier(LogicalKind kind) {
  return kind == LogicalKind::kAggregate || kind == LogicalKind::kMessageAggregate || kind == LogicalKind::kUnion ||
         kind == LogicalKind::kEmptyResult || kind == LogicalKind::kDistinct;
}

// What is needed of child i.
VariableSet requiredOf(const LogicalOperator& op, std::size_t i, const VariableSet& needed) {
  if (op.kind() == LogicalKind::kUnion) return VariableSet{op.as<Union>().inputs[i]};
  if (op.kind() != LogicalKind::kMessageAggregate) return needed;
  VariableSet out;
  for (const auto& node : op.as<MessageAggregate>().nodes) {
    if (node.source == i) out.add(node.variable);
  }
  return out;
}

void pruneTree(LogicalPtr& op, const VariableSet& required) {
  dropUnread(op, required);
  pruneInner(*op, required);
  if (op->kind() != LogicalKind::kUnion) op->output = (required & availableAbove(*op)).list();
  const std::size_t inputs = inputCount(*op);
  VariableSet needed = readsOf(*op);
  if (!isBarrier(op->kind())) needed |= required;
  for (std::size_t i = 0; i < inputs; ++i) {
    LogicalPtr& child = op->children[i];
    pruneTree(child, requiredOf(*op, i, needed) & availableAbove(*child));
  }
}

}  // namespace

void prune(LogicalPtr& root, const std::vector<VariableId>& required) {
  pruneTree(root, VariableSet{required});
  if (root->kind() != LogicalKind::kUnion && root->kind() != LogicalKind::kEmptyResult) root->output = required;
}

}  // namespace plexus::plan
