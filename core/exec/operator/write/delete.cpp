#include "core/exec/operator/write/delete.h"

#include <set>
#include <unordered_set>

#include "core/exec/operator/write/asserted_target.h"
#include "core/exec/operator/write/writing_step.h"
#include "core/function/context.h"

namespace plexus::exec {
namespace {

struct RelationshipHash {
  std::size_t operator()(const Relationship& r) const { return std::hash<std::int64_t>{}(r.number()); }
};

// All that the rows name; deleted together, so that nodes may go with their relationships in one clause.
struct Targets {
  std::set<NodeId> nodes;
  std::set<NodeId> connected;  // those of `nodes` whose relationships this clause leaves
  std::unordered_set<Relationship, RelationshipHash> relationships;
};

class Delete final : public WritingStep {
 public:
  Delete(Common common, const Layout& work, std::vector<EvaluatorPtr> targets, bool detach)
      : WritingStep{std::move(common), work}, targets_{std::move(targets)}, detach_{detach} {}

 private:
  struct Own final : WriteState {
    using WriteState::WriteState;
    std::vector<std::unique_ptr<Evaluator::Scratch>> targets;
  };

  std::unique_ptr<WriteState> makeState(Worker& worker) const override {
    auto state = std::make_unique<Own>(worker.context.memory);
    for (const auto& target : targets_) state->targets.push_back(target->open(worker));
    return state;
  }

  void write(Worker& worker, WriteState& state, std::deque<Batch>& batches) const override {
    auto& own = static_cast<Own&>(state);
    Targets targets;
    for (const Batch& batch : batches) {
      for (std::size_t i = 0; i < targets_.size(); ++i) {
        const Column column = targets_[i]->evaluate(worker, *own.targets[i], batch);
        for (std::size_t row = 0; row < batch.rows(); ++row) {
          collect(worker, column.value(row), targets_[i]->span(), targets);
        }
      }
    }
    takeRelationships(worker, targets);
    WriteContext& writes = *worker.context.writes;
    for (const Relationship& relationship : targets.relationships) writes.deleteRelationship(relationship);
    for (const NodeId node : targets.nodes) {
      if (targets.connected.contains(node)) {
        writes.deleteConnectedNode(node, targets_.front()->span());
      } else {
        writes.deleteNode(node);
      }
    }
    if (!targets.nodes.empty() || !targets.relationships.empty()) worker.functions.mayMeetDeleted = true;
  }

  static void collect(const Worker& worker, const Value& value, Span span, Targets& targets) {
    const auto take = [&](const Relationship& r) { targets.relationships.insert(assertedTarget(worker, r, span)); };
    switch (value.kind()) {
      case ValueKind::kNull:
        return;
      case ValueKind::kNode:
        targets.nodes.insert(value.node());
        return;
      case ValueKind::kRelationship:
        take(value.relationship());
        return;
      case ValueKind::kPath:
        targets.nodes.insert(value.path().nodes.begin(), value.path().nodes.end());
        for (const Relationship& r : value.path().relationships) take(r);
        return;
      default:
        throwRuntime(ErrorType::kTypeError, "InvalidArgumentType",
                     "only nodes, relationships and paths can be deleted, not " + std::string{name(value.kind())},
                     span);
    }
  }

  // The relationships that hang on the nodes: deleted with them, or to be deleted until the commit.
  void takeRelationships(Worker& worker, Targets& targets) const {
    const auto& view = worker.context.view;
    if (targets.nodes.empty()) return;
    for (const RelTypeId type : view.relTypesInUse()) {
      takeRelationships(view.adjacency(type, Direction::kOut), type, false, targets);
      takeRelationships(view.adjacency(type, Direction::kIn), type, true, targets);
    }
  }

  void takeRelationships(const storage::Adjacency& adjacency, RelTypeId type, bool incoming, Targets& targets) const {
    for (const NodeId node : targets.nodes) {
      const auto neighbours = adjacency.neighbours(node);
      if (neighbours.empty()) continue;
      const auto ids = adjacency.relationships(node);
      for (std::size_t i = 0; i < neighbours.size(); ++i) {
        const Relationship r{incoming ? neighbours[i] : node, incoming ? node : neighbours[i], ids[i], type};
        if (detach_) {
          targets.relationships.insert(r);
        } else if (!targets.relationships.contains(r)) {
          targets.connected.insert(node);
        }
      }
    }
  }

  std::vector<EvaluatorPtr> targets_;
  bool detach_;
};

}  // namespace

OperatorPtr makeDelete(const bind::BoundDelete& del, Step::Common common, BuildContext& build) {
  const Layout work = inputLayout(common);
  std::vector<EvaluatorPtr> targets;
  for (const auto& target : del.targets) targets.push_back(compile(*target, work, build));
  return std::make_unique<Delete>(std::move(common), work, std::move(targets), del.detach);
}

}  // namespace plexus::exec
