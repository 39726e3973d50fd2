// core/exec/expression/evaluator.h: bound expressions compiled against a layout, evaluated a batch at a time.
//
// An Evaluator is immutable and shared by workers; what it needs while running is in its Scratch, one a worker. Where
// types are known, typed kernels run on arrays; else each row goes through the function's dynamic kernel. Both give the
// same results (tests/core/exec compares them).
// Semantics that need care: AND, OR, CASE and coalesce do not evaluate (and so do not fail on) rows already decided;
// rand() is called once a row; errors carry the expression's span.
#pragma once

#include <memory>
#include <vector>

#include "core/bind/bound_expression.h"
#include "core/exec/context.h"
#include "core/exec/operator.h"
#include "core/value/batch.h"

namespace plexus::plan {
struct LogicalPlan;
}

namespace plexus::exec {

class BuildContext;  // exec/build/build_context.h

class Evaluator {
 public:
  struct Scratch {
    virtual ~Scratch() = default;
    virtual bool close() { return false; }  // as Operator::State::close()
  };
  virtual ~Evaluator() = default;

  virtual std::unique_ptr<Scratch> open(Worker& worker) const = 0;
  // As Operator::start(). Nothing to do where no operand or parameter is read.
  virtual void start(Worker& /*worker*/, Scratch& /*scratch*/) const {}
  // One value a row of `rows` (multiplicities are ignored). The result may be shared with a column of `rows`.
  virtual Column evaluate(Worker& worker, Scratch& scratch, const Batch& rows) const = 0;

  // The kind of vector that evaluate() gives, if that is fixed (a property's kind is known only at run time: kValue
  // then means "any kind").
  bind::BoundKind boundKind() const { return boundKind_; }

  explicit Evaluator(bind::BoundKind kind, Span span) : span_{span}, boundKind_{kind} {}
  Span span() const { return span_; }

 private:
  Span span_;
  bind::BoundKind boundKind_;
};
using EvaluatorPtr = std::unique_ptr<const Evaluator>;

// Scratch of several, the first time or after closeOrDrop(scratch). Null evaluators have none.
void openAll(const std::vector<EvaluatorPtr>& evaluators, Worker& worker,
             std::vector<std::unique_ptr<Evaluator::Scratch>>& scratch);

// Compiles. Variables must be in `layout`; local variables (of comprehensions) get columns behind it. Subqueries find
// their plans in `build`.
EvaluatorPtr compile(const bind::BoundExpression& expression, const Layout& layout, BuildContext& build);

// An expression without variables (SKIP, LIMIT, parameters), once.
Value evaluateConstant(const Evaluator& evaluator, Worker& worker);

// A conjunction as a filter: the rows of a batch for which every predicate is true, later ones only on the rows left.
class Predicates {
 public:
  Predicates(const std::vector<bind::ExpressionPtr>& conjuncts, const Layout& layout, BuildContext& build);
  Predicates(Predicates&&) = default;
  ~Predicates();
  struct Scratch {
    std::vector<std::unique_ptr<Evaluator::Scratch>> evaluators;
    bool close();
  };
  std::unique_ptr<Scratch> open(Worker& worker) const;
  void start(Worker& worker, Scratch& scratch) const;
  // Drops the other rows (by selection).
  void filter(Worker& worker, Scratch& scratch, Batch& rows) const;
  bool empty() const { return evaluators_.empty(); }

 private:
  std::vector<EvaluatorPtr> evaluators_;
};

}  // namespace plexus::exec
