#include "core/exec/operator/call/apply.h"

#include <algorithm>

#include "core/exec/operator/call/argument.h"
#include "core/exec/operator/call/joined_rows.h"

namespace plexus::exec {
namespace {

using Mode = plan::Apply::Mode;

std::vector<ColumnIndex> outerColumns(const plan::Apply& apply, const Layout& left) {
  std::vector<ColumnIndex> columns;
  for (const VariableId variable : apply.outer) columns.push_back(left.column(variable));
  return columns;
}

// What all modes share: the current batch of the left side, and the inner plan's state.
class ApplyBase : public Step {
 public:
  ApplyBase(const plan::Apply& apply, Common common, BuildContext::Inner inner, bool flatten)
      : Step{std::move(common)},
        inner_{std::move(inner)},
        outer_{outerColumns(apply, input().layout())},
        mode_{apply.mode},
        joined_{input().layout(), inner_.root->layout(), layout()},
        flatten_{flatten} {}

  std::unique_ptr<State> open(Worker& worker) const override {
    auto state = std::make_unique<Own>(joined_);
    openInputs(worker, *state);
    return state;
  }
  void reset(Worker& worker, State& state) const override {
    auto& own = static_cast<Own&>(state);
    resetInputs(worker, own);
    own.left = Batch{};
    own.rest.reset();
    own.row = 0;
    own.running = false;
  }

 protected:
  struct Own final : InputState {
    explicit Own(const JoinedLayout& layout) : joined{layout} {}
    std::unique_ptr<State> right;
    Batch left;
    std::optional<Batch> rest;  // of `left`, where it was flattened
    RowIndex row = 0;           // of left: the one that is run, or the next
    bool running = false;       // the inner plan may have more rows for `row`
    bool any = false;           // it gave some
    JoinedRows joined;
  };

  bool nextLeft(Worker& worker, Own& own) const {
    if (own.rest) {
      own.left = std::move(*own.rest);
    } else if (!input().next(worker, own.input(), own.left)) {
      return false;
    }
    own.rest = flatten_ ? own.left.flattenMultiplicity() : std::nullopt;
    own.row = 0;
    return true;
  }

  void startRight(Worker& worker, Own& own) const {
    Batch arguments = chooseColumns(own.left, outer_);
    arguments.setMultiplicity({});
    arguments.select(std::make_shared<const Selection>(1, own.row));
    startInner(inner_, worker, own.right, std::move(arguments));
  }

  // The output for rows of the left side that stay as they are.
  void pass(const Own& own, Batch& out) const {
    out = Batch{layout().size()};
    out.setRows(own.left.rows());
    out.setMultiplicity(own.left.multiplicity());
    for (const auto& pair : joined_.outer()) out.setColumn(pair.to, own.left.column(pair.from));
  }

  BuildContext::Inner inner_;
  std::vector<ColumnIndex> outer_;
  Mode mode_;
  JoinedLayout joined_;
  bool flatten_;
};

// Left rows beside right rows. Few right rows a left row are gathered; many are passed on as they are.
class ApplyRows final : public ApplyBase {
 public:
  using ApplyBase::ApplyBase;

 private:
  bool produce(Worker& worker, State& state, Batch& out) const override {
    auto& own = static_cast<Own&>(state);
    const std::size_t enough = worker.context.options.batchRows;
    while (true) {
      if (!own.running && own.row >= own.left.rows()) {
        if (own.joined.rows() > 0) break;
        if (!nextLeft(worker, own)) return false;
      }
      if (!own.running) {
        startRight(worker, own);
        own.running = true;
        own.any = false;
      }
      Batch right;
      if (!inner_.root->next(worker, *own.right, right)) {
        if (!own.any && mode_ == Mode::kOptional) own.joined.appendNulls(own.left, own.row);
        own.running = false;
        ++own.row;
        if (own.joined.rows() >= enough) break;
        continue;
      }
      own.any = true;
      if (own.joined.rows() == 0 && right.rows() * 4 >= enough) {
        out = own.joined.whole(own.left, own.row, right);
        return true;
      }
      own.joined.append(own.left, own.row, right);
      if (own.joined.rows() >= enough) break;
    }
    out = own.joined.finish(own.left);
    return true;
  }
};

// Left rows that have a right row, or that have none.
class ApplyFilter final : public ApplyBase {
 public:
  using ApplyBase::ApplyBase;

 private:
  bool produce(Worker& worker, State& state, Batch& out) const override {
    auto& own = static_cast<Own&>(state);
    if (!nextLeft(worker, own)) return false;
    auto kept = std::make_shared<Selection>();
    Batch right;
    for (; own.row < own.left.rows(); ++own.row) {
      startRight(worker, own);
      const bool has = inner_.root->next(worker, *own.right, right);
      if (has == (mode_ == Mode::kSemi)) kept->push_back(own.row);
    }
    pass(own, out);
    if (kept->size() < own.left.rows()) out.select(std::move(kept));
    return true;
  }
};

// Left rows, after the inner plan ran to its end for each.
class ApplyForEach final : public ApplyBase {
 public:
  using ApplyBase::ApplyBase;

 private:
  bool produce(Worker& worker, State& state, Batch& out) const override {
    auto& own = static_cast<Own&>(state);
    if (!nextLeft(worker, own)) return false;
    Batch right;
    for (; own.row < own.left.rows(); ++own.row) {
      startRight(worker, own);
      while (inner_.root->next(worker, *own.right, right)) {
      }
    }
    pass(own, out);
    return true;
  }
};

}  // namespace

OperatorPtr makeApply(const plan::Apply& apply, Step::Common common, BuildContext::Inner inner, bool innerWrites) {
  switch (apply.mode) {
    case Mode::kInner:
    case Mode::kOptional:
      return std::make_unique<ApplyRows>(apply, std::move(common), std::move(inner), innerWrites);
    case Mode::kSemi:
    case Mode::kAnti:
      return std::make_unique<ApplyFilter>(apply, std::move(common), std::move(inner), false);
    case Mode::kForEach:
      return std::make_unique<ApplyForEach>(apply, std::move(common), std::move(inner), true);
  }
  return nullptr;
}

bool writes(const plan::LogicalOperator& root) {
  switch (root.kind()) {
    case plan::LogicalKind::kCreate:
    case plan::LogicalKind::kMerge:
    case plan::LogicalKind::kSet:
    case plan::LogicalKind::kRemove:
    case plan::LogicalKind::kDelete:
    case plan::LogicalKind::kForeach:
    case plan::LogicalKind::kProcedureCall:
      return true;
    default:
      return std::any_of(root.children.begin(), root.children.end(), [](const auto& child) { return writes(*child); });
  }
}

}  // namespace plexus::exec
