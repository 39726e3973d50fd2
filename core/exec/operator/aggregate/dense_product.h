// core/exec/operator/aggregate/dense_product.h: for every node of a range, the product of the messages over its links.
//
// Computed block by block, so that the products stay in the cache, by several threads. Nothing is computed until it is
// asked for; a sum over all nodes never makes the array. Products and sums are bounded beforehand: they cannot
// overflow.
#pragma once

#include <vector>

#include "core/exec/operator/aggregate/link_reader.h"

namespace plexus::exec {

class DenseProduct {
 public:
  // The nodes that may count, and how often each does by itself. `weights` must outlive this.
  DenseProduct(Worker& worker, const Weights& weights);

  // A factor is one of these; each returns false, and adds nothing, if products could pass 63 bits then.
  // The number of neighbours over a flat link.
  bool degree(LinkReader link, bool optional);
  // The number of neighbours among the members.
  bool count(LinkReader link, Members members, bool optional);
  // The sum of the counts of the neighbours.
  bool gather(LinkReader link, std::shared_ptr<const DenseCounts> child, bool optional);
  // A number for each node.
  bool message(std::shared_ptr<const DenseCounts> counts, bool optional);

  bool isPlain() const { return factors_.empty(); }
  std::uint64_t sum() const;
  DenseCounts array() const;

 private:
  struct Factor {
    enum class Kind : std::uint8_t { kDegree, kCount, kGather, kMessage } kind;
    bool optional;
    std::vector<LinkReader> link;  // none or one
    Members members;
    std::shared_ptr<const DenseCounts> counts;
    double work = 1;  // nanoseconds a node
  };
  bool add(Factor factor, std::uint64_t most);
  // Products are of 32 bits where they fit: twice as many fit a register and the cache.
  bool isNarrow() const { return most_ <= 0xFFFF'FFFF; }
  template <typename Count>
  void start(NodeId begin, std::span<Count> out) const;
  template <typename Count>
  void multiply(const Factor& factor, NodeId begin, std::span<Count> out) const;
  template <typename Count, typename Message>
  static void multiplyEach(bool optional, NodeId begin, std::span<Count> out, Message message);
  template <typename Count>
  void multiplyDegrees(const Factor& factor, NodeId begin, std::span<Count> out) const;
  template <typename Count>
  void multiplySums(const Factor& factor, NodeId begin, std::span<Count> out) const;
  template <typename Count>
  void multiplyImages(const Factor& factor, NodeId begin, std::span<Count> out) const;
  template <typename Count>
  void compute(NodeId begin, std::span<Count> out) const;
  template <typename Count>
  std::uint64_t sumOf() const;
  template <typename Count>
  DenseCounts arrayOf() const;
  double work() const;

  Worker& worker_;
  const Weights& weights_;
  NodeId low_, high_;
  std::uint64_t most_;
  std::vector<Factor> factors_;
};

}  // namespace plexus::exec
