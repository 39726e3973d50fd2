#include "core/exec/operator/aggregate/order_keys.h"

#include <algorithm>

#include "core/exec/operator/aggregate/node_numbers.h"
#include "core/value/compare.h"

namespace plexus::exec {

namespace {

Column valuesOf(Worker& worker, const Evaluator& key, const std::vector<NodeId>& nodes) {
  const auto scratch = key.open(worker);
  return key.evaluate(worker, *scratch, rowsOf(nodes));
}

// All integers or null, none of them the number that stands for null.
bool areIntegers(const Column& values, std::size_t rows) {
  for (std::size_t i = 0; i < rows; ++i) {
    const Value value = values.value(i);
    if (!value.isNull() && (value.kind() != ValueKind::kInteger || value.integer() == OrderKeys::kNone)) return false;
  }
  return true;
}

bool isEqual(const std::optional<std::partial_ordering>& ordered) { return ordered && *ordered == 0; }

// visit(value, key) of what is not null.
template <typename Side, typename Visit>
void forEachValue(const Column& values, const NodeCounts& nodes, Side& side, Visit visit) {
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const Value value = values.value(i);
    if (!value.isNull()) visit(value, side.keys[nodes.nodes[i] - side.low]);
  }
}

}  // namespace

OrderKeys::Side OrderKeys::emptySide(const NodeCounts& nodes) {
  if (nodes.size() == 0) return {};
  return {nodes.nodes.front(), Array<std::int64_t>(nodes.nodes.back() - nodes.nodes.front() + 1, kNone)};
}

OrderKeys::OrderKeys(Worker& worker, const Evaluator& lessKey, const NodeCounts& less, const Evaluator& greaterKey,
                     const NodeCounts& greater)
    : reservation_{worker.context.memory}, less_{emptySide(less)}, greater_{emptySide(greater)} {
  reservation_.grow((less_.keys.size() + greater_.keys.size()) * sizeof(std::int64_t));
  const Column a = valuesOf(worker, lessKey, less.nodes), b = valuesOf(worker, greaterKey, greater.nodes);
  if (areIntegers(a, less.size()) && areIntegers(b, greater.size())) {
    forEachValue(a, less, less_, [](const Value& value, std::int64_t& key) { key = value.integer(); });
    forEachValue(b, greater, greater_, [](const Value& value, std::int64_t& key) { key = value.integer(); });
    return;
  }
  reservation_.grow((less_.keys.size() + greater_.keys.size()) * sizeof(std::int64_t) +
                    (less.size() + greater.size()) * sizeof(Keyed));
  std::vector<Keyed> all;
  bool lists = false;
  const auto add = [&](const Value& value, std::int64_t& key) {
    lists = lists || value.is(ValueKind::kList);
    if (value.is(ValueKind::kList) || isEqual(compare(value, value))) all.push_back({value, &key});
  };
  forEachValue(a, less, less_, add);
  forEachValue(b, greater, greater_, add);
  if (!lists) {
    rank(std::move(all));
    return;
  }
  form_ = Form::kPlaces;
  for (Keyed& keyed : all) {
    *keyed.key = static_cast<std::int64_t>(values_.size());
    values_.push_back(std::move(keyed.value));
  }
}

// Values in their total order: a new class begins where neighbours do not compare.
void OrderKeys::rank(std::vector<Keyed> all) {
  form_ = Form::kRanks;
  std::sort(all.begin(), all.end(), [](const Keyed& a, const Keyed& b) { return order(a.value, b.value) < 0; });
  std::int64_t kind = 0, place = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i > 0) {
      const auto ordered = compare(all[i - 1].value, all[i].value);
      if (!ordered) ++kind;
      if (!isEqual(ordered)) ++place;
    }
    *all[i].key = (kind << kRankBits) + place;
  }
}

bool OrderKeys::isBefore(std::int64_t less, std::int64_t greater, bool strict) const {
  const auto ordered = compare(values_[static_cast<std::size_t>(less)], values_[static_cast<std::size_t>(greater)]);
  return ordered && (*ordered < 0 || (!strict && *ordered == 0));
}

}  // namespace plexus::exec
