#include "core/plan/logical/operator.h"

#include <fmt/format.h>

#include "core/function/procedure.h"
#include "core/function/registry.h"
#include "core/plan/logical/expression.h"

namespace plexus::plan {

namespace {

using Variables = std::vector<bind::VariableInfo>;

std::string join(const std::vector<VariableId>& list, const Variables& variables) {
  std::string out;
  for (auto v : list) out += (out.empty() ? "" : ", ") + nameOf(v, variables);
  return out;
}

std::string join(const std::vector<ExpressionPtr>& list, const char* separator, const Variables& variables) {
  std::string out;
  for (const auto& e : list) out += (out.empty() ? "" : separator) + text(e, variables);
  return out;
}

std::string pairs(const std::vector<std::pair<VariableId, VariableId>>& list, const Variables& variables) {
  std::string out;
  for (const auto& [a, b] : list) {
    out += fmt::format("{}{} <> {}", out.empty() ? "" : ", ", nameOf(a, variables), nameOf(b, variables));
  }
  return out;
}

std::string node(VariableId variable, const LabelsPtr& labels, const Variables& variables) {
  return fmt::format("({}{})", nameOf(variable, variables), text(labels, variables));
}

// -[r:TYPES*1..3]-> ; `inside` is what stands in the brackets.
std::string arrow(const std::string& inside, Direction direction) {
  return fmt::format("{}[{}]{}", direction == Direction::kIn ? "<-" : "-", inside,
                     direction == Direction::kOut ? "->" : "-");
}

std::string length(const bind::Length& l) {
  return fmt::format("*{}..{}{}", l.min, l.max ? fmt::format("{}", *l.max) : std::string{}, l.walks ? " walk" : "");
}

std::string different(const std::vector<VariableId>& list, const Variables& variables) {
  return list.empty() ? std::string{} : " differs from " + join(list, variables);
}

std::string items(const std::vector<bind::ProjectionItem>& list, const Variables& variables) {
  std::string out;
  for (const auto& item : list) {
    const std::string name = nameOf(item.variable, variables);
    const std::string expression = text(item.expression, variables);
    out += out.empty() ? "" : ", ";
    out += name == expression ? name : fmt::format("{} AS {}", expression, name);
  }
  return out;
}

std::string aggregates(const std::vector<bind::BoundAggregate>& list, const Variables& variables) {
  std::string out;
  for (const auto& a : list) {
    out += fmt::format("{}{}({}{}) AS {}", out.empty() ? "" : ", ", a.function ? a.function->name : "count",
                       a.distinct ? "DISTINCT " : "", a.function ? join(a.arguments, ", ", variables) : "*",
                       nameOf(a.variable, variables));
  }
  return out;
}

std::string grouping(const std::vector<bind::ProjectionItem>& groupBy,
                     const std::vector<bind::BoundAggregate>& aggregated, const Variables& variables) {
  const std::string by = items(groupBy, variables), what = aggregates(aggregated, variables);
  return by.empty() ? what : what.empty() ? "by " + by : what + " by " + by;
}

std::string describe(const Argument& op, const Variables& v) { return join(op.output, v); }
std::string describe(const NodeScan& op, const Variables& v) { return node(op.variable, op.labels, v); }
std::string describe(const NodeByIdSeek& op, const Variables& v) {
  return fmt::format("id({}) IN {}", nameOf(op.variable, v), text(op.ids, v));
}

std::string describe(const IndexSeek& op, const Variables& v) {
  std::string out = fmt::format("({}:{}) ", nameOf(op.variable, v), op.label);
  const auto add = [&](const std::string& property, const char* comparison, const ExpressionPtr& value) {
    if (out.back() != ' ') out += " AND ";
    out += fmt::format("{} {} {}", property, comparison, text(value, v));
  };
  switch (op.seek) {
    case IndexSeek::Seek::kEqual:
      for (std::size_t i = 0; i < op.values.size(); ++i) add(op.properties[i], "=", op.values[i]);
      break;
    case IndexSeek::Seek::kAny:
      add(op.properties[0], "IN", op.values[0]);
      break;
    case IndexSeek::Seek::kPrefix:
      add(op.properties[0], "STARTS WITH", op.values[0]);
      break;
    case IndexSeek::Seek::kRange:
      if (op.low) add(op.properties[0], op.lowInclusive ? ">=" : ">", op.low);
      if (op.high) add(op.properties[0], op.highInclusive ? "<=" : "<", op.high);
      break;
  }
  return out;
}

std::string describe(const RelationshipScan& op, const Variables& v) {
  return node(op.from, nullptr, v) + arrow(nameOf(op.relationship, v) + text(op.types, v), op.direction) +
         node(op.to, nullptr, v) + (op.bound ? " ends" : "");
}

std::string describe(const Expand& op, const Variables& v) {
  return node(op.from, nullptr, v) + arrow(nameOf(op.relationship, v) + text(op.types, v), op.direction) +
         node(op.to, op.toLabels, v) + (op.into ? " into" : "") + different(op.differentFrom, v);
}

std::string describe(const MultiwayIntersect& op, const Variables& v) {
  std::string out = node(op.to, op.toLabels, v);
  for (const auto& leg : op.legs) {
    out += ", " + node(leg.from, nullptr, v) + arrow(nameOf(leg.relationship, v) + text(leg.types, v), leg.direction) +
           node(op.to, nullptr, v) + different(leg.differentFrom, v);
  }
  return out;
}

std::string describe(const VarLengthExpand& op, const Variables& v) {
  std::string out = node(op.from, nullptr, v) +
                    arrow(nameOf(op.relationships, v) + text(op.types, v) + length(op.length), op.direction) +
                    node(op.to, op.toLabels, v) + (op.into ? " into" : "") + (op.distinctEnds ? " distinct ends" : "");
  if (!op.stepPredicates.empty()) out += " each " + join(op.stepPredicates, " AND ", v);
  return out + different(op.differentFrom, v);
}

std::string describe(const QuantifiedExpand& op, const Variables& v) {
  return fmt::format("{} (({}) ... ({})){} {}{}{}{}", node(op.from, nullptr, v), nameOf(op.innerFrom, v),
                     nameOf(op.innerTo, v), length(op.length), node(op.to, op.toLabels, v), op.into ? " into" : "",
                     op.distinctEnds ? " distinct ends" : "", different(op.differentFrom, v));
}

std::string describe(const ShortestPath& op, const Variables& v) {
  std::string out = op.path == bind::kNoVariable ? std::string{} : nameOf(op.path, v) + " = ";
  if (op.children.size() == 2) return out + node(op.from, nullptr, v) + "..." + node(op.to, nullptr, v);
  return out + node(op.from, nullptr, v) +
         arrow(nameOf(op.relationships, v) + text(op.types, v) + length(op.length), op.direction) +
         node(op.to, nullptr, v);
}

std::string describe(const PathSearch& op, const Variables& v) {
  std::string out = op.path == bind::kNoVariable ? std::string{} : nameOf(op.path, v) + " = ";
  out += node(op.from, nullptr, v);
  for (const auto& part : op.parts) {
    std::string relationships;
    for (const VariableId r : part.relationships) relationships += (relationships.empty() ? "" : ",") + nameOf(r, v);
    out += fmt::format("-[{}{}]-", relationships, part.repeated ? length(part.length) : "");
    out += node(part.end == bind::kNoVariable ? op.to : part.end, nullptr, v);
  }
  if (!op.pathPredicates.empty()) out += " where " + join(op.pathPredicates, " AND ", v);
  return out;
}

std::string describe(const BuildPath& op, const Variables& v) {
  std::string out = nameOf(op.path, v) + " = ";
  for (const auto& step : op.steps) {
    const std::string name = nameOf(step.variable, v);
    out += step.kind == BuildPath::Step::Kind::kNode ? fmt::format("({})", name) : fmt::format("-[{}]-", name);
  }
  return out;
}

std::string describe(const Filter& op, const Variables& v) { return join(op.predicates, " AND ", v); }
std::string describe(const Project& op, const Variables& v) { return items(op.items, v); }
std::string describe(const Aggregate& op, const Variables& v) { return grouping(op.groupBy, op.aggregates, v); }

// The term without corrections; the others only by their number.
std::string describe(const MessageAggregate& op, const Variables& v) {
  const MessageAggregate::Term& term = op.terms[0];
  const auto& root = op.nodes[term.groups[term.counted][0]];
  std::string out = node(root.variable, root.labels, v);
  if (op.pairs) out = "pairs " + out + node(op.nodes[1].variable, nullptr, v);
  for (const auto* links : {&term.core.links, &term.links}) {
    for (const auto& link : *links) {
      const auto& child = op.nodes[term.groups[link.child][0]];
      out += ", " + node(op.nodes[term.groups[link.parent][0]].variable, nullptr, v);
      for (const auto& relation : link.relations) out += arrow(text(relation.types, v), relation.direction);
      out += node(child.variable, child.labels, v) + (link.optional ? " optional" : "");
    }
  }
  for (const auto& order : term.orders) {
    out += ", " + text(order.lessKey, v) + (order.strict ? " < " : " <= ") + text(order.greaterKey, v);
  }
  const auto opens = [](const auto& one) { return one.opens; };
  const std::ptrdiff_t more = std::count_if(op.terms.begin() + 1, op.terms.end(), opens);
  if (more > 0) out += fmt::format(", {} longer", more);
  const auto corrections = static_cast<std::ptrdiff_t>(op.terms.size()) - 1 - more;
  if (corrections > 0) out += fmt::format(", {} corrections", corrections);
  if (op.groups) {
    const auto& groups = *op.groups;
    out += groups.distinct ? ", distinct " + nameOf(op.nodes[*groups.distinct].variable, v) + " by"
                           : ", highest " + text(groups.most, v) + " by";
    for (const auto& keys : op.groups->keys) {
      for (const auto& key : keys) out += " " + text(key, v);
    }
  }
  return out;
}

std::string describe(const Distinct& op, const Variables& v) { return join(op.keys, v); }

std::string describe(const Sort& op, const Variables& v) {
  std::string out;
  for (const auto& key : op.keys) {
    out += (out.empty() ? "" : ", ") + text(key.expression, v) + (key.descending ? " DESC" : "");
  }
  return op.limit ? out + " first " + text(op.limit, v) : out;
}

std::string describe(const Limit& op, const Variables& v) {
  std::string out = op.skip ? "skip " + text(op.skip, v) : std::string{};
  if (op.limit) out += (out.empty() ? "limit " : " limit ") + text(op.limit, v);
  return out;
}

std::string describe(const Unwind& op, const Variables& v) {
  return text(op.list, v) + " AS " + nameOf(op.variable, v);
}
std::string describe(const Union& op, const Variables&) { return op.all ? "all" : "distinct"; }

std::string describe(const Apply& op, const Variables& v) {
  static constexpr const char* kModes[] = {"inner", "optional", "semi", "anti", "for each"};
  std::string out = kModes[static_cast<std::size_t>(op.mode)];
  if (op.inTransactions) out += " in transactions";
  return op.outer.empty() ? out : out + " with " + join(op.outer, v);
}

std::string describe(const HashJoin& op, const Variables& v) {
  return "on " + join(op.keys, v) + (op.different.empty() ? "" : ", " + pairs(op.different, v));
}
std::string describe(const CartesianProduct& op, const Variables& v) { return pairs(op.different, v); }
std::string describe(const ProcedureCall& op, const Variables& v) {
  return fmt::format("{}({})", op.call.procedure->name, join(op.call.arguments, ", ", v));
}
std::string describe(const LoadCsv& op, const Variables& v) {
  return text(op.load.url, v) + " AS " + nameOf(op.load.variable, v);
}

std::string created(const bind::BoundCreate& create, const Variables& v) {
  std::string out;
  for (const auto& element : create.elements) {
    out += out.empty() ? "" : ", ";
    if (const auto* n = std::get_if<bind::CreateNode>(&element)) {
      out += "(" + nameOf(n->variable, v);
      for (const auto& label : n->labels) out += ":" + label;
      out += ")";
    } else {
      const auto& r = std::get<bind::CreateRelationship>(element);
      out += fmt::format("({})-[{}:{}]->({})", nameOf(r.start, v), nameOf(r.variable, v), r.type, nameOf(r.end, v));
    }
  }
  return out;
}

std::string describe(const Create& op, const Variables& v) { return created(op.create, v); }
std::string describe(const Merge& op, const Variables& v) { return created(op.merge.create, v); }

std::string describe(const Set& op, const Variables& v) {
  std::string out;
  for (const auto& item : op.set.items) {
    out += (out.empty() ? "" : ", ") + text(item.entity, v);
    if (!item.key.empty()) out += "." + item.key;
    for (const auto& label : item.labels) out += ":" + label;
  }
  return out;
}

std::string describe(const Remove& op, const Variables& v) {
  std::string out;
  for (const auto& item : op.remove.items) {
    out += (out.empty() ? "" : ", ") + text(item.entity, v);
    if (!item.key.empty()) out += "." + item.key;
    for (const auto& label : item.labels) out += ":" + label;
  }
  return out;
}

std::string describe(const Delete& op, const Variables& v) {
  return (op.del.detach ? "detach " : "") + join(op.del.targets, ", ", v);
}
std::string describe(const Foreach& op, const Variables& v) {
  return fmt::format("{} IN {}", nameOf(op.variable, v), text(op.list, v));
}
std::string describe(const Eager&, const Variables&) { return {}; }
std::string describe(const EmptyResult&, const Variables&) { return {}; }

}  // namespace

#define PLEXUS_LOGICAL(Type)                                                                                     \
  template <>                                                                                                    \
  std::string LogicalOf<LogicalKind::k##Type>::name() const {                                                    \
    return #Type;                                                                                                \
  }                                                                                                              \
  template <>                                                                                                    \
  std::string LogicalOf<LogicalKind::k##Type>::details(const std::vector<bind::VariableInfo>& variables) const { \
    return describe(as<Type>(), variables);                                                                      \
  }
PLEXUS_LOGICAL(Argument)
PLEXUS_LOGICAL(NodeScan)
PLEXUS_LOGICAL(NodeByIdSeek)
PLEXUS_LOGICAL(IndexSeek)
PLEXUS_LOGICAL(RelationshipScan)
PLEXUS_LOGICAL(Expand)
PLEXUS_LOGICAL(MultiwayIntersect)
PLEXUS_LOGICAL(VarLengthExpand)
PLEXUS_LOGICAL(QuantifiedExpand)
PLEXUS_LOGICAL(ShortestPath)
PLEXUS_LOGICAL(PathSearch)
PLEXUS_LOGICAL(BuildPath)
PLEXUS_LOGICAL(Filter)
PLEXUS_LOGICAL(Project)
PLEXUS_LOGICAL(Aggregate)
PLEXUS_LOGICAL(MessageAggregate)
PLEXUS_LOGICAL(Distinct)
PLEXUS_LOGICAL(Sort)
PLEXUS_LOGICAL(Limit)
PLEXUS_LOGICAL(Unwind)
PLEXUS_LOGICAL(Union)
PLEXUS_LOGICAL(Eager)
PLEXUS_LOGICAL(Apply)
PLEXUS_LOGICAL(HashJoin)
PLEXUS_LOGICAL(CartesianProduct)
PLEXUS_LOGICAL(ProcedureCall)
PLEXUS_LOGICAL(LoadCsv)
PLEXUS_LOGICAL(Create)
PLEXUS_LOGICAL(Merge)
PLEXUS_LOGICAL(Set)
PLEXUS_LOGICAL(Remove)
PLEXUS_LOGICAL(Delete)
PLEXUS_LOGICAL(Foreach)
PLEXUS_LOGICAL(EmptyResult)
#undef PLEXUS_LOGICAL

}  // namespace plexus::plan
