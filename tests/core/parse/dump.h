// tests/core/parse/dump.h: an AST as one line of text, so that tests compare whole trees.
//
// Operators and nodes of more than one part are lists with the name first: `1 + x` is (+ 1 x), `n.a` is (. n a).
// Missing parts are left out.
#pragma once

#include <array>
#include <string>

#include "core/parse/ast/statement.h"
#include "core/value/print.h"

namespace plexus::ast {

std::string dump(const Expression& expression);
std::string dump(const PathPattern& path);
std::string dump(const Query& query);

inline std::string dump(const ExpressionPtr& expression) { return expression ? dump(*expression) : ""; }
// ` text`, or nothing.
inline std::string part(const std::string& text) { return text.empty() ? "" : " " + text; }
inline std::string part(const char* keyword, const ExpressionPtr& expression) {
  return expression ? std::string{" "} + keyword + " " + dump(*expression) : "";
}

inline std::string names(const std::vector<Name>& list, const char* separator = ", ") {
  std::string text;
  for (const Name& name : list) text += (text.empty() ? "" : separator) + name.text;
  return text;
}

inline std::string dump(const TypeName& type) {
  std::string text = type.base;
  if (type.base == "UNION") {
    text.clear();
    for (const auto& alternative : type.alternatives) text += (text.empty() ? "" : " | ") + dump(alternative);
  }
  for (const auto& argument : type.arguments) text += "<" + dump(argument) + ">";
  return text + (type.notNull ? " NOT NULL" : "");
}

inline std::string dump(const LabelExpression& labels) {
  using Kind = LabelExpression::Kind;
  if (labels.kind == Kind::kName) return labels.name;
  if (labels.kind == Kind::kAny) return "%";
  if (labels.kind == Kind::kDynamic) return (labels.dynamicAny ? "$any(" : "$(") + dump(labels.dynamic) + ")";
  std::string text = labels.kind == Kind::kNot ? "(!" : labels.kind == Kind::kOr ? "(|" : labels.colons ? "(:" : "(&";
  for (const auto& operand : labels.operands) text += " " + dump(*operand);
  return text + ")";
}
inline std::string dump(const LabelExpressionPtr& labels) { return labels ? ":" + dump(*labels) : ""; }

inline const char* symbol(BinaryOperator op) {
  static constexpr std::array<const char*, 15> kSymbols = {
      "OR", "XOR", "AND", "+", "-", "*", "/", "%", "^", "IN", "STARTS WITH", "ENDS WITH", "CONTAINS", "=~", "||"};
  return kSymbols[static_cast<std::size_t>(op)];
}
inline const char* symbol(ComparisonOperator op) {
  static constexpr std::array<const char*, 6> kSymbols = {"=", "<>", "<", "<=", ">", ">="};
  return kSymbols[static_cast<std::size_t>(op)];
}

inline std::string dump(const Case::Test& test) {
  return (test.comparison ? std::string{symbol(*test.comparison)} + " " : "") + dump(test.value);
}

inline std::string dumpCase(const Case& node) {
  std::string text = "(case" + part(dump(node.subject));
  for (const auto& branch : node.branches) {
    text += " when";
    for (std::size_t i = 0; i < branch.tests.size(); ++i) text += (i > 0 ? ", " : " ") + dump(branch.tests[i]);
    text += part("then", branch.result);
  }
  return text + part("else", node.otherwise) + ")";
}

inline std::string dumpProjectionMap(const MapProjection& node) {
  using Kind = MapProjection::Item::Kind;
  std::string text = "(project " + node.variable.text;
  for (const auto& item : node.items) {
    text += item.kind == Kind::kAllProperties ? " .*"
            : item.kind == Kind::kProperty    ? " ." + item.key.text
            : item.kind == Kind::kVariable    ? " " + item.key.text
                                              : " " + item.key.text + ": " + dump(item.value);
  }
  return text + ")";
}

inline std::string dumpComparison(const Comparison& node) {
  std::string text = "(" + dump(node.operands[0]);
  for (std::size_t i = 0; i < node.operators.size(); ++i) {
    text += std::string{" "} + symbol(node.operators[i]) + " " + dump(node.operands[i + 1]);
  }
  return text + ")";
}

inline std::string dumpCall(const Call& node) {
  std::string text = "(" + node.function.text + (node.distinct ? " DISTINCT" : "") + (node.star ? " *" : "");
  for (const auto& argument : node.arguments) text += " " + dump(argument);
  return text + ")";
}

inline std::string dump(const Expression& e) {
  switch (e.kind()) {
    case ExpressionKind::kLiteral:
      return toCypherText(e.as<Literal>().value);
    case ExpressionKind::kParameter:
      return "$" + e.as<Parameter>().name;
    case ExpressionKind::kVariable:
      return e.as<Variable>().name;
    case ExpressionKind::kProperty:
      return "(. " + dump(e.as<Property>().base) + " " + e.as<Property>().key.text + ")";
    case ExpressionKind::kUnary: {
      static constexpr std::array<const char*, 3> kSymbols = {"NOT", "+", "-"};
      const auto& node = e.as<Unary>();
      return std::string{"("} + kSymbols[static_cast<std::size_t>(node.op)] + " " + dump(node.operand) + ")";
    }
    case ExpressionKind::kBinary: {
      const auto& node = e.as<Binary>();
      return std::string{"("} + symbol(node.op) + part(dump(node.left)) + " " + dump(node.right) + ")";
    }
    case ExpressionKind::kComparison:
      return dumpComparison(e.as<Comparison>());
    case ExpressionKind::kNullCheck: {
      const auto& node = e.as<NullCheck>();
      return "(" + dump(node.operand) + (node.negated ? " IS NOT NULL)" : " IS NULL)");
    }
    case ExpressionKind::kLabelCheck:
      return "(" + dump(e.as<LabelCheck>().operand) + " " + dump(e.as<LabelCheck>().labels) + ")";
    case ExpressionKind::kTypeCheck: {
      const auto& node = e.as<TypeCheck>();
      return "(" + dump(node.operand) + (node.negated ? " IS NOT :: " : " IS :: ") + dump(node.type) + ")";
    }
    case ExpressionKind::kCall:
      return dumpCall(e.as<Call>());
    case ExpressionKind::kList: {
      std::string text = "[";
      for (const auto& element : e.as<ListExpression>().elements) text += (text.size() > 1 ? ", " : "") + dump(element);
      return text + "]";
    }
    case ExpressionKind::kMap: {
      std::string text = "{";
      for (const auto& [key, value] : e.as<MapExpression>().entries) {
        text += (text.size() > 1 ? ", " : "") + key.text + ": " + dump(value);
      }
      return text + "}";
    }
    case ExpressionKind::kMapProjection:
      return dumpProjectionMap(e.as<MapProjection>());
    case ExpressionKind::kIndex:
      return "(index " + dump(e.as<Index>().base) + " " + dump(e.as<Index>().index) + ")";
    case ExpressionKind::kSlice:
      return "(slice " + dump(e.as<Slice>().base) + part("from", e.as<Slice>().from) + part("to", e.as<Slice>().to) +
             ")";
    case ExpressionKind::kCase:
      return dumpCase(e.as<Case>());
    case ExpressionKind::kListComprehension: {
      const auto& node = e.as<ListComprehension>();
      return "[" + node.variable.text + " in " + dump(node.list) + part("where", node.predicate) +
             part("|", node.projection) + "]";
    }
    case ExpressionKind::kPatternComprehension: {
      const auto& node = e.as<PatternComprehension>();
      return "[" + dump(*node.pattern) + part("where", node.predicate) + part("|", node.projection) + "]";
    }
    case ExpressionKind::kQuantifier: {
      static constexpr std::array<const char*, 4> kNames = {"all", "any", "none", "single"};
      const auto& node = e.as<Quantifier>();
      return std::string{"("} + kNames[static_cast<std::size_t>(node.quantifier)] + " " + node.variable.text + " in " +
             dump(node.list) + part("where", node.predicate) + ")";
    }
    case ExpressionKind::kReduce: {
      const auto& node = e.as<Reduce>();
      return "(reduce " + node.accumulator.text + " = " + dump(node.initial) + ", " + node.variable.text + " in " +
             dump(node.list) + " | " + dump(node.step) + ")";
    }
    case ExpressionKind::kPattern:
      return "(pattern " + dump(*e.as<PatternExpression>().pattern) + ")";
    case ExpressionKind::kSubquery: {
      static constexpr std::array<const char*, 3> kNames = {"exists", "count", "collect"};
      const auto& node = e.as<Subquery>();
      return std::string{"("} + kNames[static_cast<std::size_t>(node.subquery)] + " {" + dump(*node.query) + "})";
    }
  }
  return "?";
}

inline std::string dump(const Quantity& quantity) {
  return "{" + std::to_string(quantity.min) + "," + (quantity.max ? std::to_string(*quantity.max) : "") + "}";
}

inline std::string dump(const NodePattern& node) {
  std::string text = node.variable ? node.variable->text : "";
  text += dump(node.labels) + part(dump(node.properties)) + part("where", node.where);
  return "(" + text + ")";
}

inline std::string dump(const RelationshipPattern& r) {
  std::string text = r.variable ? r.variable->text : "";
  text += dump(r.types) + (r.length ? "*" + dump(*r.length) : "") + part(dump(r.properties)) + part("where", r.where);
  return std::string{r.direction == Direction::kIn ? "<-[" : "-["} + text +
         (r.direction == Direction::kOut ? "]->" : "]-") + (r.quantifier ? dump(*r.quantifier) : "");
}

inline std::string dump(const QuantifiedPath& path) {
  return "(" + dump(*path.path) + part("where", path.where) + ")" + (path.quantifier ? dump(*path.quantifier) : "");
}

inline std::string dump(const PathPattern& path) {
  static constexpr std::array<const char*, 9> kSelectors = {"",
                                                            "ALL ",
                                                            "ANY ",
                                                            "ANY SHORTEST ",
                                                            "ALL SHORTEST ",
                                                            "SHORTEST ",
                                                            "SHORTEST GROUPS ",
                                                            "shortestPath ",
                                                            "allShortestPaths "};
  static constexpr std::array<const char*, 5> kModes = {"", "WALK ", "TRAIL ", "ACYCLIC ", "SIMPLE "};
  std::string text = path.variable ? path.variable->text + " = " : "";
  text += kSelectors[static_cast<std::size_t>(path.selector.kind)];
  if (path.selector.k > 1) text += std::to_string(path.selector.k) + " ";
  text += kModes[static_cast<std::size_t>(path.mode)];
  for (const auto& element : path.elements) text += std::visit([](const auto& part) { return dump(part); }, element);
  return text;
}

inline std::string dump(const Pattern& pattern) {
  std::string text;
  for (const auto& path : pattern.paths) text += (text.empty() ? "" : ", ") + dump(path);
  return text;
}

inline std::string dump(const Projection& projection) {
  std::string text = projection.distinct ? " DISTINCT" : "";
  if (projection.star) text += " *";
  for (const auto& item : projection.items) {
    text += " " + dump(item.expression) + (item.alias ? " AS " + item.alias->text : "");
  }
  for (const auto& item : projection.orderBy) text += part("by", item.expression) + (item.descending ? " DESC" : "");
  return text + part("skip", projection.skip) + part("limit", projection.limit);
}

inline std::string dump(const SetItem& item) {
  using Kind = SetItem::Kind;
  switch (item.kind) {
    case Kind::kLabels:
      return dump(item.target) + dump(item.labels);
    case Kind::kAdd:
      return dump(item.target) + " += " + dump(item.value);
    case Kind::kReplace:
      return dump(item.target) + " := " + dump(item.value);
    default:
      return dump(item.target) + " = " + dump(item.value);
  }
}
inline std::string dump(const std::vector<SetItem>& items) {
  std::string text;
  for (const auto& item : items) text += (text.empty() ? "" : ", ") + dump(item);
  return text;
}

inline std::string dump(const std::vector<YieldItem>& items) {
  std::string text;
  for (const auto& item : items) {
    text += (text.empty() ? "" : ", ") + item.field.text + (item.alias ? " AS " + item.alias->text : "");
  }
  return text;
}

struct ClauseDump {
  std::string operator()(const Match& c) const {
    std::string text = c.optional ? "OPTIONAL MATCH " : "MATCH ";
    if (c.mode == MatchMode::kRepeatableElements) text += "REPEATABLE ";
    if (c.mode == MatchMode::kDifferentRelationships) text += "DIFFERENT ";
    text += dump(c.pattern);
    for (const auto& hint : c.hints) {
      static constexpr std::array<const char*, 3> kNames = {"INDEX", "SCAN", "JOIN"};
      text += std::string{" using "} + kNames[static_cast<std::size_t>(hint.kind)] + " " + names(hint.variables) +
              (hint.label.text.empty() ? "" : ":" + hint.label.text) +
              (hint.properties.empty() ? "" : "(" + names(hint.properties) + ")");
    }
    return text + part("where", c.where);
  }
  std::string operator()(const Unwind& c) const { return "UNWIND " + dump(c.list) + " AS " + c.variable.text; }
  std::string operator()(const With& c) const { return "WITH" + dump(c.projection) + part("where", c.where); }
  std::string operator()(const Return& c) const { return "RETURN" + dump(c.projection); }
  std::string operator()(const Create& c) const { return "CREATE " + dump(c.pattern); }
  std::string operator()(const Merge& c) const {
    return "MERGE " + dump(c.path) + (c.onCreate.empty() ? "" : " on create " + dump(c.onCreate)) +
           (c.onMatch.empty() ? "" : " on match " + dump(c.onMatch));
  }
  std::string operator()(const Set& c) const { return "SET " + dump(c.items); }
  std::string operator()(const Remove& c) const {
    std::string text = "REMOVE";
    for (const auto& item : c.items) text += " " + dump(item.target) + dump(item.labels);
    return text;
  }
  std::string operator()(const Delete& c) const {
    std::string text = c.detach ? "DETACH DELETE" : "DELETE";
    for (const auto& target : c.targets) text += " " + dump(target);
    return text;
  }
  std::string operator()(const Foreach& c) const {
    std::string text = "FOREACH " + c.variable.text + " in " + dump(c.list) + " {";
    for (const auto& clause : c.body) text += " " + std::visit(*this, clause.node);
    return text + " }";
  }
  std::string operator()(const CallProcedure& c) const {
    std::string text = c.optional ? "OPTIONAL " : "";
    text += std::string{c.standalone ? "STANDALONE " : ""} + "CALL " + c.procedure.text;
    if (c.hasArguments) text += "()";
    for (const auto& argument : c.arguments) text += " " + dump(argument);
    if (c.hasYield) text += c.yieldStar ? " yield *" : " yield " + dump(c.yield);
    return text + part("where", c.where);
  }
  std::string operator()(const CallSubquery& c) const {
    std::string text = c.optional ? "OPTIONAL CALL" : "CALL";
    if (c.hasScope) text += c.scopeStar ? " (*)" : " (" + names(c.scope) + ")";
    text += " {" + dump(*c.query) + "}";
    if (!c.inTransactions) return text;
    static constexpr std::array<const char*, 3> kOnError = {"FAIL", "CONTINUE", "BREAK"};
    const auto& t = *c.inTransactions;
    text += std::string{" in"} + (t.concurrent ? " concurrent" : "") + part(dump(t.concurrency)) + " transactions" +
            part("of", t.batchRows) + " on error " + kOnError[static_cast<std::size_t>(t.onError)];
    return text + (t.reportStatusAs ? " report " + t.reportStatusAs->text : "");
  }
  std::string operator()(const LoadCsv& c) const {
    return std::string{"LOAD"} + (c.withHeaders ? " HEADERS " : " ") + dump(c.url) + " AS " + c.variable.text +
           part(c.fieldTerminator);
  }
  std::string operator()(const Finish&) const { return "FINISH"; }
};

inline std::string dump(const Query& query) {
  std::string text;
  for (std::size_t i = 0; i < query.parts.size(); ++i) {
    if (i > 0) text += query.unionAll[i - 1] ? " UNION ALL " : " UNION ";
    for (const auto& clause : query.parts[i].clauses) {
      text += (text.empty() || text.back() == ' ' ? "" : " ") + std::visit(ClauseDump{}, clause.node);
    }
  }
  return text;
}

}  // namespace plexus::ast
