#include "core/exec/operator/expand/neighbourhood.h"

#include "core/inference/entailment.h"

namespace plexus::exec {

using Positions = Neighbourhood::Positions;

namespace {

// The places in a sorted list that hold `value`.
Positions equalRange(std::span<const NodeId> list, NodeId value) {
  const auto [first, last] = std::equal_range(list.begin(), list.end(), value);
  return {static_cast<std::size_t>(first - list.begin()), static_cast<std::size_t>(last - list.begin())};
}

// Where `r` leads when walked this way from `node`; kNoNode if it does not.
NodeId otherEnd(const Way& way, NodeId node, const Relationship& r) {
  if (r.type != way.type) return kNoNode;
  if (way.symmetric && r.start == node) return r.end;
  if (way.symmetric && r.end == node) return r.start;
  if (way.direction == Direction::kOut) return r.start == node ? r.end : kNoNode;
  return r.end == node ? r.start : kNoNode;
}

// The place of `r` in the whole list of `node`, or a pair of equal places.
Positions placeOf(const Way& way, NodeId node, std::span<const NodeId> list, const Relationship& r) {
  const NodeId other = otherEnd(way, node, r);
  if (other == kNoNode || (way.skipLoops && other == node)) return {0, 0};
  const auto [first, last] = equalRange(list, other);
  if (last - first <= 1 && !way.symmetric) return {first, last};
  const auto ids = way.adjacency.relationships(node);
  for (std::size_t i = first; i < last; ++i) {
    if (ids[i] == r.id) return {i, i + 1};
  }
  return {0, 0};
}

// Of a symmetric type a list may have another relationship to a node in place of one turned round.
bool isListed(const Way& way, NodeId node, const Relationship& r) {
  if (!way.symmetric) return true;
  const auto place = placeOf(way, node, way.neighbours(node), r);
  return place.first < place.second;
}

// The places to leave out, ascending and apart. Usually none.
void cuts(const Way& way, NodeId node, std::span<const NodeId> list, std::span<const Relationship> excluded,
          std::vector<Positions>& out) {
  out.clear();
  if (way.skipLoops) {
    if (const auto loops = equalRange(list, node); loops.first < loops.second) out.push_back(loops);
  }
  for (const Relationship& r : excluded) {
    if (const auto place = placeOf(way, node, list, r); place.first < place.second) out.push_back(place);
  }
  if (out.size() < 2) return;
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
}

// The parts of list[first, last) between the cuts.
void appendBetween(const Way& way, NodeId node, std::span<const NodeId> list, Positions part,
                   std::span<const Positions> holes, std::vector<Run>& out) {
  const auto append = [&](std::size_t first, std::size_t last) {
    if (first < last) out.push_back({&way, node, static_cast<std::uint32_t>(first), list.subspan(first, last - first)});
  };
  std::size_t begin = part.first;
  for (const auto& [first, last] : holes) {
    if (last <= begin || first >= part.second) continue;
    append(begin, first);
    begin = last;
  }
  append(begin, part.second);
}

bool mayCut(const Way& way, std::span<const Relationship> excluded) { return way.skipLoops || !excluded.empty(); }

}  // namespace

// Between two nodes an undirected list has what is asserted from the lower one, else from the higher one.
bool Way::startsAt(NodeId node, NodeId neighbour, RelId id) const {
  const NodeId low = std::min(node, neighbour);
  const bool fromLow = id == kEntailedEitherWay || asserted->connected(low, std::max(node, neighbour));
  return fromLow == (node == low);
}

std::vector<Way> waysOf(const ExecContext& context, std::span<const RelTypeId> types, Direction direction) {
  std::vector<Way> ways;
  const auto* entailment = context.entailment.get();
  for (const RelTypeId type : types) {
    const bool symmetric = entailment != nullptr && entailment->symmetric(type);
    if (symmetric && direction == Direction::kBoth) {
      ways.push_back({type, Direction::kOut, false, true, entailment->undirected(type), entailment->asserted(type)});
      continue;
    }
    const auto add = [&](Direction way, bool skipLoops) {
      auto adjacency = entailment ? entailment->adjacency(type, way) : context.view.adjacency(type, way);
      ways.push_back({type, way, skipLoops, symmetric, std::move(adjacency)});
    };
    if (direction != Direction::kIn) add(Direction::kOut, false);
    if (direction != Direction::kOut) add(Direction::kIn, direction == Direction::kBoth);
  }
  return ways;
}

void Neighbourhood::bind(const ExecContext& context, std::span<const RelTypeId> types, Direction direction) {
  ways_ = waysOf(context, types, direction);
}

void Neighbourhood::bindReverse(const ExecContext& context, const Neighbourhood& forward) {
  ways_.clear();
  for (const Way& way : forward.ways_) {
    if (way.undirected()) {
      ways_.push_back(way);
      continue;
    }
    auto back = waysOf(context, std::span{&way.type, 1}, reverse(way.direction));
    back[0].skipLoops = way.skipLoops;
    ways_.push_back(std::move(back[0]));
  }
}

void Neighbourhood::runs(NodeId node, const NodeSet& targets, std::span<const Relationship> excluded,
                         std::vector<Run>& out) const {
  for (const Way& way : ways_) {
    const auto list = way.neighbours(node);
    const auto part = targets.cut(list);
    if (part.empty()) continue;
    const auto first = static_cast<std::size_t>(part.data() - list.data());
    if (!mayCut(way, excluded)) {
      out.push_back({&way, node, static_cast<std::uint32_t>(first), part});
      continue;
    }
    cuts(way, node, list, excluded, holes_);
    appendBetween(way, node, list, {first, first + part.size()}, holes_, out);
  }
}

std::uint64_t Neighbourhood::count(NodeId node, const NodeSet& targets, std::span<const Relationship> excluded) const {
  std::uint64_t total = 0;
  for (const Way& way : ways_) {
    const auto list = way.neighbours(node);
    if (list.empty()) continue;
    total += targets.count(list);
    if (!mayCut(way, excluded)) continue;
    cuts(way, node, list, excluded, holes_);
    for (const auto& [first, last] : holes_) total -= targets.contains(list[first]) ? last - first : 0;
  }
  return total;
}

NodeId Neighbourhood::end(NodeId node, const Relationship& r) const {
  for (const Way& way : ways_) {
    const NodeId other = otherEnd(way, node, r);
    if (other != kNoNode && (way.undirected() || isListed(way, node, r))) return other;
  }
  return kNoNode;
}

void Neighbourhood::excludedEnds(NodeId node, std::span<const Relationship> excluded, std::vector<NodeId>& out) const {
  for (std::size_t i = 0; i < excluded.size(); ++i) {
    const auto earlier = excluded.first(i);
    if (std::find(earlier.begin(), earlier.end(), excluded[i]) != earlier.end()) continue;
    for (const Way& way : ways_) {
      const NodeId other = otherEnd(way, node, excluded[i]);
      if (other == kNoNode || (way.skipLoops && other == node)) continue;
      if (isListed(way, node, excluded[i])) out.push_back(other);
    }
  }
}

void Neighbourhood::between(const Way& way, NodeId node, NodeId other, std::span<const Relationship> excluded,
                            std::vector<Run>& out) {
  if (way.skipLoops && node == other) return;
  const auto list = way.neighbours(node);
  const auto found = equalRange(list, other);
  if (found.first == found.second) return;
  std::vector<Positions> holes;
  for (const Relationship& r : excluded) {
    if (const auto place = placeOf(way, node, list, r); place.first < place.second) holes.push_back(place);
  }
  if (holes.size() > 1) {
    std::sort(holes.begin(), holes.end());
    holes.erase(std::unique(holes.begin(), holes.end()), holes.end());
  }
  appendBetween(way, node, list, found, holes, out);
}

Differing::Differing(const std::vector<VariableId>& variables, const Layout& layout) {
  for (const VariableId v : variables) {
    if (layout.has(v)) columns_.push_back(layout.column(v));
  }
}

void Differing::Rows::read(const Differing& differing, const Batch& batch) {
  relationships_.clear();
  offsets_.clear();
  if (differing.empty()) return;
  offsets_.reserve(batch.rows() + 1);
  for (std::size_t row = 0; row < batch.rows(); ++row) {
    offsets_.push_back(relationships_.size());
    for (const ColumnIndex i : differing.columns_) {
      const Column& column = batch.column(i);
      if (column.isNull(row)) continue;
      if (column.data->kind() == Vector::Kind::kRelationship) {
        relationships_.push_back(column.get<Relationship>(row));
        continue;
      }
      const Value value = column.value(row);
      if (value.is(ValueKind::kRelationship)) relationships_.push_back(value.relationship());
      if (!value.is(ValueKind::kList)) continue;
      for (const Value& element : value.list()) {
        if (element.is(ValueKind::kRelationship)) relationships_.push_back(element.relationship());
      }
    }
  }
  offsets_.push_back(relationships_.size());
}

}  // namespace plexus::exec
