#include "core/exec/expression/logic.h"

#include <algorithm>
#include <unordered_set>

#include "core/exec/expression/composite.h"
#include "core/exec/expression/vector_builder.h"
#include "core/function/registry.h"
#include "core/value/compare.h"

namespace plexus::exec {

Batch subset(const Batch& rows, std::shared_ptr<const Selection> chosen) {
  Batch part = withoutMultiplicity(rows);
  part.select(std::move(chosen));
  return part;
}

bool isFixed(const bind::BoundExpression& expression) {
  using bind::BoundKind;
  if (expression.kind() == BoundKind::kList) {
    const auto& elements = expression.as<bind::ListExpression>().elements;
    return std::all_of(elements.begin(), elements.end(), [](const auto& element) { return isFixed(*element); });
  }
  return expression.kind() == BoundKind::kConstant || expression.kind() == BoundKind::kParameter;
}

namespace {

enum class Truth : std::uint8_t { kFalse, kTrue, kUnknown };

class ConnectiveEvaluator final : public Composite {
 public:
  ConnectiveEvaluator(const bind::Function& function, std::vector<EvaluatorPtr> operands)
      : Composite{bind::BoundKind::kFunction, function.span, std::move(operands)},
        decisive_{function.function->name == "AND" ? Truth::kFalse : Truth::kTrue} {}

  Column evaluate(Worker& worker, Scratch& scratch, const Batch& rows) const override {
    std::vector<Truth> truth(rows.rows(), decisive_ == Truth::kFalse ? Truth::kTrue : Truth::kFalse);
    std::shared_ptr<const Selection> undecided;  // null: all
    for (std::size_t i = 0; i < operands(); ++i) {
      if (undecided && undecided->empty()) break;
      const Column column = undecided ? evaluateOperand(i, worker, scratch, subset(rows, undecided))
                                      : evaluateOperand(i, worker, scratch, rows);
      undecided = combine(column, undecided.get(), truth, operand(i).span());
    }
    return {toVector(truth), nullptr};
  }

 private:
  // Enters the operand's values; the rows on which the next one still has a say.
  std::shared_ptr<const Selection> combine(const Column& column, const Selection* rows, std::vector<Truth>& truth,
                                           Span span) const {
    auto left = std::make_shared<Selection>();
    const std::size_t count = rows ? rows->size() : truth.size();
    left->reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
      const auto row = rows ? (*rows)[i] : static_cast<RowIndex>(i);
      const Truth value = truthOf(column, i, span);
      if (value == decisive_ || value == Truth::kUnknown) truth[row] = value;
      if (value != decisive_) left->push_back(row);
    }
    if (left->size() == truth.size()) return nullptr;
    return left;
  }

  static Truth truthOf(const Column& column, std::size_t row, Span span) {
    if (column.isNull(row)) return Truth::kUnknown;
    if (column.data->kind() == Vector::Kind::kBoolean) {
      return column.get<std::uint8_t>(row) != 0 ? Truth::kTrue : Truth::kFalse;
    }
    const Value value = column.value(row);
    if (!value.is(ValueKind::kBoolean)) {
      throwRuntime(ErrorType::kTypeError, "InvalidArgumentType",
                   "expected BOOLEAN, not " + std::string{name(value.kind())}, span);
    }
    return value.boolean() ? Truth::kTrue : Truth::kFalse;
  }

  static std::shared_ptr<const Vector> toVector(const std::vector<Truth>& truth) {
    auto result = std::make_shared<Vector>(Vector::Kind::kBoolean, truth.size());
    for (std::size_t row = 0; row < truth.size(); ++row) {
      if (truth[row] == Truth::kUnknown) {
        result->setNull(row);
      } else {
        result->data<std::uint8_t>()[row] = truth[row] == Truth::kTrue;
      }
    }
    return result;
  }

  Truth decisive_;  // the value of one operand that settles the result
};

class CoalesceEvaluator final : public Composite {
 public:
  CoalesceEvaluator(Span span, std::vector<EvaluatorPtr> operands)
      : Composite{bind::BoundKind::kFunction, span, std::move(operands)} {}

  Column evaluate(Worker& worker, Scratch& scratch, const Batch& rows) const override {
    Column first = evaluateOperand(0, worker, scratch, rows);
    if (!first.data->mayHaveNulls()) return first;
    std::vector<Value> values(rows.rows());
    auto missing = std::make_shared<Selection>();
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      values[row] = first.value(row);
      if (values[row].isNull()) missing->push_back(static_cast<RowIndex>(row));
    }
    for (std::size_t i = 1; i < operands() && !missing->empty(); ++i) {
      const Column column = evaluateOperand(i, worker, scratch, subset(rows, missing));
      auto still = std::make_shared<Selection>();
      for (std::size_t at = 0; at < missing->size(); ++at) {
        const RowIndex row = (*missing)[at];
        values[row] = column.value(at);
        if (values[row].isNull()) still->push_back(row);
      }
      missing = std::move(still);
    }
    VectorBuilder result;
    for (const Value& value : values) result.append(value);
    return {result.finish(), nullptr};
  }
};

// `x IN list` for the lists that are all integers or all strings, and columns of the same kind: then neither nulls nor
// nested values can make the answer unknown.
class InFixedEvaluator final : public Composite {
 public:
  InFixedEvaluator(Span span, std::vector<EvaluatorPtr> operands, EvaluatorPtr general)
      : Composite{bind::BoundKind::kFunction, span, std::move(operands)}, general_{std::move(general)} {}

  std::unique_ptr<Scratch> open(Worker& worker) const override {
    auto own = std::make_unique<Own>();
    Composite::start(worker, *own);
    own->general = general_->open(worker);
    own->list = evaluateConstant(operand(1), worker);
    if (!own->list.is(ValueKind::kList)) return own;
    for (const Value& element : own->list.list()) {
      if (element.is(ValueKind::kInteger)) own->integers.insert(element.integer());
      if (element.is(ValueKind::kString)) own->strings.insert(element.string());
      own->allIntegers = own->allIntegers && element.is(ValueKind::kInteger);
      own->allStrings = own->allStrings && element.is(ValueKind::kString);
    }
    own->hashed = true;
    return own;
  }

  Column evaluate(Worker& worker, Scratch& scratch, const Batch& rows) const override {
    auto& own = static_cast<Own&>(scratch);
    const Column column = evaluateOperand(0, worker, scratch, rows);
    const Vector::Kind kind = column.data->kind();
    if (own.hashed && own.allIntegers && kind == Vector::Kind::kInteger) {
      return lookUp<std::int64_t>(column, own.integers, rows.rows());
    }
    if (own.hashed && own.allStrings && kind == Vector::Kind::kString) {
      return lookUp<std::string_view>(column, own.strings, rows.rows());
    }
    return general_->evaluate(worker, *own.general, rows);
  }

 private:
  struct Own final : OperandScratch {
    bool close() override { return false; }
    std::unique_ptr<Scratch> general;
    Value list;  // owns what `strings` points into
    bool hashed = false, allIntegers = true, allStrings = true;
    std::unordered_set<std::int64_t> integers;
    std::unordered_set<std::string_view> strings;
  };

  template <typename T>
  static Column lookUp(const Column& column, const std::unordered_set<T>& set, std::size_t rows) {
    auto result = std::make_shared<Vector>(Vector::Kind::kBoolean, rows);
    for (std::size_t row = 0; row < rows; ++row) {
      if (column.isNull(row) && !set.empty()) {
        result->setNull(row);
      } else {
        result->data<std::uint8_t>()[row] = !column.isNull(row) && set.contains(column.get<T>(row));
      }
    }
    return {std::move(result), nullptr};
  }

  EvaluatorPtr general_;
};

}  // namespace

bool holdsIn(const Column& condition, std::size_t row, Span span) {
  if (condition.isNull(row)) return false;
  if (condition.data->kind() == Vector::Kind::kBoolean) return condition.get<std::uint8_t>(row) != 0;
  const Value value = condition.value(row);
  if (value.is(ValueKind::kBoolean)) return value.boolean();
  throwRuntime(ErrorType::kTypeError, "InvalidArgumentType",
               "a condition must be BOOLEAN, not " + std::string{name(value.kind())}, span);
}

EvaluatorPtr makeConnective(const bind::Function& function, std::vector<EvaluatorPtr> operands) {
  return std::make_unique<ConnectiveEvaluator>(function, std::move(operands));
}

EvaluatorPtr makeCoalesce(const bind::Function& function, std::vector<EvaluatorPtr> operands) {
  return std::make_unique<CoalesceEvaluator>(function.span, std::move(operands));
}

EvaluatorPtr makeInFixed(const bind::Function& function, std::vector<EvaluatorPtr> operands, EvaluatorPtr general) {
  return std::make_unique<InFixedEvaluator>(function.span, std::move(operands), std::move(general));
}

}  // namespace plexus::exec
