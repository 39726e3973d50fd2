#include "tests/differential/comparison.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/bind/binder.h"
#include "core/parse/parser.h"
#include "core/plan/rewrite/passes.h"
#include "core/value/print.h"
#include "tests/differential/naive.h"

namespace plexus::test {
namespace {

constexpr std::uint64_t kMostSteps = 300'000;
constexpr std::size_t kMostRows = 20'000;

// A value so that those that may stand for each other read the same: 1 and 1.0, sums in another order, and in `bag`
// columns lists in another order.
std::string canonical(const Value& value, bool bag) {
  if (value.is(ValueKind::kFloat)) {
    const double d = value.floating();
    if (std::isnan(d)) return "NaN";
    return fmt::format("{:.10g}", d == 0 ? 0.0 : d);
  }
  if (value.is(ValueKind::kList)) {
    std::vector<std::string> elements;
    for (const Value& element : value.list()) elements.push_back(canonical(element, false));
    if (bag) std::sort(elements.begin(), elements.end());
    return fmt::format("[{}]", fmt::join(elements, ", "));
  }
  return toCypherText(value);
}

using Answer = std::vector<std::string>;  // a text a row

std::string canonicalRow(const std::vector<Value>& row, const std::vector<std::string>& columns) {
  std::string out;
  for (std::size_t i = 0; i < row.size(); ++i) {
    out += (i == 0 ? "" : " | ") + canonical(row[i], columns[i].starts_with("bag"));
  }
  return out;
}

std::string text(const Answer& answer) {
  constexpr std::size_t kShown = 12;
  std::string out = fmt::format("{} rows\n", answer.size());
  for (std::size_t i = 0; i < answer.size() && i < kShown; ++i) out += "  " + answer[i] + "\n";
  return out;
}

// The rows, or the error if it is one that the data may bring about.
struct Outcome {
  Answer answer;
  std::string error;
  bool broken = false;    // an error that must not be, whatever the data
  bool tooLarge = false;  // it ran into a limit
};

bool isOurFault(const Error& error) {
  return error.type() == ErrorType::kInternalError || error.type() == ErrorType::kCorruption;
}

Outcome ask(Connection& connection, const std::string& query, const Setting& setting, bool ordered) {
  QueryOptions& options = connection.options();
  options.disabledRewrites = setting.disabled;
  options.threads = setting.threads;
  options.batchRows = setting.batchRows;
  options.timeout = std::chrono::milliseconds{500};
  Outcome outcome;
  try {
    Result result = connection.run(query);
    for (const auto& row : result.rows()) outcome.answer.push_back(canonicalRow(row, result.columns()));
  } catch (const Error& error) {
    outcome.error = error.render(query);
    outcome.broken = isOurFault(error);
    outcome.tooLarge = error.type() == ErrorType::kLimitExceeded;
  } catch (const std::exception& error) {
    outcome.error = error.what();
    outcome.broken = true;
  }
  if (!ordered) std::sort(outcome.answer.begin(), outcome.answer.end());
  return outcome;
}

std::shared_ptr<const bind::BoundStatement> bound(const std::string& query, const catalog::Catalog& catalog) {
  const auto statement = parse::parse(query);
  bind::BindContext context;
  context.catalog = &catalog;
  return std::make_shared<bind::BoundStatement>(bind::bind(std::get<ast::Query>(statement->node), query, context));
}

}  // namespace

std::vector<Setting> allSettings() {
  const std::vector<std::string_view> names = plan::switches();
  const std::set<std::string> switches{names.begin(), names.end()};
  std::vector<Setting> settings{
      {"default", {}}, {"two workers", {}, 2, kBatchRows}, {"batches of 2, two workers", {}, 2, 2}};
  for (const auto& name : switches) settings.push_back({"without " + name, {name}, 1, 2});
  settings.push_back({"costliest hash joins", {"join-order", "message-aggregate", "intersect"}, 2, kBatchRows});
  settings.push_back({"plain", switches, 1, 2});
  return settings;
}

Subject::Subject(const GraphSpec& graph) : connection_{Database::inMemory()->connect()} {
  for (const auto& statement : graph.statements()) connection_->run(statement).drain();
  model_ = GraphModel::read(connection_->view());
}

Comparison Subject::compare(const std::string& query, bool ordered) {
  const storage::GraphView view = connection_->view();
  Answer expected;
  std::string failure;
  try {
    const auto statement = bound(query, catalog::Catalog::of(view));
    std::vector<std::string> columns;
    for (const auto& column : statement->query.columns) columns.push_back(column.name);
    function::FunctionContext functions;
    functions.view = &view;
    try {
      for (const auto& row : Naive{*statement, model_, functions, kMostSteps}.run()) {
        expected.push_back(canonicalRow(row, columns));
      }
    } catch (const Error& error) {
      failure = error.render(query);
    }
  } catch (const Error& error) {
    return {Verdict::kInvalid, error.render(query)};
  } catch (const NotModelled& refusal) {
    return {Verdict::kInvalid, refusal.what()};
  } catch (const TooMuchWork&) {
    return {Verdict::kTooLarge, {}};
  }
  if (expected.size() > kMostRows) return {Verdict::kTooLarge, {}};
  if (!ordered) std::sort(expected.begin(), expected.end());
  Comparison result;
  for (const Setting& setting : allSettings()) {
    const Outcome outcome = ask(*connection_, query, setting, ordered);
    const std::string head = setting.name + ":\n";
    if (outcome.broken) return {Verdict::kDiffers, head + outcome.error};
    if (outcome.tooLarge) return {Verdict::kTooLarge, {}};
    if (!failure.empty() || !outcome.error.empty()) {
      result = {Verdict::kFails, failure.empty() ? head + outcome.error : failure};
    } else if (outcome.answer != expected) {
      return {Verdict::kDiffers, head + text(outcome.answer) + "instead of " + text(expected)};
    }
  }
  return result;
}

namespace {

bool differs(const GraphSpec& graph, const QuerySpec& query) {
  try {
    return Subject{graph}.compare(query.text.text(), query.ordered).verdict == Verdict::kDiffers;
  } catch (const Error&) {
    return false;  // a graph that cannot be made
  }
}

bool reduceQuery(const GraphSpec& graph, QuerySpec& query) {
  std::vector<Piece> candidates;
  query.text.reductions([&](const Piece& less) { candidates.push_back(less); });
  for (const Piece& less : candidates) {
    const QuerySpec smaller{less, query.ordered};
    if (!differs(graph, smaller)) continue;
    query = smaller;
    return true;
  }
  return false;
}

template <typename T, typename After>
bool reduceList(GraphSpec& graph, const QuerySpec& query, std::vector<T> GraphSpec::*list, const After& after) {
  for (std::size_t i = (graph.*list).size(); i-- > 0;) {
    GraphSpec smaller = graph;
    (smaller.*list).erase((smaller.*list).begin() + static_cast<std::ptrdiff_t>(i));
    after(smaller, i);
    if (!differs(smaller, query)) continue;
    graph = smaller;
    return true;
  }
  return false;
}

void dropNode(GraphSpec& graph, std::size_t node) {
  std::erase_if(graph.edges, [&](const GraphSpec::Edge& e) { return e.from == node || e.to == node; });
  for (auto& edge : graph.edges) {
    edge.from -= edge.from > node ? 1 : 0;
    edge.to -= edge.to > node ? 1 : 0;
  }
}

bool reduceGraph(GraphSpec& graph, const QuerySpec& query) {
  GraphSpec committed = graph;
  committed.committed = graph.edges.size();
  if (graph.committed < graph.edges.size() && differs(committed, query)) {
    graph = committed;
    return true;
  }
  const auto nothing = [](GraphSpec&, std::size_t) {};
  return reduceList(graph, query, &GraphSpec::schema, nothing) ||
         reduceList(graph, query, &GraphSpec::nodes, dropNode) || reduceList(graph, query, &GraphSpec::edges, nothing);
}

// Labels and properties, but for the key that names the node.
template <typename Element>
bool reduceElements(GraphSpec& graph, const QuerySpec& query, std::vector<Element> GraphSpec::*list) {
  for (std::size_t i = 0; i < (graph.*list).size(); ++i) {
    const auto properties = (graph.*list)[i].properties;
    for (std::size_t p = properties.size(); p-- > 0;) {
      if (properties[p].first == "k") continue;
      GraphSpec smaller = graph;
      auto& less = (smaller.*list)[i].properties;
      less.erase(less.begin() + static_cast<std::ptrdiff_t>(p));
      if (!differs(smaller, query)) continue;
      graph = smaller;
      return true;
    }
  }
  return false;
}

}  // namespace

std::string minimised(GraphSpec graph, QuerySpec query) {
  while (reduceQuery(graph, query) || reduceGraph(graph, query) || reduceElements(graph, query, &GraphSpec::nodes) ||
         reduceElements(graph, query, &GraphSpec::edges)) {
  }
  std::string out;
  for (const auto& statement : graph.statements()) out += statement + ";\n";
  const std::string text = query.text.text();
  return out + text + ";\n" + Subject{graph}.compare(text, query.ordered).report;
}

}  // namespace plexus::test
