#include "core/exec/build/row_wise.h"

#include <numeric>

#include "core/exec/operator/call/argument.h"

namespace plexus::exec {
namespace {

using plan::LogicalKind;
using plan::LogicalOperator;
using plan::LogicalPtr;

bool isRowWise(const LogicalOperator& op) {
  switch (op.kind()) {
    case LogicalKind::kArgument:
      return true;
    case LogicalKind::kExpand:
    case LogicalKind::kFilter:
    case LogicalKind::kProject:
    case LogicalKind::kBuildPath:
      return op.children.size() == 1 && isRowWise(*op.children.front());
    default:
      return false;
  }
}

LogicalPtr copyOf(const plan::Expand& op) {
  auto copy = std::make_unique<plan::Expand>();
  copy->from = op.from;
  copy->to = op.to;
  copy->relationship = op.relationship;
  copy->into = op.into;
  copy->relationshipBound = op.relationshipBound;
  copy->types = op.types;
  copy->direction = op.direction;
  copy->toLabels = op.toLabels;
  copy->differentFrom = op.differentFrom;
  return copy;
}

LogicalPtr copyOf(const LogicalOperator& op) {
  switch (op.kind()) {
    case LogicalKind::kExpand:
      return copyOf(op.as<plan::Expand>());
    case LogicalKind::kFilter: {
      auto copy = std::make_unique<plan::Filter>();
      copy->predicates = op.as<plan::Filter>().predicates;
      return copy;
    }
    case LogicalKind::kProject: {
      auto copy = std::make_unique<plan::Project>();
      copy->items = op.as<plan::Project>().items;
      return copy;
    }
    case LogicalKind::kBuildPath: {
      auto copy = std::make_unique<plan::BuildPath>();
      copy->path = op.as<plan::BuildPath>().path;
      copy->steps = op.as<plan::BuildPath>().steps;
      return copy;
    }
    default:
      return std::make_unique<plan::Argument>();
  }
}

LogicalPtr carrying(const LogicalOperator& op, VariableId number) {
  LogicalPtr copy = copyOf(op);
  copy->estimatedRows = op.estimatedRows;
  copy->output = op.output;
  copy->output.push_back(number);
  for (const auto& child : op.children) copy->children.push_back(carrying(*child, number));
  return copy;
}

}  // namespace

std::optional<RowWiseInner> buildRowWise(const LogicalOperator& logical, const std::vector<VariableId>& outer,
                                         BuildContext& build) {
  if (!isRowWise(logical)) return std::nullopt;
  // A number that no variable of the statement has.
  const auto number = static_cast<VariableId>(build.plan().statement->variables.size() + build.slots());
  RowWiseInner result;
  result.logical = carrying(logical, number);
  auto arguments = outer;
  arguments.push_back(number);
  result.inner = build.buildInner(*result.logical, std::move(arguments));
  result.number = result.inner.root->layout().column(number);
  return result;
}

Batch numberedArguments(const Batch& rows, const std::vector<ColumnIndex>& columns) {
  Batch arguments = chooseColumns(rows, columns);
  arguments.setMultiplicity({});
  auto numbers = std::make_shared<Vector>(Vector::Kind::kInteger, rows.rows());
  const auto data = numbers->data<std::int64_t>();
  std::iota(data.begin(), data.end(), 0);
  arguments.addColumn({std::move(numbers), nullptr});
  return arguments;
}

}  // namespace plexus::exec
