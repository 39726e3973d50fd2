// List and map construction.
#include "core/exec/expression/composite.h"
#include "core/exec/expression/vector_builder.h"
#include "core/function/access.h"

namespace plexus::exec {
namespace {

std::vector<bind::ExpressionPtr> valuesOf(const bind::MapExpression& map) {
  std::vector<bind::ExpressionPtr> values;
  for (const auto& entry : map.entries) values.push_back(entry.second);
  return values;
}

class ListEvaluator final : public Composite {
 public:
  ListEvaluator(Span span, std::vector<EvaluatorPtr> operands)
      : Composite{bind::BoundKind::kList, span, std::move(operands)} {}

  Column evaluate(Worker& worker, Scratch& scratch, const Batch& rows) const override {
    std::vector<Column> elements;
    for (std::size_t i = 0; i < operands(); ++i) elements.push_back(evaluateOperand(i, worker, scratch, rows));
    auto result = std::make_shared<Vector>(Vector::Kind::kValue, rows.rows());
    const auto out = result->data<Value>();
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      List list;
      list.reserve(elements.size());
      for (const Column& element : elements) list.push_back(element.value(row));
      out[row] = std::move(list);
    }
    return {std::move(result), nullptr};
  }
};

class MapEvaluator final : public Composite {
 public:
  MapEvaluator(const bind::MapExpression& map, std::vector<EvaluatorPtr> operands)
      : Composite{bind::BoundKind::kMap, map.span, std::move(operands)}, isAll_{map.isAll} {
    for (const auto& entry : map.entries) keys_.push_back(entry.first);
    isAll_.resize(keys_.size());
  }

  Column evaluate(Worker& worker, Scratch& scratch, const Batch& rows) const override {
    std::vector<Column> values;
    for (std::size_t i = 0; i < operands(); ++i) values.push_back(evaluateOperand(i, worker, scratch, rows));
    auto result = std::make_shared<Vector>(Vector::Kind::kValue, rows.rows());
    const auto out = result->data<Value>();
    for (std::size_t row = 0; row < rows.rows(); ++row) out[row] = mapOf(worker, values, row);
    return {std::move(result), nullptr};
  }

 private:
  Value mapOf(Worker& worker, const std::vector<Column>& values, std::size_t row) const {
    std::vector<MapEntry> entries;
    entries.reserve(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!isAll_[i]) {
        entries.emplace_back(keys_[i], values[i].value(row));
        continue;
      }
      const Value all = propertiesOf(worker, values[i].value(row));
      if (all.isNull()) continue;
      entries.insert(entries.end(), all.map().entries().begin(), all.map().entries().end());
    }
    return Map{std::move(entries)};
  }

  Value propertiesOf(Worker& worker, const Value& base) const {
    try {
      return function::properties(worker.functions, base);
    } catch (const Error& error) {
      throw error.at(span());
    }
  }

  std::vector<std::string> keys_;
  std::vector<bool> isAll_;
};

}  // namespace

EvaluatorPtr compileList(const bind::ListExpression& list, const Layout& layout, BuildContext& build) {
  return std::make_unique<ListEvaluator>(list.span, compileAll(list.elements, layout, build));
}

EvaluatorPtr compileMap(const bind::MapExpression& map, const Layout& layout, BuildContext& build) {
  return std::make_unique<MapEvaluator>(map, compileAll(valuesOf(map), layout, build));
}

}  // namespace plexus::exec
