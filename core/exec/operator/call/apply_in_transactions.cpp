// CALL { } IN TRANSACTIONS: groups of rows, each in a transaction of its own.
#include <deque>

#include "core/exec/operator/call/apply.h"
#include "core/exec/operator/call/argument.h"
#include "core/exec/operator/call/joined_rows.h"
#include "core/exec/operator/write/write_context.h"

namespace plexus::exec {
namespace {

using OnError = ast::InTransactions::OnError;

constexpr std::int64_t kDefaultRows = 1000;

class ApplyInTransactions final : public Step {
 public:
  struct Parts {
    BuildContext::Inner inner;
    std::vector<ColumnIndex> outer;
    EvaluatorPtr groupRows;  // null: kDefaultRows
    OnError onError = OnError::kFail;
    std::optional<ColumnIndex> status;  // of the output
    bool rowsOfInner = false;           // the inner plan gives rows; else each input row stays as it is
    bool optional = false;
  };

  ApplyInTransactions(Common common, Parts parts)
      : Step{std::move(common)},
        parts_{std::move(parts)},
        joined_{input().layout(), parts_.inner.root->layout(), layout()} {}

  std::unique_ptr<State> open(Worker& worker) const override {
    auto state = std::make_unique<Own>();
    openInputs(worker, *state);
    return state;
  }
  void reset(Worker&, State&) const override {
    throw Error{ErrorType::kTransactionError, Phase::kRuntime, "NestedCallInTransactions",
                "CALL { } IN TRANSACTIONS cannot be nested"};
  }

 private:
  struct Own final : InputState {
    std::unique_ptr<State> right;
    bool taken = false;     // the input is in `groups`
    bool given_up = false;  // ON ERROR BREAK: the groups left are not run
    std::deque<Batch> groups;
    std::uint64_t number = 0;
  };

  bool produce(Worker& worker, State& state, Batch& out) const override {
    auto& own = static_cast<Own&>(state);
    if (!own.taken) takeInput(worker, own);
    if (own.groups.empty()) return false;
    const Batch group = std::move(own.groups.front());
    own.groups.pop_front();
    out = runGroup(worker, own, group);
    return true;
  }

  // All of it first: the left side reads the graph as it was before the first group was written.
  void takeInput(Worker& worker, Own& own) const {
    const std::size_t size = groupSize(worker);
    Batch batch;
    while (input().next(worker, own.input(), batch)) {
      std::optional<Batch> rest = std::move(batch);
      while (rest) {
        Batch part = std::move(*rest);
        rest = part.flattenMultiplicity();
        cut(part, size, own.groups);
      }
      batch = Batch{};
    }
    own.taken = true;
  }

  static void cut(const Batch& batch, std::size_t size, std::deque<Batch>& groups) {
    for (std::size_t first = 0; first < batch.rows(); first += size) {
      auto rows = std::make_shared<Selection>();
      for (std::size_t row = first; row < std::min(first + size, batch.rows()); ++row) {
        rows->push_back(static_cast<RowIndex>(row));
      }
      groups.push_back(batch);
      groups.back().select(std::move(rows));
    }
  }

  std::size_t groupSize(Worker& worker) const {
    const Value rows = parts_.groupRows ? evaluateConstant(*parts_.groupRows, worker) : Value{kDefaultRows};
    if (!rows.is(ValueKind::kInteger) || rows.integer() <= 0) {
      throwRuntime(ErrorType::kArgumentError, "NumberOutOfRange", "IN TRANSACTIONS OF takes a positive number of rows",
                   parts_.groupRows->span());
    }
    return static_cast<std::size_t>(rows.integer());
  }

  Batch runGroup(Worker& worker, Own& own, const Batch& group) const {
    WriteContext& writes = *worker.context.writes;
    if (!writes.commitAndContinue) {
      throw Error{ErrorType::kTransactionError, Phase::kRuntime, "TransactionOpen",
                  "CALL { } IN TRANSACTIONS commits by itself: it cannot run inside BEGIN ... COMMIT"};
    }
    ++own.number;
    if (own.given_up) return unrun(group, status(own, false, false, Value{}));
    const auto mark = writes.mark();
    try {
      Batch rows = runRows(worker, own, group);
      writes.commitAndContinue();
      setStatus(rows, status(own, true, true, Value{}));
      return rows;
    } catch (const Error& error) {
      if (parts_.onError == OnError::kFail || error.type() == ErrorType::kCancelled) throw;
      writes.rollbackTo(mark);
      own.given_up = parts_.onError == OnError::kBreak;
      return unrun(group, status(own, true, false, error.what()));
    }
  }

  Batch runRows(Worker& worker, Own& own, const Batch& group) const {
    JoinedRows joined{joined_};
    for (RowIndex row = 0; row < group.rows(); ++row) {
      Batch arguments = chooseColumns(group, parts_.outer);
      arguments.select(std::make_shared<const Selection>(1, row));
      startInner(parts_.inner, worker, own.right, std::move(arguments));
      Batch right;
      bool any = false;
      while (parts_.inner.root->next(worker, *own.right, right)) {
        any = true;
        if (parts_.rowsOfInner) joined.append(group, row, right);
      }
      if (!parts_.rowsOfInner || (!any && parts_.optional)) joined.appendNulls(group, row);
    }
    return joined.finish(group);
  }

  Batch unrun(const Batch& group, const Value& status) const {
    JoinedRows joined{joined_};
    for (RowIndex row = 0; row < group.rows(); ++row) joined.appendNulls(group, row);
    Batch rows = joined.finish(group);
    setStatus(rows, status);
    return rows;
  }

  static Value status(const Own& own, bool started, bool committed, Value message) {
    return Map{{{"started", started},
                {"committed", committed},
                {"transactionId", started ? Value{"group-" + std::to_string(own.number)} : Value{}},
                {"errorMessage", std::move(message)}}};
  }

  void setStatus(Batch& rows, const Value& status) const {
    if (parts_.status) rows.setColumn(*parts_.status, constantColumn(status, rows.rows()));
  }

  Parts parts_;
  JoinedLayout joined_;
};

}  // namespace

OperatorPtr makeApplyInTransactions(const plan::Apply& apply, Step::Common common, BuildContext::Inner inner,
                                    BuildContext& build) {
  ApplyInTransactions::Parts parts;
  const Layout& left = common.inputs.front()->layout();
  for (const VariableId variable : apply.outer) parts.outer.push_back(left.column(variable));
  parts.inner = std::move(inner);
  const auto& transactions = apply.transactions;
  if (transactions.batchRows) parts.groupRows = compile(*transactions.batchRows, Layout{}, build);
  parts.onError = transactions.onError;
  if (transactions.status != bind::kNoVariable && common.layout.has(transactions.status)) {
    parts.status = common.layout.column(transactions.status);
  }
  parts.rowsOfInner = apply.mode != plan::Apply::Mode::kForEach;
  parts.optional = apply.mode == plan::Apply::Mode::kOptional;
  return std::make_unique<ApplyInTransactions>(std::move(common), std::move(parts));
}

}  // namespace plexus::exec
