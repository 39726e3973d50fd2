#include "core/plan/order/cardinality.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "core/function/registry.h"

namespace plexus::plan {

namespace {

using bind::BoundKind;
using LabelKind = bind::BoundLabels::Kind;

// Shares where nothing better is known.
constexpr double kEquality = 0.1, kInequality = 0.9, kRange = 0.3, kPrefix = 0.05, kContains = 0.1, kOther = 0.5;
constexpr double kLeast = 1e-3;                // rows: nothing is ever free
constexpr std::uint64_t kStepsConsidered = 6;  // of unbounded lengths

// Names that every node satisfying `labels` has.
void sureNames(const LabelsPtr& labels, std::vector<std::string>& out) {
  if (!labels) return;
  if (labels->kind == LabelKind::kName) out.push_back(labels->name);
  if (labels->kind != LabelKind::kAnd) return;
  for (const auto& operand : labels->operands) sureNames(operand, out);
}

double labelled(const bind::BoundLabels& labels, const GraphNumbers& numbers) {
  const double all = numbers.nodes();
  double count = 0;
  switch (labels.kind) {
    case LabelKind::kName:
      return numbers.nodes(labels.name);
    case LabelKind::kAny:
      return all;
    case LabelKind::kDynamic:
      return all * kEquality;
    case LabelKind::kNot:
      return std::max(0.0, all - labelled(*labels.operands[0], numbers));
    case LabelKind::kAnd:
      count = all;
      for (const auto& operand : labels.operands) count = std::min(count, labelled(*operand, numbers));
      return count;
    case LabelKind::kOr:
      for (const auto& operand : labels.operands) count += labelled(*operand, numbers);
      return std::min(count, all);
  }
  return all;
}

// Relationships of `type` whose near end satisfies `labels`.
double fromEnd(const LabelsPtr& labels, const std::string& type, Direction direction, const GraphNumbers& numbers) {
  double count = numbers.relationships(type);
  if (!labels) return count;
  std::vector<std::string> names;
  sureNames(labels, names);
  for (const auto& name : names) count = std::min(count, numbers.relationships(name, type, direction));
  if (names.empty()) count *= labelled(*labels, numbers) / std::max(1.0, numbers.nodes());
  return count;
}

double between(const LabelsPtr& left, const std::string& type, Direction direction, const LabelsPtr& right,
               const GraphNumbers& numbers) {
  const double all = numbers.relationships(type);
  if (all <= 0) return 0;
  std::vector<std::string> leftNames, rightNames;
  sureNames(left, leftNames);
  sureNames(right, rightNames);
  if (!leftNames.empty() && !rightNames.empty()) {
    double least = all;
    for (const auto& near : leftNames) {
      for (const auto& far : rightNames) least = std::min(least, numbers.relationships(near, type, direction, far));
    }
    return least;
  }
  return fromEnd(left, type, direction, numbers) * fromEnd(right, type, reverse(direction), numbers) / all;
}

}  // namespace

void Estimator::learn(VariableId variable, const LabelsPtr& labels) {
  if (!labels || variable == bind::kNoVariable) return;
  auto& slot = known_[variable];
  if (slot != labels) slot = conjunction({slot, labels});
}

LabelsPtr Estimator::known(VariableId variable) const {
  const auto found = known_.find(variable);
  return found == known_.end() ? nullptr : found->second;
}

double Estimator::nodes(const LabelsPtr& labels) const {
  return std::max(kLeast, labels ? labelled(*labels, numbers_) : numbers_.nodes());
}

std::string Estimator::rarestLabel(const LabelsPtr& labels) const {
  std::vector<std::string> names;
  sureNames(labels, names);
  const auto rarest = std::min_element(
      names.begin(), names.end(), [&](const auto& a, const auto& b) { return numbers_.nodes(a) < numbers_.nodes(b); });
  return rarest == names.end() ? std::string{} : *rarest;
}

double Estimator::relationships(const LabelsPtr& left, const LabelsPtr& types, Direction direction,
                                const LabelsPtr& right) const {
  double count = 0;
  for (const auto& type : typesOf(types, numbers_)) {
    if (direction != Direction::kIn) count += between(left, type, Direction::kOut, right, numbers_);
    if (direction != Direction::kOut) count += between(left, type, Direction::kIn, right, numbers_);
  }
  return std::max(kLeast, count);
}

double Estimator::degree(const LabelsPtr& labels, const LabelsPtr& types, Direction direction) const {
  return relationships(labels, types, direction, nullptr) / std::max(1.0, nodes(labels));
}

double Estimator::repeated(Growth growth, const bind::Length& length) const {
  const std::uint64_t last =
      std::min(length.max.value_or(length.min + kStepsConsidered), length.min + kStepsConsidered);
  double total = 0;
  for (std::uint64_t k = length.min; k <= last; ++k) {
    total += k == 0 ? 1 : growth.first * std::pow(growth.next, static_cast<double>(k - 1));
  }
  return std::max(kLeast, total);
}

// Steps after the first go on from nodes like the first where the relation mostly leads from such to such.
Estimator::Growth Estimator::growth(const LabelsPtr& from, const LabelsPtr& types, Direction direction) const {
  const double first = degree(from, types, direction);
  const double stays =
      relationships(from, types, direction, from) / std::max(kLeast, relationships(from, types, direction, nullptr));
  return {first, stays > 0.5 ? first : degree(nullptr, types, direction)};
}

double Estimator::innerDegree(const bind::PatternGraph& graph, bool fromLeft) const {
  double product = 1;
  for (const auto& r : graph.relationships) {
    product *= degree(nullptr, r.types, fromLeft ? r.direction : reverse(r.direction));
  }
  return product;
}

double Estimator::selectivity(const QueryGraph& graph, const GraphEdge& edge) const {
  const GraphNode &left = graph.nodes[edge.left], &right = graph.nodes[edge.right];
  const LabelsPtr leftLabels = conjunction({known(left.variable), left.labels});
  const LabelsPtr rightLabels = conjunction({known(right.variable), right.labels});
  switch (edge.kind) {
    case GraphEdge::Kind::kSimple:
      return relationships(leftLabels, edge.relationship->types, edge.relationship->direction, rightLabels) /
             (std::max(1.0, nodes(leftLabels)) * std::max(1.0, nodes(rightLabels)));
    case GraphEdge::Kind::kVarLength:
      return walks(edge, leftLabels, rightLabels) / std::max(1.0, nodes(rightLabels));
    case GraphEdge::Kind::kQuantified: {
      const double step = innerDegree(*edge.quantified->graph, true);
      return repeated({step, step}, edge.quantified->length) / std::max(1.0, numbers_.nodes());
    }
    case GraphEdge::Kind::kShortest:
      return 1;
  }
  return 1;
}

// From a node with the labels on the left to all with those on the right.
double Estimator::walks(const GraphEdge& edge, const LabelsPtr& left, const LabelsPtr& right) const {
  const auto& [types, direction] = std::tie(edge.relationship->types, edge.relationship->direction);
  const double all = relationships(nullptr, types, direction, nullptr);
  const double ends = relationships(nullptr, types, direction, right) / std::max(kLeast, all);
  return repeated(growth(left, types, direction), *edge.relationship->length) * std::min(1.0, ends);
}

double Estimator::fanOut(const QueryGraph& graph, const GraphEdge& edge, bool fromLeft) const {
  const GraphNode& from = graph.nodes[fromLeft ? edge.left : edge.right];
  const LabelsPtr labels = conjunction({known(from.variable), from.labels});
  switch (edge.kind) {
    case GraphEdge::Kind::kSimple:
      return degree(labels, edge.relationship->types,
                    fromLeft ? edge.relationship->direction : reverse(edge.relationship->direction));
    case GraphEdge::Kind::kVarLength: {
      const bind::Length& length = *edge.relationship->length;
      const auto step = growth(labels, edge.relationship->types,
                               fromLeft ? edge.relationship->direction : reverse(edge.relationship->direction));
      return repeated(step, {1, length.max.value_or(length.min + kStepsConsidered)});
    }
    case GraphEdge::Kind::kQuantified: {
      const bind::Length& length = edge.quantified->length;
      const double step = innerDegree(*edge.quantified->graph, fromLeft);
      return repeated({step, step}, {1, length.max.value_or(length.min + kStepsConsidered)});
    }
    case GraphEdge::Kind::kShortest:
      return 1;
  }
  return 1;
}

double Estimator::comparison(const ExpressionPtr& a, const ExpressionPtr& b) const {
  double share = 1;
  bool measured = false;
  for (const auto* side : {&a, &b}) {
    if ((*side)->kind() != BoundKind::kProperty) continue;
    const auto& property = (*side)->as<bind::Property>();
    const std::string label = rarestLabel(known(asVariable(property.base)));
    if (label.empty()) continue;
    share = std::min(share, 1 / numbers_.distinctValues(label, property.key));
    measured = true;
  }
  return measured ? share : kEquality;
}

double Estimator::selectivity(const ExpressionPtr& predicate) const {
  if (predicate->kind() == BoundKind::kLabelCheck) {
    const auto& check = predicate->as<bind::LabelCheck>();
    return std::min(1.0, nodes(check.labels) / std::max(1.0, numbers_.nodes()));
  }
  if (predicate->kind() != BoundKind::kFunction) return kOther;
  const auto& call = predicate->as<bind::Function>();
  const std::string_view name = call.function->name;
  const auto& arguments = call.arguments;
  if (name == "=") return comparison(arguments[0], arguments[1]);
  if (name == "<>") return kInequality;
  if (name == "NOT") return std::max(kLeast, 1 - selectivity(arguments[0]));
  if (name == "<" || name == "<=" || name == ">" || name == ">=") return kRange;
  if (name == "IN") {
    const double each = comparison(arguments[0], arguments[0]);
    const bool list = arguments[1]->kind() == BoundKind::kList;
    const double elements = list ? static_cast<double>(arguments[1]->as<bind::ListExpression>().elements.size()) : 4;
    return std::min(1.0, each * elements);
  }
  if (name == "STARTS WITH") return kPrefix;
  if (name == "CONTAINS" || name == "ENDS WITH" || name == "=~") return kContains;
  if (name == "IS NOT NULL") return kInequality;
  if (name == "IS NULL") return kEquality;
  if (name == "AND" || name == "OR") {
    double none = 1, all = 1;
    for (const auto& argument : arguments) {
      const double s = selectivity(argument);
      all *= s;
      none *= 1 - s;
    }
    return name == "AND" ? all : 1 - none;
  }
  return kOther;
}

}  // namespace plexus::plan
