#include "core/exec/operator/expand/trails.h"

#include "core/exec/expression/vector_builder.h"

namespace plexus::exec {
namespace {

Layout stepLayout(const Layout& rows, VariableId stepVariable) {
  Layout layout = rows;
  if (stepVariable != bind::kNoVariable) layout.add(stepVariable);
  return layout;
}

}  // namespace

Path pathAlong(NodeId from, std::span<const Relationship> relationships) {
  Path path{{from}, {relationships.begin(), relationships.end()}};
  for (const Relationship& r : relationships) path.nodes.push_back(r.start == path.nodes.back() ? r.end : r.start);
  return path;
}

StepRule::StepRule(NameCondition types, Direction direction, VariableId stepVariable,
                   const std::vector<bind::ExpressionPtr>& predicates, const Layout& rows, BuildContext& build)
    : types_{std::move(types)},
      direction_{direction},
      layout_{stepLayout(rows, stepVariable)},
      predicates_{predicates, layout_, build} {
  if (stepVariable != bind::kNoVariable) stepColumn_ = layout_.column(stepVariable);
}

void StepRule::Walker::open(const StepRule& rule, Worker& worker) {
  rule_ = &rule;
  scratch_ = rule.predicates_.open(worker);
}

void StepRule::Walker::bind(Worker& worker) {
  forward_.bind(worker.context, rule_->types_.types(worker), rule_->direction_);
  backwardBound_ = false;
}

const Neighbourhood& StepRule::Walker::backward(Worker& worker) {
  if (rule_->direction_ == Direction::kBoth) return forward_;  // the same relationships
  if (!backwardBound_) backward_.bindReverse(worker.context, forward_);
  backwardBound_ = true;
  return backward_;
}

void StepRule::Walker::hops(Worker& worker, const Batch& rows, std::size_t row, NodeId node, bool backwards,
                            std::span<const Relationship> excluded, std::vector<Hop>& out) {
  const std::size_t first = out.size();
  runs_.clear();
  (backwards ? backward(worker) : forward_).runs(node, NodeSet{}, excluded, runs_);
  for (const Run& run : runs_) {
    const auto ids = run.ids();
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const NodeId to = run.neighbours[i];
      out.push_back({to, run.way->relationship(node, to, ids[i])});
    }
  }
  filter(worker, rows, row, out, first);
}

void StepRule::Walker::filter(Worker& worker, const Batch& rows, std::size_t row, std::vector<Hop>& hops,
                              std::size_t first) {
  if (!rule_->hasPredicates() || hops.size() == first) return;
  const std::size_t count = hops.size() - first;
  Batch steps{rule_->layout_.size()};
  for (ColumnIndex i = 0; i < rows.columns(); ++i) {
    if (rows.column(i).data) steps.setColumn(i, rows.column(i));
  }
  steps.select(std::make_shared<Selection>(count, static_cast<RowIndex>(row)));
  auto relationships = std::make_shared<Vector>(Vector::Kind::kRelationship, count);
  for (std::size_t i = 0; i < count; ++i) {
    relationships->data<Relationship>()[i] = hops[first + i].relationship;
  }
  steps.setColumn(rule_->stepColumn_, std::move(relationships));
  rule_->predicates_.filter(worker, *scratch_, steps);
  const Column& left = steps.column(rule_->stepColumn_);  // what is left is in order
  std::size_t kept = 0;
  for (std::size_t i = 0; i < count && kept < steps.rows(); ++i) {
    if (left.get<Relationship>(kept) == hops[first + i].relationship) hops[first + kept++] = hops[first + i];
  }
  hops.resize(first + kept);
}

void TrailSearch::start(NodeId from, std::uint64_t minimum, std::uint64_t maximum, bool walks, bind::NodeRule nodes) {
  walks_ = walks;
  nodeRule_ = nodes;
  from_ = end_ = from;
  minimum_ = minimum;
  maximum_ = maximum;
  hops_.clear();
  frames_.clear();
  trail_.clear();
  nodes_.clear();
  used_.clear();
  arrived_ = true;
  over_ = from == kNoNode;
}

bool TrailSearch::onTrail(const Relationship& r) const {
  if (walks_) return false;
  if (trail_.size() > kFew) return used_.contains(r.number());
  return std::find(trail_.begin(), trail_.end(), r) != trail_.end();
}

bool TrailSearch::mayFollow(NodeId node) const {
  if (nodeRule_ == bind::NodeRule::kAny) return true;
  const bool over = !nodes_.empty() && end_ == from_;  // a way back to the start ends there
  if (over || (node == from_ && nodeRule_ == bind::NodeRule::kDistinct)) return false;
  return std::find(nodes_.begin(), nodes_.end(), node) == nodes_.end();
}

void TrailSearch::push(const Hop& hop) {
  trail_.push_back(hop.relationship);
  nodes_.push_back(hop.to);
  end_ = hop.to;
  if (trail_.size() == kFew + 1) {
    for (const Relationship& r : trail_) used_.insert(r.number());
  } else if (trail_.size() > kFew) {
    used_.insert(hop.relationship.number());
  }
  arrived_ = true;
}

void TrailSearch::pop() {
  hops_.resize(frames_.back().begin);
  frames_.pop_back();
  if (trail_.empty()) {
    over_ = true;
    return;
  }
  if (trail_.size() > kFew) used_.erase(trail_.back().number());
  if (trail_.size() == kFew + 1) used_.clear();
  trail_.pop_back();
  nodes_.pop_back();
  end_ = nodes_.empty() ? from_ : nodes_.back();
}

void TrailSearch::expand(const Hops& hops) {
  const std::size_t begin = hops_.size();
  if (trail_.size() < maximum_) hops(end_, hops_);
  frames_.push_back({begin, begin, hops_.size()});
}

}  // namespace plexus::exec
