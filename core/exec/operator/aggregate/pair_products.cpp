#include "core/exec/operator/aggregate/pair_products.h"

#include <algorithm>
#include <iterator>

namespace plexus::exec {

namespace {

void unite(std::vector<NodeId>& nodes, std::vector<NodeId> more) {
  if (nodes.empty()) {
    nodes = std::move(more);
    return;
  }
  std::vector<NodeId> both;
  std::set_union(nodes.begin(), nodes.end(), more.begin(), more.end(), std::back_inserter(both));
  nodes = std::move(both);
}

}  // namespace

PairProducts::PairProducts(Worker& worker, const std::vector<Weights>& nodes, const std::vector<MessageTerm>& terms)
    : worker_{worker}, passing_{worker, nodes} {
  for (const auto& term : terms) {
    passing_.start(term);
    PathProduct paths{worker, passing_, term, 1};
    if (term.opens) {  // corrections have no pairs that the term they correct has not
      unite(starts_, asList(paths.starts()).nodes);
      unite(ends_, asList(paths.ends()).nodes);
    }
    const auto alike = [&](const Alike& others) { return others.front().paths.endsLike(paths); };
    const auto place = std::find_if(products_.begin(), products_.end(), alike);
    auto& group = place == products_.end() ? products_.emplace_back() : *place;
    group.push_back({std::move(paths), term.sign});
  }
  const auto together = [](const Alike& products) { return products.size() > 1; };
  if (std::any_of(products_.begin(), products_.end(), together)) before_.reach({0, worker.context.view.nodeBound()});
  hull_ = ends_.empty() ? std::pair<NodeId, NodeId>{0, 0} : std::pair<NodeId, NodeId>{ends_.front(), ends_.back() + 1};
}

void PairProducts::walkTogether(Alike& products, NodeId start, NodeSums& into) {
  for (auto& [paths, sign] : products) {
    const std::uint64_t count = paths.startCount(start);
    if (count == 0) continue;
    const auto factor = static_cast<std::uint64_t>(static_cast<std::int64_t>(sign));
    for (const auto& walk : paths.walk(start, count)) before_.add(walk.node, factor * walk.count);
  }
  walks_.clear();
  before_.takeAll([&](NodeId node, std::uint64_t count) { walks_.push_back({node, count}); });
  products.front().paths.finish(walks_, into);
}

void PairProducts::row(NodeId start, NodeSums& into) {
  if (worker_.context.cancellation) worker_.context.cancellation->check();
  for (auto& products : products_) {
    if (products.size() > 1) {
      walkTogether(products, start, into);
      continue;
    }
    auto& [paths, sign] = products.front();
    const std::uint64_t count = paths.startCount(start);
    if (count != 0) paths.row(start, count, sign, into);
  }
}

}  // namespace plexus::exec
