// bench/patterns/pattern_maker.h: random pattern queries over the labels and relation types of a database.
//
// A pattern grows edge by edge along ways that the schema has; some edges close a cycle. Then come, each with some
// probability: a second MATCH for some of the edges, undirected and variable-length edges, filters on nodes, conditions
// between nodes, a negated pattern, and what is returned: a count, a distinct count, groups with or without a top 10,
// a least or greatest value, a sum of degrees. Equal seeds make equal queries.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "bench/patterns/schema.h"

namespace plexus::bench {

struct PatternQuery {
  std::string text;
  std::uint64_t touched = 0;  // relationships between the labels of the pattern's edges, edge by edge
  std::size_t edges = 0;
  bool cyclic = false, ordered = false;
};

class PatternMaker {
 public:
  PatternMaker(const std::vector<Way>& ways, std::uint64_t seed) : ways_{ways}, random_{seed} {}
  PatternQuery next();

 private:
  struct Edge {
    std::size_t from, to;  // nodes
    const Way* way;
    bool undirected = false;
    std::string length;  // "*1..2"
  };
  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>{0, n - 1}(random_); }
  bool chance(double p) { return std::bernoulli_distribution{p}(random_); }

  void grow();
  bool close();
  void soften();
  std::string node(std::size_t i, std::vector<bool>& shown) const;
  std::string matches();
  std::string edgeText(const Edge& edge, std::vector<bool>& shown) const;
  void filters(std::vector<std::string>& conditions);
  std::string returns(bool& ordered);

  const std::vector<Way>& ways_;
  std::mt19937_64 random_;
  // The pattern being made.
  std::vector<std::string> labels_;  // of its nodes n0, n1, ...
  std::vector<Edge> edges_;
};

}  // namespace plexus::bench
