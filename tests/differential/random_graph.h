// tests/differential/random_graph.h: small graphs with what makes trouble: loops, parallel relationships, several
// labels or none, properties that are missing, of mixed types, NaN; sometimes indexes, sometimes a part not yet
// committed.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/api/database.h"
#include "tests/differential/random.h"

namespace plexus::test {

struct GraphSpec {
  using Properties = std::vector<std::pair<std::string, std::string>>;  // key, literal
  struct Node {
    std::vector<std::string> labels;
    Properties properties;  // `k`, unique, is the first
  };
  struct Edge {
    std::size_t from, to;
    std::string type;
    Properties properties;
  };
  std::vector<Node> nodes;
  std::vector<Edge> edges;
  std::vector<std::string> schema;  // statements that come first
  std::size_t committed = 0;        // edges from this one on are made in a transaction that stays open

  static GraphSpec make(Random& random);
  // Statements that make it, in order; BEGIN among them.
  std::vector<std::string> statements() const;
};

// Nodes have `k` and often `i`, `s`, `m`; relationships often `w`, `m`.
inline const std::vector<std::string> kLabels{"A", "B", "C"};
inline const std::vector<std::string> kTypes{"R", "S", "T"};

}  // namespace plexus::test
