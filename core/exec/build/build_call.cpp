// Arguments, subqueries, procedures, UNWIND, LOAD CSV, FOREACH.
#include <algorithm>

#include "core/exec/build/build_context.h"
#include "core/exec/build/inner_common.h"
#include "core/exec/operator/call/apply.h"
#include "core/exec/operator/call/argument.h"
#include "core/exec/operator/call/foreach.h"
#include "core/exec/operator/call/load_csv.h"
#include "core/exec/operator/call/procedure_call.h"
#include "core/exec/operator/call/unwind.h"

namespace plexus::exec {

Step::Common commonOfFirst(const plan::LogicalOperator& logical, BuildContext& build) {
  Step::Common common{logical.name(), {}, Layout{logical.output}};
  const std::string details = logical.details(build.plan().statement->variables);
  if (!details.empty()) common.description += " " + details;
  common.inputs.push_back(build.build(*logical.children.front()));
  return common;
}

namespace {

// Where one right row is enough, running the plan to its end for all rows pays only if it is a single step.
bool mayRunOnceABatch(const plan::Apply& apply) {
  using Mode = plan::Apply::Mode;
  if (apply.mode == Mode::kInner || apply.mode == Mode::kOptional) return true;
  if (apply.mode == Mode::kForEach) return false;
  const plan::LogicalOperator* op = apply.children[1].get();
  while (op->kind() == plan::LogicalKind::kProject) op = op->children.front().get();
  return op->kind() == plan::LogicalKind::kExpand && op->children.front()->kind() == plan::LogicalKind::kArgument;
}

OperatorPtr buildApply(const plan::Apply& apply, BuildContext& build) {
  auto common = commonOfFirst(apply, build);
  if (!apply.inTransactions && mayRunOnceABatch(apply)) {
    if (auto inner = buildRowWise(*apply.children[1], apply.outer, build)) {
      return makeApplyRowWise(apply, std::move(common), std::move(*inner));
    }
  }
  auto inner = build.buildInner(*apply.children[1], apply.outer);
  if (apply.inTransactions) return makeApplyInTransactions(apply, std::move(common), std::move(inner), build);
  return makeApply(apply, std::move(common), std::move(inner), writes(*apply.children[1]));
}

OperatorPtr buildForeach(const plan::Foreach& foreach, BuildContext& build) {
  auto common = commonOfFirst(foreach, build);
  auto arguments = foreach.outer;
  if (std::find(arguments.begin(), arguments.end(), foreach.variable) == arguments.end()) {
    arguments.push_back(foreach.variable);
  }
  auto body = build.buildInner(*foreach.children[1], arguments);
  return makeForeach(foreach, std::move(common), std::move(body), arguments, build);
}

}  // namespace

OperatorPtr buildCall(const plan::LogicalOperator& logical, BuildContext& build) {
  switch (logical.kind()) {
    case plan::LogicalKind::kArgument:
      return makeArgument(commonOf(logical, build), build);
    case plan::LogicalKind::kApply:
      return buildApply(logical.as<plan::Apply>(), build);
    case plan::LogicalKind::kUnwind:
      return makeUnwind(logical.as<plan::Unwind>(), commonOf(logical, build), build);
    case plan::LogicalKind::kProcedureCall:
      return makeProcedureCall(logical.as<plan::ProcedureCall>().call, commonOf(logical, build), build);
    case plan::LogicalKind::kLoadCsv:
      return makeLoadCsv(logical.as<plan::LoadCsv>().load, commonOf(logical, build), build);
    case plan::LogicalKind::kForeach:
      return buildForeach(logical.as<plan::Foreach>(), build);
    default:
      return nullptr;
  }
}

}  // namespace plexus::exec
