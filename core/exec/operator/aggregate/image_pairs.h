// core/exec/operator/aggregate/image_pairs.h: the matches of a cycle in which one group, the source, leads over n:1
// links to both ends of the rest: one link, or two that meet in a node.
//
// Every source then has one pair of ends at most: two columns. For the pair it is asked whether the ends are joined
// (in a matrix of bits where that is small), or how many neighbours they share (by intersection of sorted lists).
// Sources are taken in blocks, one step for all of a block at a time, so that reads of different sources overlap.
// Cost: sources * (links + the shorter lists). Memory: the bits.
#pragma once

#include <optional>

#include "core/exec/operator/aggregate/core_counting.h"

namespace plexus::exec {

class ImagePairs {
 public:
  // Nothing if the core is no such cycle, its links are not flat, or counts might pass 63 bits.
  static std::optional<ImagePairs> of(const Worker& worker, const CoreGraph& graph);

  std::uint64_t total() const;
  // About how many relationships are met.
  double cost() const { return cost_; }

 private:
  // A link on the way, seen from where one comes, and the group that it leads to.
  struct Side {
    const LinkReader* link;
    std::size_t group;
    // Which of the nodes that it leads to count: all of them, once; those of a range, once; or by look-up.
    enum class Test : std::uint8_t { kNone, kRange, kLookup } test;
  };
  using Road = std::vector<Side>;
  // Sources with what is known of them; those that have no match are dropped.
  struct Block {
    std::vector<NodeId> first, second;  // where its roads have led so far
    std::vector<std::uint64_t> counts;
  };

  ImagePairs(const Worker& worker, const CoreGraph& graph) : worker_{&worker}, graph_{&graph} {}
  static std::optional<ImagePairs> from(const Worker& worker, const CoreGraph& graph, const Road& round);
  bool isBounded() const;
  void makeMatrix();
  static Side side(const CoreGraph& graph, const LinkReader& link, std::size_t group);
  void fill(std::size_t begin, std::size_t end, Block& block) const;
  void step(const Side& side, std::vector<NodeId>& at, Block& block) const;
  std::uint64_t joined(Block& block) const;
  std::uint64_t shared(const Block& block) const;

  const Worker* worker_;
  const CoreGraph* graph_;
  std::size_t source_ = 0;
  Road first_, second_;            // from the source to the ends
  Road rest_;                      // from the first end; from the second end to the same group where it has two links
  std::vector<NodeRange> ranges_;  // of the sources, where each counts once; or else
  const DenseCounts* dense_ = nullptr;
  NodeCounts list_;
  std::vector<Lookup> lookups_;  // by group
  double cost_ = 0;
  // Whether two ends are joined: a row of words for each first end. Empty: it is looked up.
  std::vector<std::uint64_t> bits_;
  NodeId rowLow_ = 0, columnLow_ = 0;
  std::size_t rows_ = 0, columns_ = 0, rowWords_ = 0;
};

}  // namespace plexus::exec
