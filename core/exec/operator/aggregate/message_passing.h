// core/exec/operator/aggregate/message_passing.h: the number of matches of a pattern by node of its root.
//
// A group of pattern nodes counts, for each graph node, the product over its links of the messages from below; a
// message is the sum of the linked nodes' counts. Links are taken in the order of what they are expected to touch, so
// that the selective ones narrow the rest:
// - a message from a leaf without conditions but labels is a degree; where every node has exactly one such neighbour (a
//   total n:1 relation) it is nothing at all;
// - where few parents are left, the child is only evaluated for their neighbours (pull with a domain);
// - else the child is evaluated whole, and its counts are pushed or pulled, whichever touches fewer relationships;
// - groups with many candidates are arrays over their range of ids (dense_product.h), others ascending lists;
// - children whose nodes come in an order are taken together, after the others (ordered_links.h).
// What is no tree is counted by core_counting.h, and goes on as the counts of the group by which it hangs.
// Cost: relationships touched. Memory: lists and arrays of counts, from the query's budget.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "core/exec/operator/aggregate/link_reader.h"
#include "core/exec/operator/aggregate/message_term.h"
#include "core/exec/operator/aggregate/node_weights.h"
#include "core/exec/run/row_store.h"

namespace plexus::exec {

class DenseProduct;
class OrderedLinks;

// One evaluation. `nodes[i]` are the candidates of pattern node i.
class MessagePassing {
 public:
  MessagePassing(Worker& worker, const std::vector<Weights>& nodes);

  // Counts by node of the root group.
  Weights run(const MessageTerm& term);
  // Their sum.
  std::uint64_t total(const MessageTerm& term);
  // Entries of neighbour lists looked at so far, about; without those of cores.
  std::uint64_t touched() const { return static_cast<std::uint64_t>(touched_); }
  // Before parts of a term are asked for.
  void start(const MessageTerm& term) { whole_.assign(term.groups.size(), std::nullopt); }
  // Counts of a group by what hangs on it alone: its candidates, loops and links, but for the one to `except` (with all
  // ordered links, if that is one).
  Weights ofTree(const MessageTerm& term, std::size_t group, std::size_t except = ~std::size_t{0});
  // visit(parent, child, matches): what a group's ordered links match with each of the parents and each of the nodes
  // `children` of one of these links.
  using VisitPair = std::function<void(NodeId parent, NodeId child, std::uint64_t count)>;
  void forEachOrdered(const MessageTerm& term, const MessageTerm::Group& group, const NodeCounts& parents,
                      std::size_t link, const Weights& children, const VisitPair& visit);

 private:
  Weights evaluate(const MessageTerm& term, std::size_t group, const std::vector<NodeId>& domain);
  // Without a domain; computed once a term.
  const Weights& whole(const MessageTerm& term, std::size_t group);
  // A part of a term to evaluate: a group with what hangs on it, but for the link to `except`.
  struct Part {
    std::size_t group;
    const std::vector<NodeId>* domain = nullptr;
    std::size_t except = ~std::size_t{0};
    std::optional<std::uint64_t>* sum =
        nullptr;          // if only the sum of the counts is wanted: set where that is less work
    bool ordered = true;  // with the ordered links
  };
  using Links = std::vector<const MessageTerm::Link*>;
  Weights evaluateTree(const MessageTerm& term, const Part& part);
  bool startsCore(const MessageTerm& term, std::size_t group) const;
  bool hasNoLoops(const MessageTerm& term);
  Weights candidates(const MessageTerm::Group& group, const std::vector<NodeId>* domain) const;
  bool isDense(const Weights& weights) const;
  // Takes links into the product until one narrows the group to few nodes or counts get too large: how many it took.
  std::size_t followDense(const MessageTerm& term, const Links& links, DenseProduct& product, const Weights& weights);
  bool addFactor(const MessageTerm& term, const MessageTerm::Link& link, DenseProduct& product, const Weights& weights);
  bool addMessages(LinkReader down, const MessageTerm::Link& link, const Weights& below, DenseProduct& product,
                   const Weights& weights);
  void follow(const MessageTerm& term, const MessageTerm::Link& link, Weights& weights);
  // Of a group; the nodes of one of the links are `children`, of the others those of their groups. Nothing if no nodes
  // match.
  std::optional<OrderedLinks> orderedLinks(const MessageTerm& term, const MessageTerm::Group& group,
                                           const NodeCounts& parents, std::size_t link, const Weights* children);
  // A group's nodes, with counts from all else, times what its ordered links match.
  NodeCounts followOrdered(const MessageTerm& term, const MessageTerm::Group& group, const NodeCounts& parents);
  // From the counts of a group to those of a group below, which has `own` counts from all but the former.
  Weights descend(const MessageTerm& term, std::size_t group, const Weights& counts, std::size_t child,
                  const Weights& own);
  Weights below(const MessageTerm& term);
  void countLoops(const MessageTerm::Relation& relation, Weights& weights);
  NodeCounts pushSparse(const LinkReader& up, const Weights& child) const;
  // Over the nodes from `hull.first` to before `hull.second`. `most`: no message is larger.
  DenseCounts pushDense(const LinkReader& up, const Weights& child, std::pair<NodeId, NodeId> hull, bool checked);
  void pull(const LinkReader& down, const Weights& child, bool optional, Weights& weights) const;
  // Replaces each node's count by its product with message(node); those without a message go, unless `optional`.
  template <typename Message>
  void multiply(Weights& weights, bool optional, Message message) const;
  void join(Weights& weights, const Weights& messages, bool optional) const;
  bool isPlainLeaf(const MessageTerm::Group& group) const;
  void reserve(std::size_t nodes);

  Worker& worker_;
  const std::vector<Weights>& nodes_;
  NodeId bound_;
  Reservation reservation_;
  std::size_t reserved_ = 0;
  double touched_ = 0;
  std::vector<std::optional<Weights>> whole_;  // by group of the term at hand
};

}  // namespace plexus::exec
