// core/exec/operator/aggregate/pair_products.h: the matches of a signed sum of terms by pairs of their two roots: all
// from one second root together.
#pragma once

#include <vector>

#include "core/exec/operator/aggregate/path_product.h"

namespace plexus::exec {

class PairProducts {
 public:
  // `nodes[i]`: the candidates of pattern node i; the roots are 0 and 1. All must outlive this.
  PairProducts(Worker& worker, const std::vector<Weights>& nodes, const std::vector<MessageTerm>& terms);

  // All second and all first roots with matches are among these, ascending.
  const std::vector<NodeId>& starts() const { return starts_; }
  const std::vector<NodeId>& ends() const { return ends_; }
  // Makes `into` ready for the ends.
  void reach(NodeSums& into) const { into.reach(hull_); }
  // Adds the matches with `start` by end.
  void row(NodeId start, NodeSums& into);
  // Entries of neighbour lists looked at for the messages, about.
  std::uint64_t touched() const { return passing_.touched(); }

 private:
  struct Product {
    PathProduct paths;
    int sign;
  };
  // Whose paths have the same last step: it is taken once for all.
  using Alike = std::vector<Product>;
  void walkTogether(Alike& products, NodeId start, NodeSums& into);

  Worker& worker_;
  MessagePassing passing_;
  std::vector<Alike> products_;
  NodeSums before_;  // the last step, of products that take it together
  std::vector<PathProduct::Walk> walks_;
  std::vector<NodeId> starts_, ends_;
  std::pair<NodeId, NodeId> hull_;
};

}  // namespace plexus::exec
