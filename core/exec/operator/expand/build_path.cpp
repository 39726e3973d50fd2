#include "core/exec/operator/expand/build_path.h"

namespace plexus::exec {
namespace {

void walk(Path& path, const Relationship& r) {
  const NodeId here = path.nodes.back();
  path.nodes.push_back(r.start == here ? r.end : r.start);
  path.relationships.push_back(r);
}

}  // namespace

struct BuildPath::Local final : InputState {
  Batch in;
};

BuildPath::BuildPath(Common common, VariableId path, const std::vector<plan::BuildPath::Step>& steps)
    : Step{std::move(common)}, path_{layout().column(path)}, carry_{input().layout(), layout()} {
  for (const auto& step : steps) {
    elements_.push_back({step.kind, input().layout().column(step.variable), step.reversed});
  }
}

std::unique_ptr<Operator::State> BuildPath::open(Worker& worker) const {
  auto state = std::make_unique<Local>();
  openInputs(worker, *state);
  return state;
}

void BuildPath::reset(Worker& worker, State& state) const { resetInputs(worker, static_cast<Local&>(state)); }

Value BuildPath::path(const Batch& rows, std::size_t row) const {
  Path path;
  for (const Element& element : elements_) {
    const Value value = rows.column(element.column).value(row);
    if (value.isNull()) return {};
    switch (element.kind) {
      case Kind::kNode:
        if (path.nodes.empty()) path.nodes.push_back(value.node());
        break;
      case Kind::kRelationship:
        walk(path, value.relationship());
        break;
      case Kind::kRelationshipList: {
        const List& list = value.list();
        for (std::size_t i = 0; i < list.size(); ++i) {
          const Value& r = list[element.reversed ? list.size() - 1 - i : i];
          if (r.isNull()) return {};
          walk(path, r.relationship());
        }
        break;
      }
    }
  }
  return path;
}

bool BuildPath::produce(Worker& worker, State& state, Batch& out) const {
  auto& local = static_cast<Local&>(state);
  out = Batch{};
  if (!input().next(worker, local.input(), local.in)) return false;
  carry_.apply(local.in, out);
  auto paths = std::make_shared<Vector>(Vector::Kind::kValue, local.in.rows());
  for (std::size_t row = 0; row < local.in.rows(); ++row) paths->data<Value>()[row] = path(local.in, row);
  out.setColumn(path_, std::move(paths));
  return true;
}

}  // namespace plexus::exec
