#include <algorithm>

#include <fmt/format.h>

#include "core/plan/planner.h"

namespace plexus::plan {

namespace {

struct Line {
  std::string op, details, rows;
};

std::string rowsText(double rows) {
  if (rows < 9.95) return fmt::format("{:.1f}", rows);
  if (rows < 1e9) return fmt::format("{:.0f}", rows);
  return fmt::format("{:.1e}", rows);
}

// The first child goes on below its parent; others are indented, each with a line of its own down to it.
void addLines(const LogicalOperator& op, const std::string& indent, const std::vector<bind::VariableInfo>& variables,
              std::vector<Line>& out) {
  out.push_back({indent + op.name(), op.details(variables), rowsText(op.estimatedRows)});
  for (std::size_t i = op.children.size(); i > 1; --i) {
    addLines(*op.children[i - 1], indent + "| ", variables, out);
  }
  if (!op.children.empty()) addLines(*op.children[0], indent, variables, out);
}

std::size_t width(const std::string& s) {
  return static_cast<std::size_t>(
      std::count_if(s.begin(), s.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string padded(const std::string& s, std::size_t to) { return s + std::string(to - std::min(to, width(s)), ' '); }

}  // namespace

std::string LogicalPlan::explain() const {
  std::vector<Line> lines{{"Operator", "Details", "Rows"}};
  addLines(*root, "", statement->variables, lines);
  std::vector<const bind::Subquery*> order;
  for (const auto& [subquery, plan] : subqueries) order.push_back(subquery);
  std::sort(order.begin(), order.end(), [](const auto* a, const auto* b) { return a->span.begin < b->span.begin; });
  for (const auto* subquery : order) {
    static constexpr const char* kKinds[] = {"EXISTS", "COUNT", "COLLECT", "FIRST"};
    lines.push_back({fmt::format("{} subquery", kKinds[static_cast<std::size_t>(subquery->subquery)]), "", ""});
    addLines(*subqueries.at(subquery), "  ", statement->variables, lines);
  }
  std::size_t first = 0, last = 0;
  for (const auto& line : lines) {
    first = std::max(first, width(line.op));
    last = std::max(last, width(line.rows));
  }
  std::string out;
  for (const auto& line : lines) {
    out += fmt::format("{}  {}{}  {}", padded(line.op, first), std::string(last - width(line.rows), ' '), line.rows,
                       line.details);
    out.erase(out.find_last_not_of(' ') + 1);
    out += '\n';
  }
  return out;
}

}  // namespace plexus::plan
