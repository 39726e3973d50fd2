// core/exec/operator/write/property_source.h: the properties that CREATE and SET give to an entity: `{a: 1, b: x}`
// column by column, anything else (a parameter, another entity) as a map a row.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/exec/expression/evaluator.h"

namespace plexus::exec {

class PropertySource {
 public:
  PropertySource() = default;  // no properties
  PropertySource(const bind::ExpressionPtr& map, const Layout& layout, BuildContext& build);

  using Scratch = std::vector<std::unique_ptr<Evaluator::Scratch>>;
  Scratch open(Worker& worker) const;

  // The properties of each row of a batch, evaluated.
  struct Values {
    const PropertySource* source = nullptr;
    std::vector<Column> columns;
    // Calls back with each key and value (nulls too) of the row. Throws Error{kTypeError} if it is not a map.
    void forEach(Worker& worker, std::size_t row,
                 const std::function<void(const std::string&, const Value&)>& give) const;
  };
  Values evaluate(Worker& worker, Scratch& scratch, const Batch& rows) const;
  Span span() const { return span_; }

 private:
  std::vector<std::string> keys_;  // one an evaluator; empty: the one evaluator gives a map
  std::vector<EvaluatorPtr> evaluators_;
  Span span_;
};

}  // namespace plexus::exec
