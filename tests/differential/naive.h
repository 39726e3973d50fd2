// tests/differential/naive.h: what a bound query means, by the shortest way of saying it: rows are copied, patterns are
// matched by nested loops over all nodes and relationships, nothing is planned, shared or skipped.
//
// It knows the binder's output, core/value and the dynamic kernels of core/function; nothing of core/plan or core/exec.
// Exponential in the size of the pattern. Not modelled, and refused with NotModelled: writes, LOAD CSV, procedures,
// type predicates, dynamic labels.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/bind/bound_query.h"
#include "core/function/context.h"
#include "tests/differential/graph_model.h"

namespace plexus::test {

using bind::VariableId;

// Values of all variables of the statement by VariableId; null where there is none yet.
using Row = std::vector<Value>;

struct NotModelled : std::runtime_error {
  using runtime_error::runtime_error;
};
// More steps than allowed: the case is too large for this evaluator.
struct TooMuchWork : std::runtime_error {
  using runtime_error::runtime_error;
};

class Naive {
 public:
  Naive(const bind::BoundStatement& statement, const GraphModel& graph, function::FunctionContext& functions,
        std::uint64_t steps)
      : statement_{statement}, graph_{graph}, functions_{functions}, stepsLeft_{steps} {}

  // The columns of all rows, in order where the query orders them. Throws Error as the engine does at run time.
  std::vector<std::vector<Value>> run();

 private:
  // naive_query.cpp
  std::vector<Row> query(const bind::BoundQuery& query, const Row& outer);
  std::vector<Row> clauses(const bind::BoundSingleQuery& part, const Row& outer);
  std::vector<Row> apply(const bind::BoundClause& clause, const Row& outer, std::vector<Row> rows);
  std::vector<Row> match(const bind::BoundMatch& match, const std::vector<Row>& rows);
  std::vector<Row> unwind(const bind::BoundUnwind& unwind, const std::vector<Row>& rows);
  std::vector<Row> call(const bind::BoundCallSubquery& call, const std::vector<Row>& rows);
  std::vector<Row> project(const bind::BoundProjection& projection, const Row& outer, std::vector<Row> rows);
  std::vector<Row> group(const bind::BoundProjection& projection, const Row& outer, std::vector<Row> rows);
  Value aggregate(const bind::BoundAggregate& aggregate, std::vector<Row>& rows);
  std::uint64_t count(const bind::ExpressionPtr& expression, Row row);

  // naive_expression.cpp
  Value evaluate(const bind::BoundExpression& expression, Row& row);
  Value evaluateProperty(const bind::Property& property, Row& row);
  Value evaluateLabels(const bind::LabelCheck& check, Row& row);
  Value evaluateMap(const bind::MapExpression& map, Row& row);
  Value evaluateCase(const bind::Case& choice, Row& row);
  Value evaluateComprehension(const bind::ListComprehension& comprehension, Row& row);
  Value evaluateQuantifier(const bind::Quantifier& quantifier, Row& row);
  Value evaluateReduce(const bind::Reduce& reduce, Row& row);
  Value evaluateSubquery(const bind::Subquery& subquery, Row& row);
  bool holds(const bind::ExpressionPtr& condition, Row& row) { return evaluate(*condition, row).isTrue(); }
  static bool satisfies(const std::vector<std::string>& names, const bind::LabelsPtr& labels);

  // naive_match.cpp
  friend class Matcher;

  void step() {
    if (stepsLeft_-- == 0) throw TooMuchWork{"too many steps"};
  }

  const bind::BoundStatement& statement_;
  const GraphModel& graph_;
  function::FunctionContext& functions_;
  std::uint64_t stepsLeft_;
};

}  // namespace plexus::test
