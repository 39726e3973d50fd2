#include "core/base/error.h"
#include "core/function/access.h"
#include "core/function/registry.h"
#include "core/value/compare.h"
#include "tests/differential/naive.h"

namespace plexus::test {

using bind::BoundKind;
using bind::BoundLabels;

Value Naive::evaluate(const bind::BoundExpression& expression, Row& row) {
  step();
  switch (expression.kind()) {
    case BoundKind::kConstant:
      return expression.as<bind::Constant>().value;
    case BoundKind::kVariable:
      return row[expression.as<bind::Variable>().variable];
    case BoundKind::kProperty:
      return evaluateProperty(expression.as<bind::Property>(), row);
    case BoundKind::kFunction: {
      const auto& call = expression.as<bind::Function>();
      std::vector<Value> arguments;
      for (const auto& argument : call.arguments) arguments.push_back(evaluate(*argument, row));
      return function::call(*call.function, functions_, arguments);
    }
    case BoundKind::kLabelCheck:
      return evaluateLabels(expression.as<bind::LabelCheck>(), row);
    case BoundKind::kList: {
      List list;
      for (const auto& element : expression.as<bind::ListExpression>().elements) {
        list.push_back(evaluate(*element, row));
      }
      return list;
    }
    case BoundKind::kMap:
      return evaluateMap(expression.as<bind::MapExpression>(), row);
    case BoundKind::kCase:
      return evaluateCase(expression.as<bind::Case>(), row);
    case BoundKind::kListComprehension:
      return evaluateComprehension(expression.as<bind::ListComprehension>(), row);
    case BoundKind::kQuantifier:
      return evaluateQuantifier(expression.as<bind::Quantifier>(), row);
    case BoundKind::kReduce:
      return evaluateReduce(expression.as<bind::Reduce>(), row);
    case BoundKind::kSubquery:
      return evaluateSubquery(expression.as<bind::Subquery>(), row);
    case BoundKind::kParameter:
    case BoundKind::kTypeCheck:
      break;
  }
  throw NotModelled{"an expression of this kind"};
}

Value Naive::evaluateProperty(const bind::Property& property, Row& row) {
  const Value base = evaluate(*property.base, row);
  if (base.is(ValueKind::kNode)) return graph_.property(base.node(), property.key);
  if (base.is(ValueKind::kRelationship)) return graph_.property(base.relationship(), property.key);
  return function::property(functions_, base, property.key);
}

bool Naive::satisfies(const std::vector<std::string>& names, const bind::LabelsPtr& labels) {
  if (!labels) return true;
  const auto operand = [&](std::size_t i) { return satisfies(names, labels->operands[i]); };
  switch (labels->kind) {
    case BoundLabels::Kind::kName:
      for (const auto& name : names) {
        if (name == labels->name) return true;
      }
      return false;
    case BoundLabels::Kind::kAnd:
      for (std::size_t i = 0; i < labels->operands.size(); ++i) {
        if (!operand(i)) return false;
      }
      return true;
    case BoundLabels::Kind::kOr:
      for (std::size_t i = 0; i < labels->operands.size(); ++i) {
        if (operand(i)) return true;
      }
      return false;
    case BoundLabels::Kind::kNot:
      return !operand(0);
    case BoundLabels::Kind::kAny:
      return !names.empty();
    case BoundLabels::Kind::kDynamic:
      break;
  }
  throw NotModelled{"dynamic labels"};
}

Value Naive::evaluateLabels(const bind::LabelCheck& check, Row& row) {
  const Value value = evaluate(*check.operand, row);
  if (value.is(ValueKind::kNode)) return satisfies(graph_.node(value.node()).labels, check.labels);
  if (value.is(ValueKind::kRelationship)) return satisfies({graph_.edge(value.relationship()).type}, check.labels);
  if (value.isNull()) return {};
  throwRuntime(ErrorType::kTypeError, "InvalidArgumentType", "labels of something else");
}

Value Naive::evaluateMap(const bind::MapExpression& map, Row& row) {
  Map out;
  for (std::size_t i = 0; i < map.entries.size(); ++i) {
    const Value value = evaluate(*map.entries[i].second, row);
    if (!map.isAll[i]) {
      out.set(map.entries[i].first, value);
      continue;
    }
    const Value all = function::properties(functions_, value);
    if (all.isNull()) continue;
    for (const auto& [key, entry] : all.map().entries()) out.set(key, entry);
  }
  return out;
}

Value Naive::evaluateCase(const bind::Case& choice, Row& row) {
  if (choice.subject) row[choice.subjectVariable] = evaluate(*choice.subject, row);
  for (const auto& [condition, result] : choice.branches) {
    if (holds(condition, row)) return evaluate(*result, row);
  }
  return evaluate(*choice.otherwise, row);
}

namespace {

const List* elementsOf(const Value& list) {
  if (list.isNull()) return nullptr;
  if (list.is(ValueKind::kList)) return &list.list();
  throwRuntime(ErrorType::kTypeError, "InvalidArgumentType", "not a list");
}

}  // namespace

Value Naive::evaluateComprehension(const bind::ListComprehension& comprehension, Row& row) {
  const Value list = evaluate(*comprehension.list, row);
  const List* elements = elementsOf(list);
  if (!elements) return {};
  List out;
  for (const Value& element : *elements) {
    row[comprehension.variable] = element;
    if (comprehension.predicate && !holds(comprehension.predicate, row)) continue;
    out.push_back(comprehension.projection ? evaluate(*comprehension.projection, row) : element);
  }
  return out;
}

// all: the conjunction; any: the disjunction; none: not any; single: whether exactly one is true.
Value Naive::evaluateQuantifier(const bind::Quantifier& quantifier, Row& row) {
  const Value list = evaluate(*quantifier.list, row);
  const List* elements = elementsOf(list);
  if (!elements) return {};
  std::size_t yes = 0, no = 0, unknown = 0;
  for (const Value& element : *elements) {
    row[quantifier.variable] = element;
    const Value holds = evaluate(*quantifier.predicate, row);
    ++(holds.isNull() ? unknown : holds.isTrue() ? yes : no);
  }
  const Value truth = unknown > 0 ? Value{} : Value{true};
  switch (quantifier.quantifier) {
    case bind::QuantifierKind::kAll:
      return no > 0 ? Value{false} : truth;
    case bind::QuantifierKind::kAny:
      return yes > 0 ? Value{true} : unknown > 0 ? Value{} : Value{false};
    case bind::QuantifierKind::kNone:
      return yes > 0 ? Value{false} : truth;
    case bind::QuantifierKind::kSingle:
      return yes > 1 ? Value{false} : unknown > 0 ? Value{} : Value{yes == 1};
  }
  return {};
}

Value Naive::evaluateReduce(const bind::Reduce& reduce, Row& row) {
  Value accumulator = evaluate(*reduce.initial, row);
  const Value list = evaluate(*reduce.list, row);
  const List* elements = elementsOf(list);
  if (!elements) return {};
  for (const Value& element : *elements) {
    row[reduce.accumulator] = accumulator;
    row[reduce.variable] = element;
    accumulator = evaluate(*reduce.step, row);
  }
  return accumulator;
}

Value Naive::evaluateSubquery(const bind::Subquery& subquery, Row& row) {
  const std::vector<Row> rows = query(*subquery.query, row);
  switch (subquery.subquery) {
    case bind::SubqueryKind::kExists:
      return !rows.empty();
    case bind::SubqueryKind::kCount:
      return static_cast<std::int64_t>(rows.size());
    case bind::SubqueryKind::kFirst:
      return rows.empty() ? Value{} : rows.front()[subquery.query->columns[0].variable];
    case bind::SubqueryKind::kCollect:
      break;
  }
  List list;
  for (const Row& each : rows) list.push_back(each[subquery.query->columns[0].variable]);
  return list;
}

}  // namespace plexus::test
