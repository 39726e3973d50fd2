#include "core/exec/operator/scan/seek.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <unordered_set>

#include "core/value/compare.h"

namespace plexus::exec {
namespace {

// The number in an element id: the whole text, or what follows its last colon.
std::optional<std::int64_t> numberOf(std::string_view elementId) {
  if (const auto colon = elementId.rfind(':'); colon != std::string_view::npos) elementId.remove_prefix(colon + 1);
  std::int64_t number = 0;
  const char* end = elementId.data() + elementId.size();
  const auto [stop, error] = std::from_chars(elementId.data(), end, number);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return number;
}

std::optional<std::int64_t> idOf(const Value& value) {
  switch (value.kind()) {
    case ValueKind::kInteger:
      return value.integer();
    case ValueKind::kFloat:  // id(n) = 1.0 is true of node 1
      if (std::trunc(value.floating()) != value.floating() || std::abs(value.floating()) > 1e15) return std::nullopt;
      return static_cast<std::int64_t>(value.floating());
    case ValueKind::kString:
      return numberOf(value.string());
    default:
      return std::nullopt;
  }
}

void sortUnique(std::vector<NodeId>& nodes) {
  std::sort(nodes.begin(), nodes.end());
  nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
}

}  // namespace

struct NodeSeek::Local final : InputState {
  std::vector<std::unique_ptr<Evaluator::Scratch>> scratch;
  Batch in;
  std::vector<NodeId> found;
  RecycledVector nodes{Vector::Kind::kNode};
  RecycledSelection rows;

  bool close() override {
    closeOrDrop(inputs);
    closeOrDrop(scratch);
    in = {};
    keepMemory(found);
    nodes.close();
    rows.close();
    return true;
  }
};

NodeSeek::NodeSeek(Common common, VariableId variable, std::vector<EvaluatorPtr> evaluators)
    : Step{std::move(common)},
      variable_{variable},
      evaluators_{std::move(evaluators)},
      carry_{input().layout(), layout()} {}

std::unique_ptr<Operator::State> NodeSeek::open(Worker& worker) const {
  auto state = std::make_unique<Local>();
  start(worker, *state);
  return state;
}

void NodeSeek::start(Worker& worker, State& state) const {
  auto& local = static_cast<Local&>(state);
  openInputs(worker, local);
  openAll(evaluators_, worker, local.scratch);
}

void NodeSeek::reset(Worker& worker, State& state) const { resetInputs(worker, static_cast<Local&>(state)); }

bool NodeSeek::produce(Worker& worker, State& state, Batch& out) const {
  auto& local = static_cast<Local&>(state);
  out = Batch{};
  if (!input().next(worker, local.input(), local.in)) return false;
  std::vector<Column> arguments(evaluators_.size());
  for (std::size_t i = 0; i < evaluators_.size(); ++i) {
    if (evaluators_[i]) arguments[i] = evaluators_[i]->evaluate(worker, *local.scratch[i], local.in);
  }
  local.found.clear();
  const auto& rows = local.rows.get(0);
  for (std::size_t row = 0; row < local.in.rows(); ++row) {
    find(worker, arguments, row, local.found);
    rows->resize(local.found.size(), static_cast<RowIndex>(row));
  }
  touch(local.in.rows() + local.found.size());
  carry_.apply(local.in, out);
  out.select(rows);
  if (layout().has(variable_)) {
    const auto& nodes = local.nodes.get(local.found.size());
    std::copy(local.found.begin(), local.found.end(), nodes->data<NodeId>().begin());
    out.setColumn(layout().column(variable_), nodes);
  }
  return true;
}

NodeByIdSeek::NodeByIdSeek(Common common, VariableId variable, EvaluatorPtr ids)
    : NodeSeek{std::move(common), variable, [&] {
                 std::vector<EvaluatorPtr> evaluators;
                 evaluators.push_back(std::move(ids));
                 return evaluators;
               }()} {}

void NodeByIdSeek::find(Worker& worker, const std::vector<Column>& arguments, std::size_t row,
                        std::vector<NodeId>& nodes) const {
  const storage::GraphView& view = worker.context.view;
  std::vector<NodeId> found;
  const auto add = [&](const Value& value) {
    const auto id = idOf(value);
    if (!id || *id < 0 || *id >= static_cast<std::int64_t>(view.nodeBound())) return;
    if (view.exists(static_cast<NodeId>(*id))) found.push_back(static_cast<NodeId>(*id));
  };
  const Value ids = arguments[0].value(row);
  if (ids.is(ValueKind::kList)) {
    for (const Value& id : ids.list()) add(id);
  } else {
    add(ids);
  }
  sortUnique(found);
  nodes.insert(nodes.end(), found.begin(), found.end());
}

void IndexSeek::find(Worker& worker, const std::vector<Column>& arguments, std::size_t row,
                     std::vector<NodeId>& nodes) const {
  using Seek = plan::IndexSeek::Seek;
  const storage::GraphView& view = worker.context.view;
  const auto addAll = [&](const std::vector<std::uint32_t>& found) {
    nodes.insert(nodes.end(), found.begin(), found.end());
  };
  std::vector<Value> values;
  for (const Column& argument : arguments) {
    if (!argument.data) continue;
    values.push_back(argument.value(row));
    if (values.back().isNull()) return;
  }
  switch (spec_.seek) {
    case Seek::kEqual:
      return addAll(view.seek(spec_.index, values));
    case Seek::kRange:
      return findRange(view, arguments, row, nodes);
    case Seek::kPrefix:
      if (values[0].is(ValueKind::kString)) addAll(view.seekPrefix(spec_.index, values[0].string()));
      return;
    case Seek::kAny: {
      if (!values[0].is(ValueKind::kList)) return;
      std::unordered_set<Value, ValueHash, ValueEquivalent> done;
      for (const Value& value : values[0].list()) {
        if (!value.isNull() && done.insert(value).second) addAll(view.seek(spec_.index, {&value, 1}));
      }
      return;
    }
  }
}

void IndexSeek::findRange(const storage::GraphView& view, const std::vector<Column>& arguments, std::size_t row,
                          std::vector<NodeId>& nodes) const {
  using Bound = storage::GraphView::Bound;
  const auto bound = [&](const Column& column, bool inclusive) {
    return column.data ? std::optional<Bound>{{column.value(row), inclusive}} : std::nullopt;
  };
  const auto low = bound(arguments[0], spec_.lowInclusive), high = bound(arguments[1], spec_.highInclusive);
  const auto found = view.seekRange(spec_.index, low, high);
  nodes.insert(nodes.end(), found.begin(), found.end());
}

}  // namespace plexus::exec
