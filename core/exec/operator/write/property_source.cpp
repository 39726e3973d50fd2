#include "core/exec/operator/write/property_source.h"

#include <algorithm>

#include "core/function/access.h"

namespace plexus::exec {

PropertySource::PropertySource(const bind::ExpressionPtr& map, const Layout& layout, BuildContext& build) {
  if (!map) return;
  span_ = map->span;
  const auto* literal = map->kind() == bind::BoundKind::kMap ? &map->as<bind::MapExpression>() : nullptr;
  const bool plain =
      literal && std::none_of(literal->isAll.begin(), literal->isAll.end(), [](bool all) { return all; });
  if (!plain) {
    evaluators_.push_back(compile(*map, layout, build));
    return;
  }
  for (const auto& [key, value] : literal->entries) {
    keys_.push_back(key);
    evaluators_.push_back(compile(*value, layout, build));
  }
}

PropertySource::Scratch PropertySource::open(Worker& worker) const {
  Scratch scratch;
  for (const auto& evaluator : evaluators_) scratch.push_back(evaluator->open(worker));
  return scratch;
}

PropertySource::Values PropertySource::evaluate(Worker& worker, Scratch& scratch, const Batch& rows) const {
  Values values{this, {}};
  for (std::size_t i = 0; i < evaluators_.size(); ++i) {
    values.columns.push_back(evaluators_[i]->evaluate(worker, *scratch[i], rows));
  }
  return values;
}

void PropertySource::Values::forEach(Worker& worker, std::size_t row,
                                     const std::function<void(const std::string&, const Value&)>& give) const {
  if (!source->keys_.empty()) {
    for (std::size_t i = 0; i < columns.size(); ++i) give(source->keys_[i], columns[i].value(row));
    return;
  }
  if (columns.empty()) return;
  Value map = columns.front().value(row);
  try {
    if (!map.is(ValueKind::kMap)) map = function::properties(worker.functions, map);
  } catch (const Error& error) {
    throw error.at(source->span_);
  }
  if (map.isNull()) return;
  for (const auto& [key, value] : map.map().entries()) give(key, value);
}

}  // namespace plexus::exec
