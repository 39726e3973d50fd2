#include "core/exec/operator/scan/node_scan.h"

#include <algorithm>
#include <numeric>
#include <optional>

#include "core/exec/run/parallel.h"

namespace plexus::exec {

struct NodeScan::Local final : State {
  std::optional<Roaring> members;  // resolved when the first rows are asked for: writes below may come before
  std::uint64_t size = 0;
  bool contiguous = false;
  std::optional<std::vector<NodeId>> found;  // what `members` were narrowed to
  std::uint64_t nextMorsel = 0;
  RecycledVector nodes{Vector::Kind::kNode};
};

std::unique_ptr<Operator::State> NodeScan::open(Worker&) const { return std::make_unique<Local>(); }

void NodeScan::reset(Worker& worker, State& state) const {
  auto& local = static_cast<Local&>(state);
  if (worker.context.transaction) local.members.reset();  // else nothing has changed
  local.nextMorsel = 0;
}

void NodeScan::resolve(Worker& worker, Local& state) const {
  state.members = spec_.labels.bitmap(worker);
  state.found = spec_.narrowing ? narrowed(worker, *state.members) : std::nullopt;
  state.size = state.found ? state.found->size() : state.members->cardinality();
  if (state.found) return;
  state.contiguous =
      state.size > 0 && state.size == std::uint64_t{state.members->maximum()} - state.members->minimum() + 1;
}

std::optional<std::vector<NodeId>> NodeScan::narrowed(Worker& worker, const Roaring& members) const {
  using Part = storage::PropertyColumn::Part;
  const Narrowing& narrowing = *spec_.narrowing;
  const Value value = evaluateConstant(*narrowing.value, worker);
  std::vector<NodeId> found;
  const bool equal = narrowing.kind == Narrowing::Kind::kEqual;
  if (equal && value.isNull()) return found;
  const bool scalar = value.is(ValueKind::kInteger) || value.is(ValueKind::kFloat) || value.is(ValueKind::kBoolean);
  if (!value.is(ValueKind::kString) && !(equal && scalar)) return std::nullopt;
  const auto key = worker.context.catalog().propertyKeys.find(narrowing.key);
  if (!key) return std::nullopt;
  const auto column = worker.context.view.nodeProperty(*key);
  if (equal) {
    column.findEqual(value, members, found);
  } else {
    const Part part = narrowing.kind == Narrowing::Kind::kContains     ? Part::kAnywhere
                      : narrowing.kind == Narrowing::Kind::kStartsWith ? Part::kStart
                                                                       : Part::kEnd;
    column.findText(part, value.string(), narrowing.lowered, members, found);
  }
  return found;
}

bool NodeScan::produce(Worker& worker, State& state, Batch& out) const {
  auto& local = static_cast<Local&>(state);
  if (!local.members) resolve(worker, local);
  const bool shared = worker.pipeline && worker.pipeline->drives(*this);
  const std::uint64_t morsel = shared ? worker.pipeline->takeMorsel() : local.nextMorsel++;
  const std::uint64_t step = wanted_ ? worker.context.options.batchRows : std::max<std::uint64_t>(local.size, 1);
  const std::uint64_t first = morsel * step;
  if (first >= local.size) return false;
  const std::uint64_t count = std::min(step, local.size - first);
  out = Batch{layout().size()};
  if (!wanted_) {
    out.setRows(1);
    out.setMultiplicity({count});
    return true;
  }
  out.setRows(count);
  const auto& vector = local.nodes.get(count);
  const auto nodes = vector->data<NodeId>();
  if (local.found) {
    std::copy_n(local.found->begin() + static_cast<std::ptrdiff_t>(first), count, nodes.begin());
    out.setColumn(layout().column(spec_.variable), vector);
    return true;
  }
  NodeId start = local.members->minimum();
  if (local.contiguous) {
    std::iota(nodes.begin(), nodes.end(), start + static_cast<NodeId>(first));
  } else {
    local.members->select(static_cast<std::uint32_t>(first), &start);
    roaring_uint32_iterator_t iterator;
    roaring_init_iterator(&local.members->roaring, &iterator);
    roaring_move_uint32_iterator_equalorlarger(&iterator, start);
    roaring_read_uint32_iterator(&iterator, nodes.data(), static_cast<std::uint32_t>(count));
  }
  out.setColumn(layout().column(spec_.variable), vector);
  return true;
}

}  // namespace plexus::exec
