#include "core/exec/operator/write/merge.h"

#include "core/exec/expression/logic.h"
#include "core/exec/expression/vector_builder.h"
#include "core/exec/operator/write/pattern_creator.h"
#include "core/exec/operator/write/set_items.h"
#include "core/exec/operator/write/writing_step.h"

namespace plexus::exec {
namespace {

// While it lives, patterns see a statement under any of its names, but not what follows from others.
class SeesReadings {
 public:
  explicit SeesReadings(ExecContext& context) : context_{context}, before_{context.entailment} {
    context.entailment = context.readings;
  }
  ~SeesReadings() { context_.entailment = std::move(before_); }
  SeesReadings(const SeesReadings&) = delete;
  SeesReadings& operator=(const SeesReadings&) = delete;

 private:
  ExecContext& context_;
  std::shared_ptr<const inference::Entailment> before_;
};

// Row by row: what one row makes, the next one finds.
class Merge final : public WritingStep {
 public:
  struct Parts {
    BuildContext::Inner inner;
    std::vector<ColumnIndex> outer;  // columns of the input that are the inner plan's arguments
    std::size_t inputWidth = 0;
    std::vector<VariableId> made;  // the columns behind the input's: variables of the pattern
    std::unique_ptr<PatternCreator> creator;
    std::unique_ptr<SetItems> onCreate, onMatch;
  };

  Merge(Common common, const Layout& work, Parts parts)
      : WritingStep{std::move(common), work}, parts_{std::move(parts)} {}

 private:
  struct Own final : WriteState {
    using WriteState::WriteState;
    std::unique_ptr<State> search;
    std::unique_ptr<PatternCreator::Scratch> creator;
    std::unique_ptr<SetItems::Scratch> onCreate, onMatch;
  };
  // The columns behind the input's, and which row of the input each row belongs to.
  struct Found {
    explicit Found(std::size_t width) : columns(width) {}
    Selection rows;
    std::vector<VectorBuilder> columns;
  };

  std::unique_ptr<WriteState> makeState(Worker& worker) const override {
    auto state = std::make_unique<Own>(worker.context.memory);
    state->creator = parts_.creator->open(worker);
    state->onCreate = parts_.onCreate->open(worker);
    state->onMatch = parts_.onMatch->open(worker);
    return state;
  }

  void write(Worker& worker, WriteState& state, std::deque<Batch>& batches) const override {
    auto& own = static_cast<Own&>(state);
    for (Batch& batch : batches) {
      Found found{parts_.made.size()};
      for (std::size_t row = 0; row < batch.rows(); ++row) {
        if (worker.context.cancellation) worker.context.cancellation->check();
        mergeRow(worker, own, batch, static_cast<RowIndex>(row), found);
      }
      batch = merged(batch, found, std::make_shared<const Selection>(std::move(found.rows)));
    }
  }

  void mergeRow(Worker& worker, Own& own, const Batch& batch, RowIndex row, Found& all) const {
    const auto chosen = std::make_shared<const Selection>(1, row);
    Found found{parts_.made.size()};
    search(worker, own, subset(batch, chosen), row, found);
    const bool exists = !found.rows.empty();
    Batch rows;
    if (exists) {
      rows = merged(batch, found, std::make_shared<const Selection>(std::move(found.rows)));
      if (!parts_.onMatch->empty()) parts_.onMatch->applyRowByRow(worker, *own.onMatch, rows);
    } else {
      rows = subset(batch, chosen);
      padded(rows);
      parts_.creator->create(worker, *own.creator, rows);
      if (!parts_.onCreate->empty()) parts_.onCreate->applyRowByRow(worker, *own.onCreate, rows);
    }
    all.rows.insert(all.rows.end(), rows.rows(), row);
    const auto selection = identitySelection(rows.rows());
    for (std::size_t i = 0; i < all.columns.size(); ++i) {
      all.columns[i].append(rows.column(static_cast<ColumnIndex>(parts_.inputWidth + i)), *selection);
    }
  }

  // What is merely entailed does not keep a statement from being made.
  void search(Worker& worker, Own& own, const Batch& row, RowIndex number, Found& found) const {
    const SeesReadings readings{worker.context};
    Batch arguments{parts_.outer.size()};
    arguments.setRows(1);
    for (ColumnIndex i = 0; i < parts_.outer.size(); ++i) arguments.setColumn(i, row.column(parts_.outer[i]));
    worker.arguments[parts_.inner.slot] = std::move(arguments);
    const Operator& inner = *parts_.inner.root;
    if (own.search) {
      inner.reset(worker, *own.search);
    } else {
      own.search = inner.open(worker);
    }
    Batch batch;
    while (inner.next(worker, *own.search, batch)) {
      std::optional<Batch> rest;
      do {
        rest = batch.flattenMultiplicity();
        found.rows.insert(found.rows.end(), batch.rows(), number);
        const auto all = identitySelection(batch.rows());
        for (std::size_t i = 0; i < parts_.made.size(); ++i) appendMatched(inner, batch, *all, i, found);
        if (rest) batch = *rest;
      } while (rest);
    }
  }

  // A variable that nobody reads is not among the search's columns.
  void appendMatched(const Operator& inner, const Batch& batch, const Selection& all, std::size_t i,
                     Found& found) const {
    if (inner.layout().has(parts_.made[i])) {
      found.columns[i].append(batch.column(inner.layout().column(parts_.made[i])), all);
    } else {
      found.columns[i].appendNulls(all.size());
    }
  }

  Batch merged(const Batch& input, Found& found, std::shared_ptr<const Selection> rows) const {
    Batch result = subset(input, std::move(rows));
    for (std::size_t i = 0; i < found.columns.size(); ++i) {
      putColumn(result, static_cast<ColumnIndex>(parts_.inputWidth + i), {found.columns[i].finish(), nullptr});
    }
    return result;
  }

  // All columns there, so that the creator may set them in any order.
  void padded(Batch& rows) const {
    while (rows.columns() < parts_.inputWidth + parts_.made.size())
      rows.addColumn(constantColumn(Value{}, rows.rows()));
  }

  Parts parts_;
};

}  // namespace

OperatorPtr makeMerge(const bind::BoundMerge& merge, const std::vector<VariableId>& outer, Step::Common common,
                      BuildContext::Inner inner, BuildContext& build) {
  Layout work = inputLayout(common);
  Merge::Parts parts;
  parts.inputWidth = work.size();
  for (const auto variable : outer) parts.outer.push_back(work.column(variable));
  parts.creator = std::make_unique<PatternCreator>(merge.create, work, true, build);
  const auto& variables = work.variables();
  parts.made.assign(variables.begin() + static_cast<std::ptrdiff_t>(parts.inputWidth), variables.end());
  parts.onCreate = std::make_unique<SetItems>(merge.onCreate, work, build);
  parts.onMatch = std::make_unique<SetItems>(merge.onMatch, work, build);
  parts.inner = std::move(inner);
  return std::make_unique<Merge>(std::move(common), work, std::move(parts));
}

}  // namespace plexus::exec
