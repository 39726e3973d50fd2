// Apply where the inner plan treats each row by itself: one run of it serves a whole batch of the left side.
#include "core/exec/operator/call/apply.h"
#include "core/exec/operator/call/argument.h"
#include "core/exec/operator/call/joined_rows.h"
#include "core/exec/run/columns.h"

namespace plexus::exec {
namespace {

class ApplyRowWise final : public Step {
 public:
  ApplyRowWise(Common common, RowWiseInner inner, std::vector<ColumnIndex> outer, bool optional)
      : Step{std::move(common)},
        inner_{std::move(inner)},
        outer_{std::move(outer)},
        optional_{optional},
        joined_{input().layout(), inner_.inner.root->layout(), layout()} {}

  std::unique_ptr<State> open(Worker& worker) const override {
    auto state = std::make_unique<Own>(joined_);
    openInputs(worker, *state);
    return state;
  }
  void reset(Worker& worker, State& state) const override {
    auto& own = static_cast<Own&>(state);
    resetInputs(worker, own);
    own.running = false;
  }

 private:
  struct Own final : InputState {
    explicit Own(const JoinedLayout& layout) : joined{layout} {}
    std::unique_ptr<State> right;
    Batch left;
    bool running = false;   // the inner plan has more rows for `left`
    RowIndex expected = 0;  // the first row of `left` that no row was given for yet
    JoinedRows joined;
  };

  bool produce(Worker& worker, State& state, Batch& out) const override {
    auto& own = static_cast<Own&>(state);
    if (!own.running) {
      if (!input().next(worker, own.input(), own.left)) return false;
      startInner(inner_.inner, worker, own.right, numberedArguments(own.left, outer_));
      own.running = true;
      own.expected = 0;
    }
    Batch right;
    if (inner_.inner.root->next(worker, *own.right, right)) {
      out = joinedRows(own, right);
      return true;
    }
    own.running = false;
    if (optional_) appendMissing(own, static_cast<RowIndex>(own.left.rows()));
    out = own.joined.finish(own.left);
    return true;
  }

  Batch joinedRows(Own& own, const Batch& right) const {
    const Column& numbers = right.column(inner_.number);
    auto rows = std::make_shared<Selection>(right.rows());
    bool gap = false;
    RowIndex expected = own.expected;
    for (std::size_t i = 0; i < right.rows(); ++i) {
      const auto row = static_cast<RowIndex>(numbers.get<std::int64_t>(i));
      (*rows)[i] = row;
      gap = gap || row > expected;
      expected = row + 1;
    }
    if (!optional_ || !gap) {
      own.expected = expected;
      return own.joined.beside(own.left, std::move(rows), right);
    }
    for (RowIndex i = 0; i < right.rows(); ++i) {
      appendMissing(own, (*rows)[i]);
      own.joined.appendRow(own.left, (*rows)[i], right, i);
      own.expected = (*rows)[i] + 1;
    }
    return own.joined.finish(own.left);
  }

  static void appendMissing(Own& own, RowIndex end) {
    for (; own.expected < end; ++own.expected) own.joined.appendNulls(own.left, own.expected);
  }

  RowWiseInner inner_;
  std::vector<ColumnIndex> outer_;  // of the input: the inner plan's arguments
  bool optional_;
  JoinedLayout joined_;
};

// Left rows that have a right row, or that have none.
class ApplyRowWiseFilter final : public Step {
 public:
  ApplyRowWiseFilter(Common common, RowWiseInner inner, std::vector<ColumnIndex> outer, bool keepsThoseWith)
      : Step{std::move(common)},
        inner_{std::move(inner)},
        outer_{std::move(outer)},
        keepsThoseWith_{keepsThoseWith},
        carry_{input().layout(), layout()} {}

  std::unique_ptr<State> open(Worker& worker) const override {
    auto state = std::make_unique<Own>();
    openInputs(worker, *state);
    return state;
  }
  void reset(Worker& worker, State& state) const override { resetInputs(worker, static_cast<Own&>(state)); }

 private:
  struct Own final : InputState {
    std::unique_ptr<State> right;
    std::vector<bool> has;  // a row of the left batch: it has a right row
  };

  bool produce(Worker& worker, State& state, Batch& out) const override {
    auto& own = static_cast<Own&>(state);
    Batch left, right;
    if (!input().next(worker, own.input(), left)) return false;
    startInner(inner_.inner, worker, own.right, numberedArguments(left, outer_));
    own.has.assign(left.rows(), false);
    while (inner_.inner.root->next(worker, *own.right, right)) {
      const Column& numbers = right.column(inner_.number);
      for (std::size_t i = 0; i < right.rows(); ++i)
        own.has[static_cast<std::size_t>(numbers.get<std::int64_t>(i))] = true;
    }
    auto kept = std::make_shared<Selection>();
    for (RowIndex row = 0; row < left.rows(); ++row) {
      if (own.has[row] == keepsThoseWith_) kept->push_back(row);
    }
    carry_.apply(left, out);
    if (kept->size() < left.rows()) out.select(std::move(kept));
    return true;
  }

  RowWiseInner inner_;
  std::vector<ColumnIndex> outer_;
  bool keepsThoseWith_;
  Carry carry_;
};

}  // namespace

OperatorPtr makeApplyRowWise(const plan::Apply& apply, Step::Common common, RowWiseInner inner) {
  std::vector<ColumnIndex> outer;
  for (const VariableId variable : apply.outer) outer.push_back(common.inputs.front()->layout().column(variable));
  if (apply.mode == plan::Apply::Mode::kSemi || apply.mode == plan::Apply::Mode::kAnti) {
    return std::make_unique<ApplyRowWiseFilter>(std::move(common), std::move(inner), std::move(outer),
                                                apply.mode == plan::Apply::Mode::kSemi);
  }
  const bool optional = apply.mode == plan::Apply::Mode::kOptional;
  return std::make_unique<ApplyRowWise>(std::move(common), std::move(inner), std::move(outer), optional);
}

}  // namespace plexus::exec
