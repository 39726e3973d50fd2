// EXISTS, COUNT, COLLECT and what is lowered to them: the inner plan is run for each row, or, where it only counts the
// neighbours of a node, not at all.
#include <unordered_map>

#include "core/exec/build/build_context.h"
#include "core/exec/build/row_wise.h"
#include "core/exec/expression/composite.h"
#include "core/exec/expression/degree.h"
#include "core/exec/expression/vector_builder.h"
#include "core/exec/operator/call/argument.h"

namespace plexus::exec {
namespace {

class SubqueryEvaluator final : public Evaluator {
 public:
  SubqueryEvaluator(const bind::Subquery& subquery, BuildContext::Inner inner, std::vector<ColumnIndex> outer,
                    ColumnIndex result)
      : Evaluator{bind::BoundKind::kSubquery, subquery.span},
        kind_{subquery.subquery},
        inner_{std::move(inner)},
        outer_{std::move(outer)},
        result_{result} {}

  std::unique_ptr<Scratch> open(Worker&) const override { return std::make_unique<Own>(); }

  Column evaluate(Worker& worker, Scratch& scratch, const Batch& rows) const override {
    auto& own = static_cast<Own&>(scratch);
    const Batch arguments = argumentsOf(rows);
    if (outer_.empty() && rows.rows() > 0) {
      return constantColumn(evaluateRow(worker, own, arguments, 0), rows.rows());
    }
    VectorBuilder result;
    std::unordered_map<NodeId, Value> known;  // rows often repeat a node
    const bool byNode = outer_.size() == 1 && arguments.column(0).data->kind() == Vector::Kind::kNode;
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      if (!byNode || arguments.column(0).isNull(row)) {
        result.append(evaluateRow(worker, own, arguments, row));
        continue;
      }
      const auto [place, isNew] = known.try_emplace(arguments.column(0).get<NodeId>(row));
      if (isNew) place->second = evaluateRow(worker, own, arguments, row);
      result.append(place->second);
    }
    return {result.finish(), nullptr};
  }

 private:
  struct Own final : Scratch {
    std::unique_ptr<Operator::State> state;
  };

  Batch argumentsOf(const Batch& rows) const {
    Batch arguments{outer_.size()};
    arguments.setRows(rows.rows());
    for (ColumnIndex i = 0; i < outer_.size(); ++i) arguments.setColumn(i, rows.column(outer_[i]));
    return arguments;
  }

  Value evaluateRow(Worker& worker, Own& own, const Batch& arguments, std::size_t row) const {
    Batch argument = arguments;
    argument.select(std::make_shared<const Selection>(1, static_cast<RowIndex>(row)));
    worker.arguments[inner_.slot] = std::move(argument);
    if (own.state) {
      inner_.root->reset(worker, *own.state);
    } else {
      own.state = inner_.root->open(worker);
    }
    return fold(worker, *own.state);
  }

  Value fold(Worker& worker, Operator::State& state) const {
    Batch batch;
    std::int64_t count = 0;
    List collected;
    while (inner_.root->next(worker, state, batch)) {
      if (kind_ == bind::SubqueryKind::kExists) return true;
      if (kind_ == bind::SubqueryKind::kFirst) return batch.column(result_).value(0);
      if (kind_ == bind::SubqueryKind::kCount) {
        count += static_cast<std::int64_t>(batch.totalRows());
      } else {
        collect(batch, collected);
      }
    }
    if (kind_ == bind::SubqueryKind::kExists) return false;
    if (kind_ == bind::SubqueryKind::kCount) return count;
    if (kind_ == bind::SubqueryKind::kCollect) return collected;
    return {};
  }

  void collect(const Batch& batch, List& collected) const {
    const auto& multiplicity = batch.multiplicity();
    for (std::size_t row = 0; row < batch.rows(); ++row) {
      const std::size_t times = multiplicity.empty() ? 1 : multiplicity[row];
      collected.insert(collected.end(), times, batch.column(result_).value(row));
    }
  }

  bind::SubqueryKind kind_;
  BuildContext::Inner inner_;
  std::vector<ColumnIndex> outer_;  // columns of the enclosing batch, in order of Subquery::outer
  ColumnIndex result_;              // of the inner plan, for kCollect and kFirst
};

// COUNT { } of a plan that can be run for the whole batch at once.
class RowWiseCount final : public Evaluator {
 public:
  RowWiseCount(Span span, RowWiseInner inner, std::vector<ColumnIndex> outer)
      : Evaluator{bind::BoundKind::kSubquery, span}, inner_{std::move(inner)}, outer_{std::move(outer)} {}

  std::unique_ptr<Scratch> open(Worker&) const override { return std::make_unique<Own>(); }

  Column evaluate(Worker& worker, Scratch& scratch, const Batch& rows) const override {
    auto& own = static_cast<Own&>(scratch);
    auto counts = std::make_shared<Vector>(Vector::Kind::kInteger, rows.rows());
    if (rows.rows() == 0) return {std::move(counts), nullptr};
    const auto count = counts->data<std::int64_t>();
    startInner(inner_.inner, worker, own.state, numberedArguments(rows, outer_));
    Batch batch;
    while (inner_.inner.root->next(worker, *own.state, batch)) {
      const Column& numbers = batch.column(inner_.number);
      const auto& multiplicity = batch.multiplicity();
      for (std::size_t i = 0; i < batch.rows(); ++i) {
        count[static_cast<std::size_t>(numbers.get<std::int64_t>(i))] +=
            multiplicity.empty() ? 1 : static_cast<std::int64_t>(multiplicity[i]);
      }
    }
    return {std::move(counts), nullptr};
  }

 private:
  struct Own final : Scratch {
    std::unique_ptr<Operator::State> state;
  };

  RowWiseInner inner_;
  std::vector<ColumnIndex> outer_;
};

}  // namespace

EvaluatorPtr compileSubquery(const bind::Subquery& subquery, const Layout& layout, BuildContext& build) {
  if (auto degree = makeDegree(subquery, layout, build)) return degree;
  std::vector<ColumnIndex> outer;
  for (const auto variable : subquery.outer) outer.push_back(layout.column(variable));
  const auto plan = build.plan().subqueries.find(&subquery);
  if (subquery.subquery == bind::SubqueryKind::kCount && plan != build.plan().subqueries.end()) {
    if (auto inner = buildRowWise(*plan->second, subquery.outer, build)) {
      return std::make_unique<RowWiseCount>(subquery.span, std::move(*inner), std::move(outer));
    }
  }
  auto inner = build.buildSubquery(subquery);
  const bool reads =
      subquery.subquery == bind::SubqueryKind::kCollect || subquery.subquery == bind::SubqueryKind::kFirst;
  const ColumnIndex result = reads ? inner.root->layout().column(subquery.query->columns.front().variable) : 0;
  return std::make_unique<SubqueryEvaluator>(subquery, std::move(inner), std::move(outer), result);
}

}  // namespace plexus::exec
