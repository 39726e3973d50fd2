// The walk along a path pattern: which nodes its relationships and quantified parts join; named paths and selectors.
#include <utility>

#include <fmt/format.h>

#include "core/bind/expression_binder.h"
#include "core/bind/function_call.h"
#include "core/bind/pattern_binder.h"

namespace plexus::bind {
namespace {

bool isBare(const ast::NodePattern& node) { return !node.variable && !node.labels && !node.properties && !node.where; }

// ((x)-[r]->(y)){1,3} whose nodes say nothing is the same as a variable-length relationship.
const ast::RelationshipPattern* onlyRelationship(const ast::QuantifiedPath& source) {
  const auto& elements = source.path->elements;
  if (source.where || source.path->variable || elements.size() != 3) return nullptr;
  const auto* left = std::get_if<ast::NodePattern>(&elements[0]);
  const auto* relationship = std::get_if<ast::RelationshipPattern>(&elements[1]);
  const auto* right = std::get_if<ast::NodePattern>(&elements[2]);
  if (left == nullptr || relationship == nullptr || right == nullptr || !isBare(*left) || !isBare(*right)) {
    return nullptr;
  }
  return relationship->length || relationship->quantifier ? nullptr : relationship;
}

bool isFunction(ast::PathSelectorKind kind) {
  return kind == ast::PathSelectorKind::kShortestPathFunction ||
         kind == ast::PathSelectorKind::kAllShortestPathsFunction;
}

bool selects(ast::PathSelectorKind kind) {
  return kind != ast::PathSelectorKind::kNone && kind != ast::PathSelectorKind::kAll;
}

// all(n IN list WHERE single(m IN list WHERE m = n))
ExpressionPtr allDifferent(Binding& binding, const ExpressionPtr& list, Span span) {
  const auto quantifier = [&](QuantifierKind kind, std::string_view name) {
    auto made = std::make_shared<Quantifier>();
    made->quantifier = kind;
    made->type = TypeKind::kBoolean;
    made->span = span;
    made->list = list;
    made->variable = binding.newAnonymous(name, TypeKind::kNode);
    return made;
  };
  auto all = quantifier(QuantifierKind::kAll, "node");
  auto single = quantifier(QuantifierKind::kSingle, "other");
  single->predicate =
      callFunction("=", {binding.read(single->variable, span), binding.read(all->variable, span)}, span);
  all->predicate = std::move(single);
  return all;
}

}  // namespace

void PatternBinder::declare(const ast::Pattern& pattern) {
  for (const auto& path : pattern.paths) declare(path);
}

void PatternBinder::declare(const ast::PathPattern& path) {
  Walk along;
  walking_ = path.mode == ast::PathMode::kWalk || (repeatable_ && path.mode == ast::PathMode::kDefault);
  nodeRule_ = path.mode == ast::PathMode::kAcyclic  ? NodeRule::kDistinct
              : path.mode == ast::PathMode::kSimple ? NodeRule::kDistinctButEnds
                                                    : NodeRule::kAny;
  selected_ = selects(path.selector.kind);
  ++paths_;
  shortest_.reset();
  if (selects(path.selector.kind)) {
    shortest_ = graph_.shortest.size();
    graph_.shortest.push_back({path.selector.kind, path.selector.k, {}, {}});
  }
  walk(path.elements, along);
  if (along.quantified != nullptr) reach(addAnonymousNode(), along);
  finishPath(path, std::move(along));
}

void PatternBinder::walk(const std::vector<ast::PatternElement>& elements, Walk& along) {
  for (const auto& element : elements) {
    if (const auto* node = std::get_if<ast::NodePattern>(&element)) {
      reachNode(*node, along);
    } else if (const auto* relationship = std::get_if<ast::RelationshipPattern>(&element)) {
      if (along.quantified != nullptr) reach(addAnonymousNode(), along);
      along.relationship = relationship;
    } else {
      enterQuantified(std::get<ast::QuantifiedPath>(element), along);
    }
  }
}

// A node right after another one (at the edge of a parenthesised part) is the same node.
void PatternBinder::reachNode(const ast::NodePattern& node, Walk& along) {
  const std::size_t index = addNode(node);
  const bool joins = along.last && along.relationship == nullptr && along.quantified == nullptr;
  if (!joins) return reach(index, along);
  const ExpressionPtr before = binding_.read(graph_.nodes[*along.last].variable, node.span);
  const ExpressionPtr here = binding_.read(graph_.nodes[index].variable, node.span);
  predicatesWithin(shortest_).push_back(callFunction("=", {before, here}, node.span));
  along.last = index;
}

void PatternBinder::reach(std::size_t node, Walk& along) {
  if (along.relationship != nullptr) {
    const auto& written = along.relationship->length ? along.relationship->length : along.relationship->quantifier;
    const auto length = written ? std::optional{lengthOf(*written, along.relationship->span)} : std::nullopt;
    const std::size_t index = addRelationship(*along.relationship, length, *along.last, node);
    along.path.steps.push_back({Step::Kind::kRelationship, index, false});
  } else if (along.quantified != nullptr) {
    addQuantified(*along.quantified, *along.last, node, along);
  }
  along.relationship = nullptr;
  along.quantified = nullptr;
  along.path.steps.push_back({Step::Kind::kNode, node, false});
  along.last = node;
}

// A walk without an upper bound never ends, unless a selector stops it.
Length PatternBinder::lengthOf(const ast::Quantity& written, Span span) const {
  if (walking_ && !written.max && !selected_) {
    throwSyntax("UnexpectedSyntax", "a walk may repeat relationships without end", span,
                "give an upper bound, as in {1,5}, or select paths, as in ANY SHORTEST");
  }
  return {written.min, written.max, walking_, nodeRule_};
}

void PatternBinder::enterQuantified(const ast::QuantifiedPath& quantified, Walk& along) {
  if (!quantified.quantifier) {
    if (quantified.where) along.wheres.push_back(quantified.where.get());
    return walk(quantified.path->elements, along);
  }
  if (!along.last || along.quantified != nullptr) reach(addAnonymousNode(), along);
  along.quantified = &quantified;
}

void PatternBinder::addQuantified(const ast::QuantifiedPath& source, std::size_t left, std::size_t right, Walk& along) {
  const Length length = lengthOf(*source.quantifier, source.span);
  if (const auto* relationship = onlyRelationship(source)) {
    const std::size_t index = addRelationship(*relationship, length, left, right);
    along.path.steps.push_back({Step::Kind::kRelationship, index, false});
    return;
  }
  Scope scope{&scope_};
  PatternBinder inside{binding_, scope, Naming::kOwnOnly};
  inside.walking_ = walking_;
  inside.nodeRule_ = nodeRule_;
  inside.graph_.repeatableElements = walking_;
  Walk innerWalk;
  inside.walk(source.path->elements, innerWalk);
  if (innerWalk.quantified != nullptr || innerWalk.path.steps.size() < 3) {
    throwSyntax("UnexpectedSyntax", "a quantified pattern must hold a relationship between two nodes", source.span);
  }
  for (const auto* where : innerWalk.wheres) inside.wheres_.emplace_back(where, std::nullopt);
  inside.bindConditions(source.where.get());
  QuantifiedPattern quantified;
  quantified.innerLeft = innerWalk.path.steps.front().index;
  quantified.innerRight = innerWalk.path.steps.back().index;
  quantified.left = left;
  quantified.right = right;
  quantified.length = length;
  quantified.graph = std::make_shared<const PatternGraph>(inside.take());
  nameGroups(scope, quantified);
  graph_.quantified.push_back(std::move(quantified));
  along.path.steps.push_back({Step::Kind::kQuantified, graph_.quantified.size() - 1, false});
}

// Outside the quantified pattern, each of its variables is a list with one element a repetition.
void PatternBinder::nameGroups(const Scope& inner, QuantifiedPattern& quantified) {
  for (const auto& [name, variable] : inner.own()) {
    const VariableId group = binding_.newVariable(name, Type::list(binding_.info(variable).type));
    scope_.declare(name, group);
    quantified.groups.emplace_back(variable, group);
  }
}

VariableId PatternBinder::declarePath(const ast::PathPattern& source) {
  if (!source.variable) return kNoVariable;
  if (naming_ == Naming::kBoundOnly) throwUndefined(scope_, source.variable->text, source.variable->span);
  if (scope_.has(source.variable->text)) throwAlreadyBound(scope_, source.variable->text, source.variable->span);
  return introduce(*source.variable, TypeKind::kPath);
}

void PatternBinder::finishPath(const ast::PathPattern& source, Walk along) {
  along.path.variable = declarePath(source);
  const bool walks = source.mode == ast::PathMode::kWalk;
  if (walks_ && *walks_ != walks && !repeatable_) {
    throwSyntax("UnexpectedSyntax", "WALK cannot be mixed with other path modes in one MATCH", source.span);
  }
  walks_ = walks;
  graph_.repeatableElements = walks || repeatable_;
  requireMode(source, along.path);
  for (const auto* where : along.wheres) wheres_.emplace_back(where, shortest_);
  if (shortest_) return select(source, std::move(along));
  if (along.path.variable != kNoVariable) graph_.paths.push_back(std::move(along.path));
}

void PatternBinder::select(const ast::PathPattern& source, Walk along) {
  if (isFunction(source.selector.kind) && along.path.steps.size() != 3) {
    throwSyntax("UnexpectedSyntax", "shortestPath() needs a single relationship between two nodes", source.span);
  }
  if (isFunction(source.selector.kind) && along.path.steps[1].kind == Step::Kind::kRelationship) {
    const auto& length = graph_.relationships[along.path.steps[1].index].length;
    if (length && length->min > 1) {
      throwSyntax("UnexpectedSyntax", "shortestPath() does not support a minimal length different from 0 or 1",
                  source.span, "SHORTEST 1 does: `MATCH p = SHORTEST 1 (a)-[:T]-{2,}(b)`");
    }
  }
  for (const auto& step : along.path.steps) {
    if (step.kind == Step::Kind::kRelationship) graph_.relationships[step.index].inShortest = true;
    if (step.kind == Step::Kind::kQuantified) graph_.quantified[step.index].inShortest = true;
  }
  graph_.shortest[*shortest_].path = std::move(along.path);
}

// Which path is chosen must not depend on what another pattern of the clause matches between its ends.
void PatternBinder::requireOwnNodes() const {
  for (const auto& shortest : graph_.shortest) {
    const auto& steps = shortest.path.steps;
    for (std::size_t i = 1; i + 1 < steps.size(); ++i) {
      if (steps[i].kind != Step::Kind::kNode) continue;
      const auto named = named_.find(graph_.nodes[steps[i].index].variable);
      if (named == named_.end() || named->second.size() < 2) continue;
      throwSyntax("UnexpectedSyntax",
                  fmt::format("`{}` stands inside of a path that is selected, and in another pattern of the clause",
                              binding_.info(named->first).name),
                  named->second.rbegin()->second, "put one of the patterns into a MATCH of its own");
    }
  }
}

// ACYCLIC: no node twice. SIMPLE: no node twice, but the path may end where it began. TRAIL is how all patterns match.
void PatternBinder::requireMode(const ast::PathPattern& source, PatternPath& path) {
  const bool acyclic = source.mode == ast::PathMode::kAcyclic;
  if (!acyclic && source.mode != ast::PathMode::kSimple) return;
  if (path.variable == kNoVariable) path.variable = binding_.newAnonymous("path", TypeKind::kPath);
  const ExpressionPtr nodes = callFunction("nodes", {binding_.read(path.variable, source.span)}, source.span);
  std::vector<ExpressionPtr>& predicates = predicatesWithin(shortest_);
  if (acyclic) return predicates.push_back(allDifferent(binding_, nodes, source.span));
  const ExpressionPtr zero = constant(Value{0}, source.span);
  const ExpressionPtr butLast = callFunction("[..]", {nodes, zero, constant(Value{-1}, source.span)}, source.span);
  predicates.push_back(allDifferent(binding_, callFunction("tail", {nodes}, source.span), source.span));
  predicates.push_back(allDifferent(binding_, butLast, source.span));
}

}  // namespace plexus::bind
