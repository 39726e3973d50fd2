#include "core/exec/execution.h"

#include <fmt/format.h>

#include "core/exec/build/build_context.h"

namespace plexus::exec {
namespace {

void appendProfile(const Operator& op, std::size_t depth, std::string& text) {
  text += fmt::format("{:>12} {:>12.0f} {:>12} {:>9} {:>12.3f}  {:{}}{}\n", op.profile()->rows.load(), op.estimatedRows,
                      op.profile()->entries.load(), op.profile()->batches.load(),
                      static_cast<double>(op.profile()->nanos.load()) / 1e6, "", 2 * depth, op.describe());
  for (const auto& input : op.inputs()) appendProfile(*input, depth + 1, text);
}

}  // namespace

PhysicalPlan::PhysicalPlan(std::shared_ptr<const plan::LogicalPlan> logical, bool profile)
    : logical_{std::move(logical)} {
  BuildContext build{*logical_, profile};
  root_ = build.build(*logical_->root);
  slots_ = build.slots();
  for (const auto& column : logical_->statement->query.columns) {
    columns_.push_back(root_->layout().column(column.variable));
  }
}

PhysicalPlan::~PhysicalPlan() = default;

std::string PhysicalPlan::profileText() const {
  if (!root_->profile()) return "";
  std::string text = fmt::format("{:>12} {:>12} {:>12} {:>9} {:>12}  {}\n", "rows", "estimated", "entries", "batches",
                                 "ms", "operator");
  appendProfile(*root_, 0, text);
  return text;
}

Execution::Execution(const PhysicalPlan& plan, ExecContext& context, function::FunctionContext& functions)
    : plan_{plan}, worker_{context, functions, std::vector<Batch>(plan.slots())} {
  worker_.arguments[0].setRows(1);
  state_ = plan.idle().take();
  openOrStart(plan.root(), worker_, state_);
}

Execution::~Execution() {
  pending_ = Batch{};  // before the states are closed: they keep vectors that nobody else has
  if (!failed_ && worker_.context.transaction == nullptr) plan_.idle().give(std::move(state_));
}

bool Execution::pull() {
  try {
    return plan_.root().next(worker_, *state_, pending_);
  } catch (...) {
    failed_ = true;
    throw;
  }
}

bool Execution::next(Batch& out) {
  out = Batch{};
  if (pending_.empty() && !pull()) return false;
  const auto& columns = plan_.columns();
  auto rest = pending_.flattenMultiplicity(worker_.context.options.batchRows);
  out = Batch{columns.size()};
  out.setRows(pending_.rows());
  for (ColumnIndex i = 0; i < columns.size(); ++i) out.setColumn(i, pending_.column(columns[i]));
  pending_ = rest ? std::move(*rest) : Batch{};
  return true;
}

}  // namespace plexus::exec
