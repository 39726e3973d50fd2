#include "bench/patterns/pattern_maker.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace plexus::bench {

// One more edge, to a new node.
void PatternMaker::grow() {
  std::vector<std::pair<const Way*, bool>> choices;  // and whether it leaves the node
  const std::size_t at = below(labels_.size());
  for (const Way& way : ways_) {
    if (way.from == labels_[at]) choices.emplace_back(&way, true);
    if (way.to == labels_[at]) choices.emplace_back(&way, false);
  }
  const auto [way, leaves] = choices[below(choices.size())];
  labels_.push_back(leaves ? way->to : way->from);
  const std::size_t added = labels_.size() - 1;
  edges_.push_back({leaves ? at : added, leaves ? added : at, way, false, ""});
}

// One more edge between nodes that are there, if the schema has one.
bool PatternMaker::close() {
  std::vector<Edge> choices;
  for (std::size_t a = 0; a < labels_.size(); ++a) {
    for (std::size_t b = 0; b < labels_.size(); ++b) {
      if (a == b) continue;
      for (const Way& way : ways_) {
        if (way.from == labels_[a] && way.to == labels_[b]) choices.push_back({a, b, &way, false, ""});
      }
    }
  }
  if (choices.empty()) return false;
  edges_.push_back(choices[below(choices.size())]);
  return true;
}

// Directions that do not matter, lengths that vary.
void PatternMaker::soften() {
  for (Edge& edge : edges_) {
    if (edge.way->from != edge.way->to) continue;
    edge.undirected = chance(0.5);
    if (chance(0.15)) edge.length = chance(0.5) ? "*1..2" : "*2..2";
  }
}

std::string PatternMaker::node(std::size_t i, std::vector<bool>& shown) const {
  if (shown[i]) return fmt::format("(n{})", i);
  shown[i] = true;
  return fmt::format("(n{}:{})", i, labels_[i]);
}

std::string PatternMaker::edgeText(const Edge& edge, std::vector<bool>& shown) const {
  const std::string from = node(edge.from, shown), to = node(edge.to, shown);
  return fmt::format("{}-[:{}{}]-{}{}", from, edge.way->type, edge.length, edge.undirected ? "" : ">", to);
}

// Edges in an order in which each meets one before it; sometimes in two clauses.
std::string PatternMaker::matches() {
  std::vector<bool> shown(labels_.size(), false);
  const std::size_t second = chance(0.25) ? below(edges_.size()) : 0;  // 0: one clause
  std::string text = "MATCH ";
  for (std::size_t i = 0; i < edges_.size(); ++i) {
    if (i > 0) text += i == second ? " MATCH " : ", ";
    text += edgeText(edges_[i], shown);
  }
  return text;
}

void PatternMaker::filters(std::vector<std::string>& conditions) {
  static constexpr std::array kTests = {
      "{}.name STARTS WITH 'S'",         "{}.name CONTAINS 'in'",           "{}.name < 'D'",
      "{}.name > 'N' AND {}.name < 'S'", "toLower({}.name) CONTAINS 'ase'", "size({}.name) > 12"};
  while (chance(0.35)) {
    const std::string n = fmt::format("n{}", below(labels_.size()));
    std::string test = kTests[below(kTests.size())];
    for (std::size_t at; (at = test.find("{}")) != std::string::npos;) test.replace(at, 2, n);
    conditions.push_back(test);
  }
  for (std::size_t a = 0; a < labels_.size(); ++a) {
    for (std::size_t b = a + 1; b < labels_.size(); ++b) {
      if (labels_[a] != labels_[b] || !chance(0.25)) continue;
      conditions.push_back(chance(0.5) ? fmt::format("n{} <> n{}", a, b) : fmt::format("n{}.id < n{}.id", a, b));
    }
  }
  if (!chance(0.15)) return;
  const Edge& edge = edges_[below(edges_.size())];
  for (std::size_t b = 0; b < labels_.size(); ++b) {
    if (b == edge.to || b == edge.from || labels_[b] != labels_[edge.to]) continue;
    conditions.push_back(fmt::format("NOT (n{})-[:{}]->(n{})", edge.from, edge.way->type, b));
    return;
  }
}

std::string PatternMaker::returns(bool& ordered) {
  const auto any = [&] { return fmt::format("n{}", below(labels_.size())); };
  const Edge& edge = edges_[below(edges_.size())];
  ordered = false;
  switch (below(9)) {
    case 0:
    case 1:
      return "count(*) AS n";
    case 2:
      return fmt::format("count(DISTINCT {}) AS n", any());
    case 3:
      ordered = true;
      return fmt::format("{}.id AS id, count(*) AS n ORDER BY n DESC, id LIMIT 10", any());
    case 4: {
      ordered = true;
      return fmt::format("{}.id AS a, {}.id AS b, count(*) AS n ORDER BY n DESC, a, b LIMIT 10", any(), any());
    }
    case 5:
      return fmt::format("{}.name AS name, count(*) AS n", any());
    case 6:
      return fmt::format("min({}.name) AS low, max({}.name) AS high, count(*) AS n", any(), any());
    case 7:
      return fmt::format("sum(COUNT {{ (n{})-[:{}]->() }}) AS s", edge.from, edge.way->type);
    default:
      return fmt::format("{}.id AS id, count(DISTINCT {}) AS n", any(), any());
  }
}

PatternQuery PatternMaker::next() {
  labels_ = {chance(0.5) ? ways_[below(ways_.size())].from : ways_[below(ways_.size())].to};
  edges_.clear();
  const std::size_t tree = 1 + below(4);
  while (edges_.size() < tree) grow();
  PatternQuery query;
  while (chance(0.3) && close()) query.cyclic = true;
  soften();
  query.text = matches();
  std::vector<std::string> conditions;
  filters(conditions);
  if (!conditions.empty()) query.text += fmt::format(" WHERE {}", fmt::join(conditions, " AND "));
  query.text += " RETURN " + returns(query.ordered);
  query.edges = edges_.size();
  for (const Edge& edge : edges_) query.touched += edge.way->relationships;
  return query;
}

}  // namespace plexus::bench
