#include "core/exec/execution.h"

#include <fmt/format.h>

#include "core/exec/build/build_context.h"

namespace plexus::exec {
namespace {

void appendProfile(const Operator& op, std::size_t depth, std::string& text) {
  text += fmt::format("{:>12} {:>12.0f} {:>9} {:>12.3f}  {:{}}{}\n", op.profile()->rows.load(), op.estimatedRows,
                      op.profile()->batches.load(), static_cast<double>(op.profile()->nanos.load()) / 1e6, "",
                      2 * depth, op.describe());
  for (const auto& input : op.inputs()) appendProfile(*input, depth + 1, text);
}

}  // namespace

PhysicalPlan::PhysicalPlan(std::shared_ptr<const plan::LogicalPlan> logical, bool profile)
    : logical_{std::move(logical)} {
  BuildContext build{*logical_, profile};
  root_ = build.build(*logical_->root);
  slots_ = build.slots();
}

PhysicalPlan::~PhysicalPlan() = default;

std::string PhysicalPlan::profileText() const {
  if (!root_->profile()) return "";
  std::string text = fmt::format("{:>12} {:>12} {:>9} {:>12}  {}\n", "rows", "estimated", "batches", "ms", "operator");
  appendProfile(*root_, 0, text);
  return text;
}

Execution::Execution(const PhysicalPlan& plan, ExecContext& context, function::FunctionContext& functions)
    : plan_{plan}, worker_{context, functions, std::vector<Batch>(plan.slots())} {
  worker_.arguments[0].setRows(1);
  for (const auto& column : plan.logical().statement->query.columns) {
    columns_.push_back(plan.root().layout().column(column.variable));
  }
  state_ = plan.root().open(worker_);
}

Execution::~Execution() = default;

bool Execution::next(Batch& out) {
  out = Batch{};
  if (pending_.empty() && !plan_.root().next(worker_, *state_, pending_)) return false;
  auto rest = pending_.flattenMultiplicity(worker_.context.options.batchRows);
  out = Batch{columns_.size()};
  out.setRows(pending_.rows());
  for (ColumnIndex i = 0; i < columns_.size(); ++i) out.setColumn(i, pending_.column(columns_[i]));
  pending_ = rest ? std::move(*rest) : Batch{};
  return true;
}

}  // namespace plexus::exec
