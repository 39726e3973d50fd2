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

  bool close() override {
    members.reset();
    found.reset();
    nextMorsel = 0;
    nodes.close();
    return true;
  }
};

std::unique_ptr<Operator::State> NodeScan::open(Worker&) const { return std::make_unique<Local>(); }

void NodeScan::start(Worker& /*worker*/, State& /*state*/) const {}

void NodeScan::reset(Worker& worker, State& state) const {
  auto& local = static_cast<Local&>(state);
  if (worker.context.transaction) local.members.reset();  // else nothing has changed
  local.nextMorsel = 0;
}

void NodeScan::resolve(Worker& worker, Local& state) const {
  state.members = spec_.labels.bitmap(worker);
  state.found = spec_.narrowing ? spec_.narrowing->search(worker, *state.members) : std::nullopt;
  if (state.found) touch(state.members->cardinality());
  state.size = state.found ? state.found->size() : state.members->cardinality();
  if (state.found) return;
  state.contiguous =
      state.size > 0 && state.size == std::uint64_t{state.members->maximum()} - state.members->minimum() + 1;
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
  touch(count);
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
