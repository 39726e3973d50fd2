// List comprehensions, quantifiers and reduce: inner expressions run over elements of many rows at once.
#include <algorithm>
#include <optional>

#include "core/exec/expression/composite.h"
#include "core/exec/expression/elements.h"
#include "core/exec/expression/logic.h"
#include "core/exec/expression/vector_builder.h"

namespace plexus::exec {
namespace {

class ListComprehensionEvaluator final : public Composite {
 public:
  // Operands: the list, then the predicate and the projection, if there are such.
  ListComprehensionEvaluator(const bind::ListComprehension& comprehension, std::vector<EvaluatorPtr> operands,
                             ColumnIndex element)
      : Composite{bind::BoundKind::kListComprehension, comprehension.span, std::move(operands)},
        element_{element},
        hasPredicate_{comprehension.predicate != nullptr},
        hasProjection_{comprehension.projection != nullptr} {}

  Column evaluate(Worker& worker, Scratch& scratch, const Batch& rows) const override {
    const Column lists = evaluateOperand(0, worker, scratch, rows);
    std::vector<List> results(rows.rows());
    Elements elements{rows, lists, element_, worker.context.options.batchRows};
    while (elements.next()) {
      if (worker.context.cancellation) worker.context.cancellation->check();
      gather(worker, scratch, elements, results);
    }
    auto result = std::make_shared<Vector>(Vector::Kind::kValue, rows.rows());
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      if (!lists.isNull(row)) result->data<Value>()[row] = std::move(results[row]);
    }
    return {std::move(result), nullptr};
  }

 private:
  void gather(Worker& worker, Scratch& scratch, const Elements& elements, std::vector<List>& results) const {
    auto kept = identitySelection(elements.batch().rows());
    if (hasPredicate_) {
      const Column holds = evaluateOperand(1, worker, scratch, elements.batch());
      auto chosen = std::make_shared<Selection>();
      for (const RowIndex i : *kept) {
        if (holdsIn(holds, i, operand(1).span())) chosen->push_back(i);
      }
      kept = std::move(chosen);
    }
    if (kept->empty()) return;
    const Batch part = subset(elements.batch(), kept);
    const Column values =
        hasProjection_ ? evaluateOperand(operands() - 1, worker, scratch, part) : part.column(element_);
    for (std::size_t i = 0; i < kept->size(); ++i) results[elements.rowOf((*kept)[i])].push_back(values.value(i));
  }

  ColumnIndex element_;
  bool hasPredicate_, hasProjection_;
};

class QuantifierEvaluator final : public Composite {
 public:
  QuantifierEvaluator(const bind::Quantifier& quantifier, std::vector<EvaluatorPtr> operands, ColumnIndex element)
      : Composite{bind::BoundKind::kQuantifier, quantifier.span, std::move(operands)},
        kind_{quantifier.quantifier},
        element_{element} {}

  Column evaluate(Worker& worker, Scratch& scratch, const Batch& rows) const override {
    const Column lists = evaluateOperand(0, worker, scratch, rows);
    std::vector<Tally> tallies(rows.rows());
    Elements elements{rows, lists, element_, worker.context.options.batchRows};
    while (elements.next()) {
      if (worker.context.cancellation) worker.context.cancellation->check();
      const Column holds = evaluateOperand(1, worker, scratch, elements.batch());
      for (std::size_t i = 0; i < elements.batch().rows(); ++i) count(holds, i, tallies[elements.rowOf(i)]);
    }
    auto result = std::make_shared<Vector>(Vector::Kind::kBoolean, rows.rows());
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      const auto truth = lists.isNull(row) ? std::nullopt : decide(tallies[row]);
      if (!truth) {
        result->setNull(row);
      } else {
        result->data<std::uint8_t>()[row] = static_cast<std::uint8_t>(*truth);
      }
    }
    return {std::move(result), nullptr};
  }

 private:
  struct Tally {
    std::size_t yes = 0, no = 0, unknown = 0;
  };

  void count(const Column& holds, std::size_t i, Tally& tally) const {
    const Value value = holds.value(i);
    if (value.isNull()) {
      ++tally.unknown;
    } else if (value.is(ValueKind::kBoolean)) {
      ++(value.boolean() ? tally.yes : tally.no);
    } else {
      throwRuntime(ErrorType::kTypeError, "InvalidArgumentType",
                   "expected BOOLEAN, not " + std::string{name(value.kind())}, operand(1).span());
    }
  }

  // Nothing: null.
  std::optional<bool> decide(const Tally& tally) const {
    const auto unlessUnknown = [&](bool truth) { return tally.unknown > 0 ? std::nullopt : std::optional{truth}; };
    switch (kind_) {
      case bind::QuantifierKind::kAll:
        return tally.no > 0 ? std::optional{false} : unlessUnknown(true);
      case bind::QuantifierKind::kAny:
        return tally.yes > 0 ? std::optional{true} : unlessUnknown(false);
      case bind::QuantifierKind::kNone:
        return tally.yes > 0 ? std::optional{false} : unlessUnknown(true);
      case bind::QuantifierKind::kSingle:
        return tally.yes > 1 ? std::optional{false} : unlessUnknown(tally.yes == 1);
    }
    return std::nullopt;
  }

  bind::QuantifierKind kind_;
  ColumnIndex element_;
};

// Steps through the lists of all rows in parallel: the first elements, then the second ones, ...
class ReduceEvaluator final : public Composite {
 public:
  // Operands: initial value, list, step.
  ReduceEvaluator(Span span, std::vector<EvaluatorPtr> operands, ColumnIndex accumulator, ColumnIndex element)
      : Composite{bind::BoundKind::kReduce, span, std::move(operands)}, accumulator_{accumulator}, element_{element} {}

  Column evaluate(Worker& worker, Scratch& scratch, const Batch& rows) const override {
    const Column initial = evaluateOperand(0, worker, scratch, rows);
    const Column lists = evaluateOperand(1, worker, scratch, rows);
    std::vector<Value> accumulators(rows.rows());
    auto active = std::make_shared<Selection>();
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      if (lists.isNull(row)) continue;
      accumulators[row] = initial.value(row);
      active->push_back(static_cast<RowIndex>(row));
    }
    for (std::size_t step = 0; !active->empty(); ++step) {
      if (step % 256 == 0 && worker.context.cancellation) worker.context.cancellation->check();
      active = advance(worker, scratch, rows, lists, step, *active, accumulators);
    }
    VectorBuilder result;
    for (const Value& value : accumulators) result.append(value);
    return {result.finish(), nullptr};
  }

 private:
  // Element number `step` of each of the lists that have one; the rows of those.
  std::shared_ptr<Selection> advance(Worker& worker, Scratch& scratch, const Batch& rows, const Column& lists,
                                     std::size_t step, const Selection& active,
                                     std::vector<Value>& accumulators) const {
    auto left = std::make_shared<Selection>();
    VectorBuilder elements, values;
    for (const RowIndex row : active) {
      const Value value = asList(lists.value(row));
      if (step >= value.list().size()) continue;
      left->push_back(row);
      elements.append(value.list()[step]);
      values.append(accumulators[row]);
    }
    if (left->empty()) return left;
    Batch batch = subset(rows, left);
    putColumn(batch, accumulator_, {values.finish(), nullptr});
    putColumn(batch, element_, {elements.finish(), nullptr});
    const Column next = evaluateOperand(2, worker, scratch, batch);
    for (std::size_t i = 0; i < left->size(); ++i) accumulators[(*left)[i]] = next.value(i);
    return left;
  }

  ColumnIndex accumulator_, element_;
};

}  // namespace

EvaluatorPtr compileListComprehension(const bind::ListComprehension& comprehension, const Layout& layout,
                                      BuildContext& build) {
  Layout inner = layout;
  const ColumnIndex element = inner.add(comprehension.variable);
  auto operands = compileAll({comprehension.list}, layout, build);
  if (comprehension.predicate) operands.push_back(compile(*comprehension.predicate, inner, build));
  if (comprehension.projection) operands.push_back(compile(*comprehension.projection, inner, build));
  return std::make_unique<ListComprehensionEvaluator>(comprehension, std::move(operands), element);
}

EvaluatorPtr compileQuantifier(const bind::Quantifier& quantifier, const Layout& layout, BuildContext& build) {
  Layout inner = layout;
  const ColumnIndex element = inner.add(quantifier.variable);
  auto operands = compileAll({quantifier.list}, layout, build);
  operands.push_back(compile(*quantifier.predicate, inner, build));
  return std::make_unique<QuantifierEvaluator>(quantifier, std::move(operands), element);
}

EvaluatorPtr compileReduce(const bind::Reduce& reduce, const Layout& layout, BuildContext& build) {
  Layout inner = layout;
  const ColumnIndex accumulator = inner.add(reduce.accumulator);
  const ColumnIndex element = inner.add(reduce.variable);
  auto operands = compileAll({reduce.initial, reduce.list}, layout, build);
  operands.push_back(compile(*reduce.step, inner, build));
  return std::make_unique<ReduceEvaluator>(reduce.span, std::move(operands), accumulator, element);
}

}  // namespace plexus::exec
