// core/parse/ast/pattern.h: patterns of MATCH, CREATE and MERGE, as written.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/ids.h"
#include "core/parse/ast/expression.h"

namespace plexus::ast {

// (n:Label {key: value} WHERE predicate)
struct NodePattern {
  std::optional<Name> variable;
  LabelExpressionPtr labels;  // may be null
  ExpressionPtr properties;   // a MapExpression or a Parameter; may be null
  ExpressionPtr where;        // may be null
  Span span;
};

// {n}, {n,m}, +, *, *n..m
struct Quantity {
  std::uint64_t min = 1;
  std::optional<std::uint64_t> max;  // nothing: unbounded
  Span span;
};

// -[r:TYPE*1..3 {key: value} WHERE predicate]->
struct RelationshipPattern {
  std::optional<Name> variable;
  LabelExpressionPtr types;                // may be null
  Direction direction = Direction::kBoth;  // kOut: ->, kIn: <-, kBoth: -- and <-->
  std::optional<Quantity> length;          // `*`, `*2..`: variable length, r is a list
  std::optional<Quantity> quantifier;      // `-[]->+`, `-->{1,3}`: the quantified form
  ExpressionPtr properties;
  ExpressionPtr where;
  Span span;
};

// ((a)-[r]->(b) WHERE predicate){1,3}
struct QuantifiedPath {
  std::unique_ptr<PathPattern> path;
  ExpressionPtr where;
  std::optional<Quantity> quantifier;  // nothing: a parenthesised path, once
  Span span;
};

enum class PathSelectorKind : std::uint8_t {
  kNone,
  kAll,
  kAny,
  kAnyShortest,
  kAllShortest,
  kShortestK,
  kShortestGroups,
  kShortestPathFunction,
  kAllShortestPathsFunction,  // shortestPath(...), allShortestPaths(...)
};
struct PathSelector {
  PathSelectorKind kind = PathSelectorKind::kNone;
  std::uint64_t k = 1;
};
enum class PathMode : std::uint8_t { kDefault, kWalk, kTrail, kAcyclic, kSimple };

using PatternElement = std::variant<NodePattern, RelationshipPattern, QuantifiedPath>;

// p = SHORTEST 2 (a)-[r]->(b)((x)-->(y))+(c): node patterns and what joins them; adjacent quantified paths stand beside
// node patterns as written.
struct PathPattern {
  std::optional<Name> variable;
  PathSelector selector;
  PathMode mode = PathMode::kDefault;
  std::vector<PatternElement> elements;
  Span span;
};

// Comma-separated paths with the WHERE that follows.
struct Pattern {
  std::vector<PathPattern> paths;
  Span span;
};

}  // namespace plexus::ast
