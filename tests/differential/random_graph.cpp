#include "tests/differential/random_graph.h"

#include <algorithm>

namespace plexus::test {
namespace {

std::string mixed(Random& random) {
  return random.of({"1", "2", "1.0", "2.5", "'a'", "'b'", "''", "true", "false", "[1, 2]", "[]", "0.0 / 0.0",
                    "date('2024-02-29')", "duration('P1D')", "[1, 2.5]", "'1'", "point({x: 1, y: 2})"});
}

GraphSpec::Properties nodeProperties(Random& random, std::size_t number) {
  GraphSpec::Properties out{{"k", std::to_string(number)}};
  if (random.chance(75)) out.emplace_back("i", std::to_string(random.between(0, 3)));
  if (random.chance(60)) out.emplace_back("s", random.of({"'a'", "'b'", "'ab'", "''", "'B'"}));
  if (random.chance(50)) out.emplace_back("m", mixed(random));
  return out;
}

GraphSpec::Properties edgeProperties(Random& random) {
  GraphSpec::Properties out;
  if (random.chance(70)) out.emplace_back("w", std::to_string(random.between(0, 3)));
  if (random.chance(30)) out.emplace_back("m", mixed(random));
  return out;
}

std::string text(const GraphSpec::Properties& properties) {
  std::string out;
  for (const auto& [key, literal] : properties) out += (out.empty() ? " {" : ", ") + key + ": " + literal;
  return out.empty() ? out : out + "}";
}

std::string text(const GraphSpec::Edge& edge) { return "-[:" + edge.type + text(edge.properties) + "]->"; }

std::string nodeName(std::size_t i) { return "n" + std::to_string(i); }

}  // namespace

GraphSpec GraphSpec::make(Random& random) {
  GraphSpec graph;
  const std::size_t nodes = random.chance(4) ? 0 : 1 + random.below(8);
  for (std::size_t i = 0; i < nodes; ++i) {
    Node node;
    for (const auto& label : kLabels) {
      if (random.chance(45)) node.labels.push_back(label);
    }
    node.properties = nodeProperties(random, i);
    graph.nodes.push_back(std::move(node));
  }
  const std::size_t edges = nodes == 0 ? 0 : random.below(15);
  for (std::size_t i = 0; i < edges; ++i) {
    Edge edge{random.below(nodes), random.below(nodes), random.chance(50) ? "R" : random.of(kTypes), {}};
    if (random.chance(10)) edge.to = edge.from;
    if (i > 0 && random.chance(15)) edge = graph.edges.back();  // a parallel one
    edge.properties = edgeProperties(random);
    graph.edges.push_back(std::move(edge));
  }
  graph.committed = random.chance(20) ? random.below(edges + 1) : edges;
  if (random.chance(25)) graph.schema.emplace_back("CREATE INDEX FOR (n:A) ON (n.i)");
  if (random.chance(15)) graph.schema.emplace_back("CREATE INDEX FOR (n:B) ON (n.m)");
  if (random.chance(15)) graph.schema.emplace_back("CREATE INDEX FOR (n:B) ON (n.s)");
  if (random.chance(15)) graph.schema.emplace_back("CREATE INDEX FOR (n:C) ON (n.i, n.s)");
  if (random.chance(15)) graph.schema.emplace_back("CREATE INDEX FOR ()-[r:R]-() ON (r.w)");
  if (random.chance(15)) graph.schema.emplace_back("CREATE CONSTRAINT FOR (n:A) REQUIRE n.k IS UNIQUE");
  return graph;
}

std::vector<std::string> GraphSpec::statements() const {
  std::vector<std::string> out = schema;
  std::string create;
  const auto add = [&](const std::string& element) { create += (create.empty() ? "CREATE " : ", ") + element; };
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    std::string labels;
    for (const auto& label : nodes[i].labels) labels += ":" + label;
    add("(" + nodeName(i) + labels + text(nodes[i].properties) + ")");
  }
  const std::size_t early = std::min(committed, edges.size());
  for (std::size_t i = 0; i < early; ++i) {
    add("(" + nodeName(edges[i].from) + ")" + text(edges[i]) + "(" + nodeName(edges[i].to) + ")");
  }
  if (!create.empty()) out.push_back(create);
  if (early == edges.size()) return out;
  out.emplace_back("BEGIN");
  for (std::size_t i = early; i < edges.size(); ++i) {
    out.push_back("MATCH (a {k: " + std::to_string(edges[i].from) + "}), (b {k: " + std::to_string(edges[i].to) +
                  "}) CREATE (a)" + text(edges[i]) + "(b)");
  }
  return out;
}

}  // namespace plexus::test
