// core/exec/operator/aggregate/link_reader.h: the neighbours of nodes over a link of a message term, and what is known
// of the whole link from statistics.
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <vector>

#include "core/exec/context.h"
#include "core/exec/operator/aggregate/message_term.h"
#include "core/exec/operator/aggregate/node_weights.h"
#include "core/exec/operator/expand/neighbourhood.h"

namespace plexus::exec {

// Equal elements of an ascending list.
std::size_t occurrences(std::span<const NodeId> ascending, NodeId node);

class LinkReader {
 public:
  struct Step : Way {
    std::optional<storage::Adjacency::Flat> flat;
  };

  // `down`: from the parent; else from the child. Several relations: a pair is joined by all of them.
  LinkReader(std::span<const MessageTerm::Relation> relations, bool down, Worker& worker);

  // Makes statistics of whole relations known (first use after changes: a pass over them): for work of that order only.
  // Without it the link is not flat, and its degrees have no bound.
  void consultStatistics();

  // The steps, where the link is a single relation that counts every relationship: a neighbour over any of them is one.
  // Empty otherwise: read it by forEach().
  std::span<const Step> steps() const {
    return plain_ ? std::span<const Step>{relations_[0].steps} : std::span<const Step>{};
  }
  // The steps of one of the link's relations.
  std::span<const Step> stepsOf(std::size_t relation) const { return relations_[relation].steps; }
  bool isPlain() const { return plain_; }
  // Plain, all in flat arrays, no loops to skip: kernels may run over the arrays.
  bool isFlat() const { return flat_; }
  // The same neighbours as another flat link, read from the same arrays.
  bool readsLike(const LinkReader& other) const;
  // No node has more relationships over the link than this.
  std::uint64_t mostDegree() const { return mostDegree_; }
  // At most one relationship a node.
  bool isFunction() const { return mostDegree_ <= 1; }
  // No two nodes have two relationships over the link. After consultStatistics().
  bool joinsOnce() const { return plain_ && !hasPairs(relations_[0].steps); }
  // Each member has exactly one relationship. Only for flat links.
  bool isTotalFunction(const Members& members) const;
  // All neighbours that any node has are members. Only for flat links.
  bool leadsInto(const Members& members) const;

  // visit(neighbour, times): in no order; a neighbour may come several times.
  template <typename Visit>
  void forEach(NodeId node, Visit visit) const;
  // Neighbours that lie in the set, with repeats.
  std::uint64_t countIn(NodeId node, const Members& members) const;
  // How often the node is joined to itself.
  std::uint64_t loops(NodeId node) const { return between(node, node); }
  // Sure that nothing is joined to itself. After consultStatistics().
  bool hasNoLoops() const;
  // How often two nodes are joined.
  std::uint64_t between(NodeId node, NodeId neighbour) const;

  // Relationships met by forEach().
  std::size_t degree(NodeId node) const;
  // Of all nodes.
  double relationships() const;
  // Relationships of the weighted nodes; of many nodes only about.
  double degrees(const Weights& weights) const;

 private:
  struct Relation {
    std::vector<Step> steps;
    bool exists;
  };
  static std::uint64_t between(const Relation& relation, NodeId node, NodeId neighbour);
  static bool hasPairs(const std::vector<Step>& steps);
  Relation open(const MessageTerm::Relation& relation, bool down);
  // Neighbours over the first relation that are also neighbours over all others.
  template <typename Visit>
  void forEachShared(NodeId node, Visit visit) const;
  // Neighbours over the first relation, each once with its number of relationships. For up to two steps.
  template <typename Visit>
  void forEachMerged(NodeId node, Visit visit) const;
  // Of all nodes over the step; of what is inferred, about.
  double relationships(const Step& step) const;
  // How often a pair counts that has so many relationships in each of the alike relations.
  std::uint64_t power(std::uint64_t times) const;

  Worker& worker_;
  std::vector<Relation> relations_;
  bool alike_ = true;  // all relations have the same steps
  bool plain_ = false, flat_ = false;
  std::uint64_t mostDegree_ = kMostCount;
};

template <typename Visit>
void LinkReader::forEach(NodeId node, Visit visit) const {
  if (!plain_) return forEachShared(node, visit);
  for (const Step& step : relations_[0].steps) {
    for (const NodeId n : step.adjacency.neighbours(node)) {
      if (!step.skipLoops || n != node) visit(n, std::uint64_t{1});
    }
  }
}

template <typename Visit>
void LinkReader::forEachShared(NodeId node, Visit visit) const {
  const auto& steps = relations_[0].steps;
  if (steps.size() <= 2) {
    return forEachMerged(node, [&](NodeId n, std::uint64_t times) {
      times = alike_ ? power(times) : between(node, n);
      if (times != 0) visit(n, times);
    });
  }
  std::vector<NodeId> met;
  for (const Step& step : steps) {
    const auto neighbours = step.adjacency.neighbours(node);
    met.insert(met.end(), neighbours.begin(), neighbours.end());
  }
  std::sort(met.begin(), met.end());
  met.erase(std::unique(met.begin(), met.end()), met.end());
  for (const NodeId n : met) {
    if (const std::uint64_t times = between(node, n)) visit(n, times);
  }
}

template <typename Visit>
void LinkReader::forEachMerged(NodeId node, Visit visit) const {
  const auto& steps = relations_[0].steps;
  if (steps.empty()) return;
  const auto a = steps[0].adjacency.neighbours(node);
  const auto b = steps.size() > 1 ? steps[1].adjacency.neighbours(node) : std::span<const NodeId>{};
  const bool skip = steps.size() > 1 && steps[1].skipLoops;
  for (std::size_t i = 0, j = 0; i < a.size() || j < b.size();) {
    const NodeId n = j == b.size() || (i < a.size() && a[i] < b[j]) ? a[i] : b[j];
    std::uint64_t times = 0;
    for (; i < a.size() && a[i] == n; ++i) ++times;
    for (; j < b.size() && b[j] == n; ++j) times += skip && n == node ? 0 : 1;
    if (times != 0) visit(n, times);
  }
}

}  // namespace plexus::exec
