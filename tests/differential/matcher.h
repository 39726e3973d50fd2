// tests/differential/matcher.h: all matches of one pattern graph, by nested loops.
#pragma once

#include <functional>
#include <vector>

#include "tests/differential/naive.h"

namespace plexus::test {

class Matcher {
 public:
  Matcher(Naive& naive, const bind::PatternGraph& graph) : naive_{naive}, graph_{graph} {}

  // The row with the pattern's variables set, once a match.
  std::vector<Row> all(const Row& row);

 private:
  // A match so far. `used` are the relationships that others must differ from; `walked` those of each quantified part.
  struct Partial {
    Row row;
    std::vector<bool> has;  // nodes of the graph
    std::vector<Relationship> used;
    std::vector<std::vector<Relationship>> walked;
  };
  using Then = std::function<void(const Partial&)>;
  // What is to be matched: a whole MATCH without its shortest paths, or one candidate for a shortest path.
  struct Part {
    std::vector<bool> nodes, relationships, quantified;
    std::vector<bind::PatternPath> paths;
    std::vector<bind::ExpressionPtr> predicates;
  };

  Part wholePart() const;
  Part candidates(const bind::ShortestPath& shortest) const;
  Partial start(const Row& row) const;

  // Each calls `then` for every way to go on from `partial`, starting with element number `i`.
  void matchRelationships(const Part& part, std::size_t i, const Partial& partial, const Then& then);
  void matchNodes(const Part& part, std::size_t i, const Partial& partial, const Then& then);
  void matchLists(const Part& part, std::size_t i, const Partial& partial, const Then& then);
  void matchQuantified(const Part& part, std::size_t i, const Partial& partial, const Then& then);
  void matchShortest(std::size_t i, const Partial& partial, const Then& then);
  void check(const std::vector<bind::PatternPath>& paths, const std::vector<bind::ExpressionPtr>& predicates,
             const Partial& partial, const Then& then);

  void walk(const bind::PatternRelationship& r, NodeId at, std::vector<Relationship> trail, const Partial& partial,
            const Then& then);
  void repeat(const bind::QuantifiedPattern& q, std::size_t index, NodeId at, std::vector<Row> repetitions,
              const Partial& partial, const Then& then);

  bool setNode(Partial& partial, std::size_t node, NodeId id);
  bool free(const Partial& partial, const Relationship& r) const;
  NodeId nodeAt(const Partial& partial, std::size_t node) const;
  Path pathOf(const bind::PatternPath& path, const Partial& partial) const;

  Naive& naive_;
  const bind::PatternGraph& graph_;
};

}  // namespace plexus::test
