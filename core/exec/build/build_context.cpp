#include "core/exec/build/build_context.h"

#include <utility>

#include "core/base/error.h"
#include "core/plan/logical/introspection.h"

namespace plexus::exec {
namespace {

using Family = OperatorPtr (*)(const plan::LogicalOperator&, BuildContext&);
constexpr Family kFamilies[] = {buildScan, buildExpand, buildRelational, buildJoin, buildCall, buildWrite};

}  // namespace

OperatorPtr BuildContext::build(const plan::LogicalOperator& logical) {
  for (const Family family : kFamilies) {
    OperatorPtr op = family(logical, *this);
    if (!op) continue;
    op->estimatedRows = logical.estimatedRows;
    if (profile_) op->setProfile(std::make_shared<Operator::Profile>());
    return op;
  }
  throw Error{ErrorType::kInternalError, Phase::kCompile, "", "no physical operator for " + logical.name()};
}

BuildContext::Inner BuildContext::buildInner(const plan::LogicalOperator& logical) {
  const std::size_t slot = slots_++;
  const std::size_t outer = std::exchange(currentSlot_, slot);
  OperatorPtr root = build(logical);
  currentSlot_ = outer;
  return {std::move(root), slot};
}

BuildContext::Inner BuildContext::buildSubquery(const bind::Subquery& subquery) {
  const auto found = plan_.subqueries.find(&subquery);
  if (found == plan_.subqueries.end()) {
    throw Error{ErrorType::kInternalError, Phase::kCompile, "", "a subquery without a plan", subquery.span};
  }
  return buildInner(*found->second, subquery.outer);
}

Step::Common commonOf(const plan::LogicalOperator& logical, BuildContext& build) {
  Step::Common common{logical.name(), {}, Layout{logical.output}};
  const std::string details = logical.details(build.plan().statement->variables);
  if (!details.empty()) common.description += " " + details;
  const std::size_t inputs = plan::inputCount(logical);
  for (std::size_t i = 0; i < inputs; ++i) common.inputs.push_back(build.build(*logical.children[i]));
  return common;
}

}  // namespace plexus::exec
