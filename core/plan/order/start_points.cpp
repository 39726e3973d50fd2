#include "core/plan/order/start_points.h"

#include <algorithm>
#include <array>

#include "core/function/registry.h"

namespace plexus::plan {

namespace {

// `property <op> value`, whichever side the property stands on.
struct Comparison {
  std::string property, op;
  ExpressionPtr value;
  std::size_t predicate = 0;
};

std::string mirrored(std::string_view op) {
  if (op == "<") return ">";
  if (op == "<=") return ">=";
  if (op == ">") return "<";
  if (op == ">=") return "<=";
  return std::string{op};
}

std::vector<Comparison> comparisonsOf(const QueryGraph& graph, VariableId variable) {
  static constexpr std::array<std::string_view, 7> kOperators{"=", "<", "<=", ">", ">=", "IN", "STARTS WITH"};
  std::vector<Comparison> out;
  for (std::size_t i = 0; i < graph.predicates.size(); ++i) {
    const ExpressionPtr& e = graph.predicates[i].expression;
    if (e->kind() != bind::BoundKind::kFunction) continue;
    const auto& call = e->as<bind::Function>();
    const std::string_view op = call.function->name;
    if (call.arguments.size() != 2 || std::find(kOperators.begin(), kOperators.end(), op) == kOperators.end()) continue;
    const bool symmetric = op != "IN" && op != "STARTS WITH";
    for (std::size_t side = 0; side < (symmetric ? 2U : 1U); ++side) {
      const std::string* key = asPropertyOf(call.arguments[side], variable);
      const ExpressionPtr& value = call.arguments[1 - side];
      if (!key || readsOf(value).has(variable) || !isDeterministic(value)) continue;
      out.push_back({*key, side == 0 ? std::string{op} : mirrored(op), value, i});
    }
  }
  return out;
}

void sureLabels(const LabelsPtr& labels, std::vector<std::string>& out) {
  if (!labels) return;
  if (labels->kind == bind::BoundLabels::Kind::kName) out.push_back(labels->name);
  if (labels->kind != bind::BoundLabels::Kind::kAnd) return;
  for (const auto& operand : labels->operands) sureLabels(operand, out);
}

class Finder {
 public:
  Finder(const QueryGraph& graph, std::size_t node, const Estimator& estimator)
      : graph_{graph}, node_{node}, estimator_{estimator} {}

  std::vector<StartPoint> run() {
    addScan();
    const VariableId variable = graph_.nodes[node_].variable;
    if (contains(graph_.scanHints, variable)) return std::move(out_);
    addIdSeeks();
    comparisons_ = comparisonsOf(graph_, variable);
    std::vector<std::string> labels;
    sureLabels(graph_.nodes[node_].labels, labels);
    for (const auto& label : labels) addIndexSeeks(label);
    if (contains(graph_.seekHints, variable) && out_.size() > 1) out_.erase(out_.begin());
    return std::move(out_);
  }

 private:
  static bool contains(const std::vector<VariableId>& list, VariableId v) {
    return std::find(list.begin(), list.end(), v) != list.end();
  }

  void addScan() {
    StartPoint scan;
    scan.node = node_;
    scan.rows = estimator_.nodes(graph_.nodes[node_].labels);
    out_.push_back(std::move(scan));
  }

  void addIdSeeks() {
    const VariableId variable = graph_.nodes[node_].variable;
    for (const auto& predicate : graph_.predicates) {
      for (const char* op : {"=", "IN"}) {
        const bind::Function* call = asCall(predicate.expression, op);
        if (!call) continue;
        addIdSeek(variable, call->arguments[0], call->arguments[1], std::string_view{op} == "IN");
        if (std::string_view{op} == "=") addIdSeek(variable, call->arguments[1], call->arguments[0], false);
      }
    }
  }

  // The predicate stays as a filter: `ids` may hold what is no id.
  void addIdSeek(VariableId variable, const ExpressionPtr& function, const ExpressionPtr& ids, bool list) {
    const bind::Function* id = asCall(function, "id");
    if (!id) id = asCall(function, "elementId");
    if (!id || asVariable(id->arguments[0]) != variable || readsOf(ids).has(variable) || !isDeterministic(ids)) return;
    StartPoint seek;
    seek.kind = StartPoint::Kind::kId;
    seek.node = node_;
    seek.low = ids;
    seek.reads = readsOf(ids);
    seek.rows = list ? 4 : 1;
    out_.push_back(std::move(seek));
  }

  void addIndexSeeks(const std::string& label) {
    std::vector<std::string> tried;
    for (const auto& comparison : comparisons_) {
      if (std::find(tried.begin(), tried.end(), comparison.property) != tried.end()) continue;
      tried.push_back(comparison.property);
      for (const auto& index : estimator_.numbers().indexes(label, comparison.property)) addIndexSeek(label, index);
    }
  }

  const Comparison* find(const std::string& property, std::string_view op) const {
    for (const auto& c : comparisons_) {
      if (c.property == property && c.op == op) return &c;
    }
    return nullptr;
  }

  // Whether a node without the property is refused anyway.
  bool isRequired(const std::string& property) const {
    const VariableId variable = graph_.nodes[node_].variable;
    const auto compared = [&](const Comparison& c) { return c.property == property; };
    const auto checked = [&](const auto& predicate) {
      const bind::Function* call = asCall(predicate.expression, "IS NOT NULL");
      const std::string* key = call ? asPropertyOf(call->arguments[0], variable) : nullptr;
      return key && *key == property;
    };
    return std::any_of(comparisons_.begin(), comparisons_.end(), compared) ||
           std::any_of(graph_.predicates.begin(), graph_.predicates.end(), checked);
  }

  // A node is in the index only if it has all its properties, and is found by those that come first.
  void addIndexSeek(const std::string& label, const GraphNumbers::Index& index) {
    StartPoint seek;
    seek.kind = StartPoint::Kind::kIndex;
    seek.node = node_;
    seek.index = index;
    seek.label = label;
    const double nodes = std::max(1.0, estimator_.numbers().nodes(label));
    const double each = nodes / estimator_.numbers().distinctValues(label, index.properties[0]);
    if (!std::all_of(index.properties.begin(), index.properties.end(), [&](auto& p) { return isRequired(p); })) return;
    if (const std::size_t equal = takeEqual(seek); equal > 0) {
      const bool one = index.unique && equal == index.properties.size();
      seek.rows = one ? std::min(1.0, each) : each / static_cast<double>(equal);
      out_.push_back(std::move(seek));
      return;
    }
    const std::string& property = index.properties[0];
    if (const Comparison* in = find(property, "IN")) {
      take(seek, IndexSeek::Seek::kAny, *in);
      seek.rows = std::min(nodes, 4 * each);
    } else if (const Comparison* prefix = find(property, "STARTS WITH")) {
      take(seek, IndexSeek::Seek::kPrefix, *prefix);
      seek.rows = nodes * 0.05;
    } else if (!takeRange(seek, property)) {
      return;
    } else {
      seek.rows = nodes * (seek.low && seek.high ? 0.1 : 0.3);
    }
    out_.push_back(std::move(seek));
  }

  // The number of first properties that are compared for equality.
  std::size_t takeEqual(StartPoint& seek) const {
    std::size_t count = 0;
    for (const auto& property : seek.index.properties) {
      const Comparison* equal = find(property, "=");
      if (!equal) break;
      take(seek, IndexSeek::Seek::kEqual, *equal);
      ++count;
    }
    return count;
  }

  static void take(StartPoint& seek, IndexSeek::Seek kind, const Comparison& comparison) {
    seek.seek = kind;
    seek.values.push_back(comparison.value);
    seek.consumed.push_back(comparison.predicate);
    addReads(comparison.value, seek.reads);
  }

  // The comparisons stay as filters: the index orders values of one type only.
  bool takeRange(StartPoint& seek, const std::string& property) const {
    seek.seek = IndexSeek::Seek::kRange;
    for (const auto& c : comparisons_) {
      if (c.property != property) continue;
      if (c.op[0] == '>' && !seek.low) {
        seek.low = c.value;
        seek.lowInclusive = c.op == ">=";
        addReads(c.value, seek.reads);
      } else if (c.op[0] == '<' && !seek.high) {
        seek.high = c.value;
        seek.highInclusive = c.op == "<=";
        addReads(c.value, seek.reads);
      }
    }
    return seek.low || seek.high;
  }

  const QueryGraph& graph_;
  std::size_t node_;
  const Estimator& estimator_;
  std::vector<Comparison> comparisons_;
  std::vector<StartPoint> out_;
};

}  // namespace

std::vector<StartPoint> startPoints(const QueryGraph& graph, std::size_t node, const Estimator& estimator) {
  return Finder{graph, node, estimator}.run();
}

}  // namespace plexus::plan
