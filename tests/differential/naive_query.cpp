#include <algorithm>

#include "core/base/error.h"
#include "core/function/registry.h"
#include "core/value/compare.h"
#include "tests/differential/matcher.h"
#include "tests/differential/naive.h"

namespace plexus::test {
namespace {

bool sameRow(const std::vector<Value>& a, const std::vector<Value>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), equivalent);
}

// Keeps the first of those rows whose keys are equivalent.
std::vector<Row> distinct(const std::vector<Row>& rows, const std::function<std::vector<Value>(const Row&)>& keyOf) {
  std::vector<std::vector<Value>> seen;
  std::vector<Row> out;
  for (const Row& row : rows) {
    std::vector<Value> key = keyOf(row);
    if (std::any_of(seen.begin(), seen.end(), [&](const auto& other) { return sameRow(key, other); })) continue;
    seen.push_back(std::move(key));
    out.push_back(row);
  }
  return out;
}

std::vector<Value> valuesOf(const Row& row, const std::vector<VariableId>& variables) {
  std::vector<Value> out;
  for (const VariableId v : variables) out.push_back(row[v]);
  return out;
}

}  // namespace

std::vector<std::vector<Value>> Naive::run() {
  std::vector<VariableId> columns;
  for (const auto& column : statement_.query.columns) columns.push_back(column.variable);
  std::vector<std::vector<Value>> out;
  for (const Row& row : query(statement_.query, Row(statement_.variables.size()))) {
    out.push_back(valuesOf(row, columns));
  }
  return out;
}

std::vector<Row> Naive::query(const bind::BoundQuery& query, const Row& outer) {
  std::vector<VariableId> columns;
  for (const auto& column : query.columns) columns.push_back(column.variable);
  std::vector<Row> out;
  for (std::size_t i = 0; i < query.parts.size(); ++i) {
    for (Row& row : clauses(query.parts[i], outer)) {
      const std::vector<Value> values = valuesOf(row, query.parts[i].outputs);
      for (std::size_t c = 0; c < values.size(); ++c) row[columns[c]] = values[c];
      out.push_back(std::move(row));
    }
    if (i > 0 && !query.unionAll[i - 1]) {
      out = distinct(out, [&](const Row& row) { return valuesOf(row, columns); });
    }
  }
  return out;
}

std::vector<Row> Naive::clauses(const bind::BoundSingleQuery& part, const Row& outer) {
  std::vector<Row> rows{outer};
  for (const auto& clause : part.clauses) rows = apply(clause, outer, std::move(rows));
  return rows;
}

std::vector<Row> Naive::apply(const bind::BoundClause& clause, const Row& outer, std::vector<Row> rows) {
  if (const auto* node = std::get_if<bind::BoundMatch>(&clause.node)) return match(*node, rows);
  if (const auto* node = std::get_if<bind::BoundUnwind>(&clause.node)) return unwind(*node, rows);
  if (const auto* node = std::get_if<bind::BoundCallSubquery>(&clause.node)) return call(*node, rows);
  if (const auto* node = std::get_if<bind::BoundProjection>(&clause.node)) {
    return project(*node, outer, std::move(rows));
  }
  throw NotModelled{"a clause of this kind"};
}

std::vector<Row> Naive::match(const bind::BoundMatch& match, const std::vector<Row>& rows) {
  std::vector<Row> out;
  for (const Row& row : rows) {
    std::vector<Row> found = Matcher{*this, match.graph}.all(row);
    if (found.empty() && match.optional) found.push_back(row);
    out.insert(out.end(), found.begin(), found.end());
  }
  return out;
}

std::vector<Row> Naive::unwind(const bind::BoundUnwind& unwind, const std::vector<Row>& rows) {
  std::vector<Row> out;
  for (Row row : rows) {
    const Value list = evaluate(*unwind.list, row);
    if (list.isNull()) continue;
    if (!list.is(ValueKind::kList)) throw NotModelled{"UNWIND of what is no list"};
    for (const Value& element : list.list()) {
      row[unwind.variable] = element;
      out.push_back(row);
    }
  }
  return out;
}

std::vector<Row> Naive::call(const bind::BoundCallSubquery& call, const std::vector<Row>& rows) {
  std::vector<Row> out;
  for (const Row& row : rows) {
    const std::vector<Row> inner = query(*call.query, row);
    if (!call.returns || (inner.empty() && call.optional)) {
      out.push_back(row);
    } else {
      out.insert(out.end(), inner.begin(), inner.end());
    }
  }
  return out;
}

std::vector<Row> Naive::project(const bind::BoundProjection& projection, const Row& outer, std::vector<Row> rows) {
  if (projection.aggregating) rows = group(projection, outer, std::move(rows));
  for (Row& row : rows) {
    const Row before = row;
    const auto compute = [&](const bind::ProjectionItem& item) {
      Row scratch = before;
      row[item.variable] = evaluate(*item.expression, scratch);
    };
    for (const auto& item : projection.items) compute(item);
    for (const auto& item : projection.hidden) compute(item);
  }
  if (projection.distinct) {
    rows = distinct(rows, [&](const Row& row) {
      std::vector<Value> key;
      for (const auto& item : projection.items) key.push_back(row[item.variable]);
      return key;
    });
  }
  if (!projection.orderBy.empty()) {
    std::stable_sort(rows.begin(), rows.end(), [&](Row a, Row b) {
      for (const auto& key : projection.orderBy) {
        const auto cmp = order(evaluate(*key.expression, a), evaluate(*key.expression, b));
        if (cmp != 0) return key.descending ? cmp > 0 : cmp < 0;
      }
      return false;
    });
  }
  if (projection.skip)
    rows.erase(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(
                                                std::min<std::uint64_t>(rows.size(), count(projection.skip, outer))));
  if (projection.limit) rows.resize(std::min<std::uint64_t>(rows.size(), count(projection.limit, outer)));
  if (projection.where) std::erase_if(rows, [&](Row& row) { return !holds(projection.where, row); });
  return rows;
}

std::uint64_t Naive::count(const bind::ExpressionPtr& expression, Row row) {
  const Value value = evaluate(*expression, row);
  if (!value.is(ValueKind::kInteger) || value.integer() < 0) throw NotModelled{"SKIP or LIMIT by anything else"};
  return static_cast<std::uint64_t>(value.integer());
}

std::vector<Row> Naive::group(const bind::BoundProjection& projection, const Row& outer, std::vector<Row> rows) {
  std::vector<VariableId> keys;
  for (const auto& key : projection.groupBy) keys.push_back(key.variable);
  for (Row& row : rows) {
    const Row before = row;
    for (const auto& key : projection.groupBy) {
      Row scratch = before;
      row[key.variable] = evaluate(*key.expression, scratch);
    }
  }
  std::vector<Row> out = distinct(rows, [&](const Row& row) { return valuesOf(row, keys); });
  if (keys.empty()) out = {rows.empty() ? outer : rows.front()};
  for (Row& representative : out) {
    std::vector<Row> members;
    for (const Row& row : rows) {
      if (sameRow(valuesOf(row, keys), valuesOf(representative, keys))) members.push_back(row);
    }
    std::vector<Value> results;
    for (const auto& each : projection.aggregates) results.push_back(aggregate(each, members));
    for (std::size_t i = 0; i < results.size(); ++i) representative[projection.aggregates[i].variable] = results[i];
  }
  return out;
}

Value Naive::aggregate(const bind::BoundAggregate& aggregate, std::vector<Row>& rows) {
  if (!aggregate.function) return static_cast<std::int64_t>(rows.size());
  const auto state = aggregate.function->make();
  std::vector<std::vector<Value>> seen;
  for (Row& row : rows) {
    std::vector<Value> arguments;
    for (const auto& argument : aggregate.arguments) arguments.push_back(evaluate(*argument, row));
    if (aggregate.distinct) {
      if (std::any_of(seen.begin(), seen.end(), [&](const auto& other) { return sameRow(arguments, other); })) continue;
      seen.push_back(arguments);
    }
    state->add(arguments, 1);
  }
  return state->finish();
}

}  // namespace plexus::test
