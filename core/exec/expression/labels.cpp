#include "core/exec/expression/labels.h"

#include <algorithm>
#include <functional>

#include "core/exec/expression/composite.h"
#include "core/exec/expression/deleted.h"
#include "core/inference/entailment.h"

namespace plexus::exec {

using bind::BoundLabels;

ResolvedLabels ResolvedLabels::ofNodes(const BoundLabels& labels, const storage::GraphView& view) {
  ResolvedLabels resolved;
  resolved.kind_ = labels.kind;
  resolved.view_ = &view;
  if (labels.kind == Kind::kName) {
    const auto id = catalog::Catalog::of(view).labels.find(labels.name);
    if (id) resolved.bitmap_ = &view.labelled(*id);
  }
  for (const auto& operand : labels.operands) resolved.operands_.push_back(ofNodes(*operand, view));
  return resolved;
}

ResolvedLabels ResolvedLabels::ofTypes(const BoundLabels& labels, const ExecContext& context) {
  ResolvedLabels resolved;
  resolved.kind_ = labels.kind;
  const auto id = labels.kind == Kind::kName ? context.catalog().relTypes.find(labels.name) : std::nullopt;
  if (id) {
    resolved.types_.push_back(*id);
    if (context.entailment) {
      for (const auto& sub : context.entailment->rules().subNames(*id)) resolved.types_.push_back(sub.name);
    }
  }
  for (const auto& operand : labels.operands) resolved.operands_.push_back(ofTypes(*operand, context));
  return resolved;
}

bool ResolvedLabels::holds(NodeId node) const {
  const auto holdsFor = [node](const ResolvedLabels& operand) { return operand.holds(node); };
  switch (kind_) {
    case Kind::kName:
      return bitmap_ && bitmap_->contains(node);
    case Kind::kAnd:
      return std::all_of(operands_.begin(), operands_.end(), holdsFor);
    case Kind::kOr:
      return std::any_of(operands_.begin(), operands_.end(), holdsFor);
    case Kind::kNot:
      return !operands_.front().holds(node);
    case Kind::kAny:
      return !view_->labels(node).empty();
    case Kind::kDynamic:
      break;
  }
  return false;
}

bool ResolvedLabels::holds(RelTypeId type) const {
  const auto holdsFor = [type](const ResolvedLabels& operand) { return operand.holds(type); };
  switch (kind_) {
    case Kind::kName:
      return std::find(types_.begin(), types_.end(), type) != types_.end();
    case Kind::kAnd:
      return std::all_of(operands_.begin(), operands_.end(), holdsFor);
    case Kind::kOr:
      return std::any_of(operands_.begin(), operands_.end(), holdsFor);
    case Kind::kNot:
      return !operands_.front().holds(type);
    case Kind::kAny:
      return true;
    case Kind::kDynamic:
      break;
  }
  return false;
}

std::vector<std::string> dynamicNames(const Value& value, Span span) {
  std::vector<std::string> names;
  const auto add = [&](const Value& v) {
    if (!v.is(ValueKind::kString)) {
      throwRuntime(ErrorType::kTypeError, "InvalidArgumentType",
                   "a label or type is given by a STRING or a LIST<STRING>, not by " + std::string{name(v.kind())},
                   span);
    }
    names.emplace_back(v.string());
  };
  if (value.is(ValueKind::kList)) {
    for (const Value& element : value.list()) add(element);
  } else {
    add(value);
  }
  return names;
}

bool hasDynamicNames(const BoundLabels& labels) {
  return labels.kind == BoundLabels::Kind::kDynamic ||
         std::any_of(labels.operands.begin(), labels.operands.end(),
                     [](const bind::LabelsPtr& operand) { return hasDynamicNames(*operand); });
}

bind::LabelsPtr withDynamicNames(const bind::LabelsPtr& labels,
                                 const std::function<Value(const bind::ExpressionPtr&)>& evaluate) {
  if (!hasDynamicNames(*labels)) return labels;
  auto copy = std::make_shared<BoundLabels>(*labels);
  if (labels->kind == BoundLabels::Kind::kDynamic) {
    copy->kind = labels->dynamicAny ? BoundLabels::Kind::kOr : BoundLabels::Kind::kAnd;
    copy->dynamic = nullptr;
    for (auto& name : dynamicNames(evaluate(labels->dynamic), labels->dynamic->span)) {
      auto named = std::make_shared<BoundLabels>();
      named->kind = BoundLabels::Kind::kName;
      named->name = std::move(name);
      copy->operands.push_back(std::move(named));
    }
    return copy;
  }
  for (auto& operand : copy->operands) operand = withDynamicNames(operand, evaluate);
  return copy;
}

namespace {

class LabelCheckEvaluator final : public Composite {
 public:
  LabelCheckEvaluator(const bind::LabelCheck& check, std::vector<EvaluatorPtr> operands,
                      std::vector<const bind::BoundExpression*> dynamic)
      : Composite{bind::BoundKind::kLabelCheck, check.span, std::move(operands)},
        labels_{check.labels},
        dynamic_{std::move(dynamic)} {}

  Column evaluate(Worker& worker, Scratch& scratch, const Batch& rows) const override {
    const Column operand = evaluateOperand(0, worker, scratch, rows);
    auto result = std::make_shared<Vector>(Vector::Kind::kBoolean, rows.rows());
    if (dynamic_.empty()) {
      const Resolved resolved{*labels_, worker.context};
      for (std::size_t row = 0; row < rows.rows(); ++row) check(worker, operand, row, resolved, *result);
    } else {
      evaluateDynamic(worker, scratch, rows, operand, *result);
    }
    return {std::move(result), nullptr};
  }

 private:
  struct Resolved {
    Resolved(const BoundLabels& labels, const ExecContext& context)
        : nodes{ResolvedLabels::ofNodes(labels, context.view)}, types{ResolvedLabels::ofTypes(labels, context)} {}
    ResolvedLabels nodes, types;
  };

  void check(Worker& worker, const Column& operand, std::size_t row, const Resolved& resolved, Vector& result) const {
    if (operand.isNull(row)) {
      result.setNull(row);
      return;
    }
    auto out = result.data<std::uint8_t>();
    switch (operand.data->kind()) {
      case Vector::Kind::kNode:
        return checkNode(worker, operand.get<NodeId>(row), resolved, out[row]);
      case Vector::Kind::kRelationship:
        out[row] = resolved.types.holds(operand.get<Relationship>(row).type);
        return;
      default:
        break;
    }
    const Value value = operand.value(row);
    if (value.is(ValueKind::kNode)) return checkNode(worker, value.node(), resolved, out[row]);
    if (!value.is(ValueKind::kRelationship)) {
      throwRuntime(ErrorType::kTypeError, "InvalidArgumentType",
                   "only nodes and relationships have labels or types, not " + std::string{name(value.kind())}, span());
    }
    out[row] = resolved.types.holds(value.relationship().type);
  }

  void checkNode(Worker& worker, NodeId node, const Resolved& resolved, std::uint8_t& out) const {
    requireAlive(worker, node, span());
    out = resolved.nodes.holds(node);
  }

  void evaluateDynamic(Worker& worker, Scratch& scratch, const Batch& rows, const Column& operand,
                       Vector& result) const {
    std::vector<Column> names;
    for (std::size_t i = 1; i < operands(); ++i) names.push_back(evaluateOperand(i, worker, scratch, rows));
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      const auto fixed = withDynamicNames(labels_, [&](const bind::ExpressionPtr& e) {
        const auto at = std::find(dynamic_.begin(), dynamic_.end(), e.get()) - dynamic_.begin();
        return names[static_cast<std::size_t>(at)].value(row);
      });
      check(worker, operand, row, Resolved{*fixed, worker.context}, result);
    }
  }

  bind::LabelsPtr labels_;
  std::vector<const bind::BoundExpression*> dynamic_;  // operand i + 1 evaluates dynamic_[i]
};

void collectDynamic(const BoundLabels& labels, std::vector<bind::ExpressionPtr>& out) {
  if (labels.kind == BoundLabels::Kind::kDynamic) out.push_back(labels.dynamic);
  for (const auto& operand : labels.operands) collectDynamic(*operand, out);
}

}  // namespace

EvaluatorPtr compileLabelCheck(const bind::LabelCheck& check, const Layout& layout, BuildContext& build) {
  std::vector<bind::ExpressionPtr> operands{check.operand};
  collectDynamic(*check.labels, operands);
  std::vector<const bind::BoundExpression*> dynamic;
  for (std::size_t i = 1; i < operands.size(); ++i) dynamic.push_back(operands[i].get());
  return std::make_unique<LabelCheckEvaluator>(check, compileAll(operands, layout, build), std::move(dynamic));
}

}  // namespace plexus::exec
