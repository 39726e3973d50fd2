#include "core/exec/expression/degree.h"

#include <algorithm>
#include <optional>

#include "core/exec/operator/expand/neighbourhood.h"
#include "core/exec/run/reuse.h"

namespace plexus::exec {
namespace {

// Relationships between the ends, or from the one end if `to` is nothing.
struct Ends {
  ColumnIndex from = 0;
  std::optional<ColumnIndex> to;
};

class DegreeEvaluator final : public Evaluator {
 public:
  DegreeEvaluator(const bind::Subquery& subquery, const plan::Expand& expand, Ends ends, BuildContext& build)
      : Evaluator{bind::BoundKind::kSubquery, subquery.span},
        ends_{ends},
        exists_{subquery.subquery == bind::SubqueryKind::kExists},
        direction_{expand.direction},
        types_{expand.types, build},
        toLabels_{expand.toLabels, build} {}

  std::unique_ptr<Scratch> open(Worker&) const override { return std::make_unique<Own>(); }

  Column evaluate(Worker& worker, Scratch& scratch, const Batch& rows) const override {
    auto& own = static_cast<Own&>(scratch);
    const auto from = nodesOf(rows.column(ends_.from), rows.rows(), own.from);
    std::span<const NodeId> to;
    if (ends_.to) to = nodesOf(rows.column(*ends_.to), rows.rows(), own.to);
    own.counts.assign(rows.rows(), 0);
    const NodeSet targets = toLabels_.isNone() ? NodeSet{} : toLabels_.nodes(worker);
    for (const Way& way : waysOf(worker.context, types_.types(worker), direction_)) {
      add(way.adjacency, targets, from, to, way.skipLoops, own.counts);
    }
    return toColumn(own.counts);
  }

 private:
  struct Own final : Scratch {
    std::vector<NodeId> from, to;
    std::vector<std::int64_t> counts;
    bool close() override {
      keepMemory(from);
      keepMemory(to);
      keepMemory(counts);
      return true;
    }
  };

  void add(const storage::Adjacency& adjacency, const NodeSet& targets, std::span<const NodeId> from,
           std::span<const NodeId> to, bool skipLoops, std::vector<std::int64_t>& counts) const {
    for (std::size_t row = 0; row < from.size(); ++row) {
      if (from[row] == kNoNode || (exists_ && counts[row] > 0)) continue;
      const auto neighbours = adjacency.neighbours(from[row]);
      if (ends_.to) {
        if (to[row] == kNoNode || (skipLoops && to[row] == from[row]) || !targets.contains(to[row])) continue;
        counts[row] += occurrences(neighbours, to[row]);
        continue;
      }
      counts[row] += static_cast<std::int64_t>(targets.isAll() ? neighbours.size() : targets.count(neighbours));
      if (skipLoops && targets.contains(from[row])) counts[row] -= occurrences(neighbours, from[row]);
    }
  }

  static std::int64_t occurrences(std::span<const NodeId> ascending, NodeId node) {
    const auto range = std::equal_range(ascending.begin(), ascending.end(), node);
    return range.second - range.first;
  }

  Column toColumn(const std::vector<std::int64_t>& counts) const {
    auto result = std::make_shared<Vector>(exists_ ? Vector::Kind::kBoolean : Vector::Kind::kInteger, counts.size());
    if (exists_) {
      std::transform(counts.begin(), counts.end(), result->data<std::uint8_t>().begin(),
                     [](std::int64_t count) { return static_cast<std::uint8_t>(count > 0); });
    } else {
      std::copy(counts.begin(), counts.end(), result->data<std::int64_t>().begin());
    }
    return {std::move(result), nullptr};
  }

  Ends ends_;
  bool exists_;
  Direction direction_;
  NameCondition types_, toLabels_;
};

// The single Expand that the plan consists of, projections aside (they keep the number of rows); null if it does more.
const plan::Expand* onlyExpand(const plan::LogicalOperator& root) {
  const plan::LogicalOperator* op = &root;
  while (op->kind() == plan::LogicalKind::kProject) op = op->children.front().get();
  if (op->kind() != plan::LogicalKind::kExpand) return nullptr;
  const auto& expand = op->as<plan::Expand>();
  const bool plain = !expand.relationshipBound && expand.differentFrom.empty();
  return plain && expand.children.front()->kind() == plan::LogicalKind::kArgument ? &expand : nullptr;
}

}  // namespace

EvaluatorPtr makeDegree(const bind::Subquery& subquery, const Layout& layout, BuildContext& build) {
  using bind::SubqueryKind;
  if (subquery.subquery != SubqueryKind::kExists && subquery.subquery != SubqueryKind::kCount) return nullptr;
  const auto plan = build.plan().subqueries.find(&subquery);
  if (plan == build.plan().subqueries.end()) return nullptr;
  const plan::Expand* expand = onlyExpand(*plan->second);
  if (!expand || !layout.has(expand->from) || (expand->into && !layout.has(expand->to))) return nullptr;
  Ends ends{layout.column(expand->from), std::nullopt};
  if (expand->into) ends.to = layout.column(expand->to);
  return std::make_unique<DegreeEvaluator>(subquery, *expand, ends, build);
}

}  // namespace plexus::exec
