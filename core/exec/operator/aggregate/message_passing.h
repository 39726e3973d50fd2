// core/exec/operator/aggregate/message_passing.h: the number of matches of a tree-shaped pattern by node of its root.
//
// A group of pattern nodes counts, for each graph node, the product over its links of the messages from below; a
// message is the sum of the linked nodes' counts. Links are taken in the order of what they are expected to touch, so
// that the selective ones narrow the rest:
// - a message from a leaf without conditions but labels is a degree (in a label's range: two binary searches);
// - where few parents are left, the child is only evaluated for their neighbours (pull with a domain);
// - else the child is evaluated whole, and its counts are pushed or pulled, whichever touches fewer relationships.
// Cost: relationships touched. Memory: lists of nodes with counts; one array over all nodes where most are touched.
#pragma once

#include <cstdint>
#include <memory>
#include <roaring/roaring.hh>
#include <vector>

#include "core/exec/run/name_condition.h"
#include "core/exec/run/row_store.h"
#include "core/plan/logical/operator.h"

namespace plexus::exec {

// Nodes with how often each counts: at least once.
struct NodeCounts {
  std::vector<NodeId> nodes;  // ascending, each once
  std::vector<std::uint64_t> counts;

  void add(NodeId node, std::uint64_t count) {
    nodes.push_back(node);
    counts.push_back(count);
  }
  std::size_t size() const { return nodes.size(); }
};

// A node set that can be walked and tested.
struct Members {
  std::shared_ptr<const Roaring> bitmap;
  NodeSet set;
};

// What a group's candidates are: members of a set, once each, or a list.
struct Weights {
  bool uniform = true;
  Members members;  // uniform
  NodeCounts list;  // not uniform
};

// Immutable form of a plan's term with its names compiled.
struct MessageTerm {
  struct Relation {
    NameCondition types;
    Direction direction;  // seen from the parent
  };
  struct Link {
    std::size_t child = 0;
    std::vector<Relation> relations;
    bool optional = false;
    double rows = 0;
  };
  struct Group {
    std::vector<std::size_t> nodes;
    std::vector<Link> links;  // to children, those that touch least first
    std::vector<Relation> loops;
  };
  int sign = 1;
  std::vector<Group> groups;  // [0] is the root
};

// One evaluation. `nodes[i]` are the candidates of pattern node i.
class MessagePassing {
 public:
  MessagePassing(Worker& worker, const std::vector<Weights>& nodes);

  // Counts by node of the root group.
  Weights run(const MessageTerm& term);

 private:
  class Reader;  // neighbours over a link

  Weights evaluate(const MessageTerm& term, std::size_t group, const std::vector<NodeId>* domain);
  Weights candidates(const MessageTerm::Group& group, const std::vector<NodeId>* domain) const;
  void follow(const MessageTerm& term, const MessageTerm::Link& link, Weights& weights);
  void countLoops(const MessageTerm::Relation& relation, Weights& weights);
  NodeCounts push(const Reader& up, const Weights& child, double touched) const;
  NodeCounts pushSparse(const Reader& up, const Weights& child) const;
  NodeCounts pushDense(const Reader& up, const Weights& child) const;
  void pull(const Reader& down, const Weights& child, bool optional, Weights& weights) const;
  // Replaces each node's count by its product with message(node); those without a message go, unless `optional`.
  template <typename Message>
  void multiply(Weights& weights, bool optional, Message message) const;
  void join(Weights& weights, const NodeCounts& messages, bool optional) const;
  bool isPlainLeaf(const MessageTerm::Group& group) const;

  Worker& worker_;
  const std::vector<Weights>& nodes_;
  NodeId bound_;
};

// Product and sum that fit 63 bits; Error{kArithmeticError} otherwise.
std::uint64_t countProduct(std::uint64_t a, std::uint64_t b);
std::uint64_t countSum(std::uint64_t a, std::uint64_t b);

}  // namespace plexus::exec
