#include "core/exec/operator/write/set_items.h"

#include <algorithm>
#include <optional>
#include <unordered_set>

#include "core/exec/expression/deleted.h"
#include "core/exec/expression/labels.h"
#include "core/exec/expression/logic.h"
#include "core/exec/operator/write/asserted_target.h"
#include "core/exec/operator/write/write_context.h"
#include "core/function/access.h"
#include "core/function/registry.h"

namespace plexus::exec {

using Kind = ast::SetItem::Kind;

struct SetItems::Item {
  Kind kind;
  Span span;
  EvaluatorPtr entity;
  std::optional<ColumnIndex> column;  // of the entity, if it is a variable
  std::string key;
  EvaluatorPtr dynamicKey;
  PropertySource value;  // of kProperty: the one value
  EvaluatorPtr single;
  std::vector<std::string> labels;
  std::vector<EvaluatorPtr> dynamicLabels;
};

namespace {

bool isEntity(const bind::BoundExpression& e) {
  return e.type.is(TypeKind::kNode) || e.type.is(TypeKind::kRelationship) || e.type.is(TypeKind::kAny);
}

bool anyReads(const std::vector<bind::ExpressionPtr>& expressions) {
  return std::any_of(expressions.begin(), expressions.end(), [](const auto& e) { return e && readsGraph(*e); });
}

bool mapReads(const bind::MapExpression& map) {
  for (std::size_t i = 0; i < map.entries.size(); ++i) {
    if (i < map.isAll.size() && map.isAll[i] && isEntity(*map.entries[i].second)) return true;
    if (readsGraph(*map.entries[i].second)) return true;
  }
  return false;
}

bool caseReads(const bind::Case& expression) {
  for (const auto& [condition, result] : expression.branches) {
    if (readsGraph(*condition) || readsGraph(*result)) return true;
  }
  return anyReads({expression.subject, expression.otherwise});
}

}  // namespace

bool readsGraph(const bind::BoundExpression& expression) {
  using bind::BoundKind;
  switch (expression.kind()) {
    case BoundKind::kConstant:
    case BoundKind::kParameter:
    case BoundKind::kVariable:
      return false;
    case BoundKind::kProperty: {
      const auto& base = *expression.as<bind::Property>().base;
      return isEntity(base) || readsGraph(base);
    }
    case BoundKind::kFunction: {
      const auto& function = expression.as<bind::Function>();
      if (function.function->name == "[]") return isEntity(*function.arguments.front()) || anyReads(function.arguments);
      return function.function->volatility == function::Volatility::kGraph || anyReads(function.arguments);
    }
    case BoundKind::kTypeCheck:
      return readsGraph(*expression.as<bind::TypeCheck>().operand);
    case BoundKind::kList:
      return anyReads(expression.as<bind::ListExpression>().elements);
    case BoundKind::kMap:
      return mapReads(expression.as<bind::MapExpression>());
    case BoundKind::kCase:
      return caseReads(expression.as<bind::Case>());
    case BoundKind::kListComprehension: {
      const auto& list = expression.as<bind::ListComprehension>();
      return anyReads({list.list, list.predicate, list.projection});
    }
    case BoundKind::kQuantifier: {
      const auto& quantifier = expression.as<bind::Quantifier>();
      return anyReads({quantifier.list, quantifier.predicate});
    }
    case BoundKind::kReduce: {
      const auto& reduce = expression.as<bind::Reduce>();
      return anyReads({reduce.initial, reduce.list, reduce.step});
    }
    case BoundKind::kLabelCheck:
    case BoundKind::kSubquery:
      return true;
  }
  return true;
}

SetItems::SetItems(const std::vector<bind::SetItem>& items, const Layout& layout, BuildContext& build) {
  for (const auto& item : items) {
    Item made;
    made.kind = item.kind;
    made.span = item.entity->span;
    made.entity = compile(*item.entity, layout, build);
    if (item.entity->kind() == bind::BoundKind::kVariable) {
      made.column = layout.column(item.entity->as<bind::Variable>().variable);
    }
    made.key = item.key;
    made.labels = item.labels;
    if (item.dynamicKey) made.dynamicKey = compile(*item.dynamicKey, layout, build);
    if (item.value) {
      if (item.kind == Kind::kReplace || item.kind == Kind::kAdd) {
        made.value = PropertySource{item.value, layout, build};
      } else {
        made.single = compile(*item.value, layout, build);
      }
      const bool copies = item.value->kind() == bind::BoundKind::kVariable && isEntity(*item.value);
      readsGraph_ = readsGraph_ || readsGraph(*item.value) || (copies && made.kind != Kind::kProperty);
    }
    readsGraph_ = readsGraph_ || readsGraph(*item.entity) || (item.dynamicKey && readsGraph(*item.dynamicKey)) ||
                  anyReads(item.dynamicLabels);
    for (const auto& label : item.dynamicLabels) made.dynamicLabels.push_back(compile(*label, layout, build));
    items_.push_back(std::move(made));
  }
}

SetItems::~SetItems() = default;

std::unique_ptr<SetItems::Scratch> SetItems::open(Worker& worker) const {
  auto scratch = std::make_unique<Scratch>();
  for (const Item& item : items_) {
    Scratch::OfItem own;
    own.entity = item.entity->open(worker);
    if (item.dynamicKey) own.key = item.dynamicKey->open(worker);
    own.value = item.value.open(worker);
    if (item.single) own.value.push_back(item.single->open(worker));
    for (const auto& label : item.dynamicLabels) own.labels.push_back(label->open(worker));
    scratch->items.push_back(std::move(own));
  }
  return scratch;
}

bool SetItems::setsNothingTwice(const std::deque<Batch>& batches) const {
  for (const Item& item : items_) {
    if (!item.column) return false;
    std::unordered_set<std::uint64_t> seen;
    for (const Batch& batch : batches) {
      const Column& column = batch.column(*item.column);
      for (std::size_t row = 0; row < batch.rows(); ++row) {
        const Value value = column.value(row);
        const bool fresh =
            value.is(ValueKind::kNode) ? seen.insert(std::uint64_t{value.node()} << 1).second
            : value.is(ValueKind::kRelationship)
                ? seen.insert((static_cast<std::uint64_t>(value.relationship().number()) << 1) | 1).second
                : true;
        if (!fresh) return false;
      }
    }
  }
  return true;
}

void SetItems::apply(Worker& worker, Scratch& scratch, std::deque<Batch>& batches) const {
  const bool byBatch = !readsGraph_ || setsNothingTwice(batches);
  for (const Batch& batch : batches) {
    if (worker.context.cancellation) worker.context.cancellation->check();
    if (byBatch) {
      applyItems(worker, scratch, batch);
    } else {
      applyRowByRow(worker, scratch, batch);
    }
  }
}

void SetItems::applyRowByRow(Worker& worker, Scratch& scratch, const Batch& rows) const {
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    applyItems(worker, scratch, subset(rows, std::make_shared<const Selection>(1, static_cast<RowIndex>(row))));
  }
}

void SetItems::applyItems(Worker& worker, Scratch& scratch, const Batch& rows) const {
  for (std::size_t i = 0; i < items_.size(); ++i) {
    try {
      applyItem(worker, items_[i], scratch.items[i], rows);
    } catch (const Error& error) {
      throw error.at(items_[i].span);
    }
  }
}

namespace {

// A null does not make a name known.
template <typename Entity>
void setOne(WriteContext& writes, const Entity& entity, const std::string& key, const Value& value) {
  if (!value.isNull()) {
    writes.setProperty(entity, writes.propertyKey(key), value);
  } else if (const auto id = catalog::Catalog::of(writes.view()).propertyKeys.find(key)) {
    if (!writes.view().property(entity, *id).isNull()) writes.setProperty(entity, *id, value);
  }
}

template <typename Entity>
void setAll(Worker& worker, const Entity& entity, bool replace, const PropertySource::Values& values, std::size_t row) {
  WriteContext& writes = *worker.context.writes;
  std::vector<std::pair<std::string, Value>> given;
  values.forEach(worker, row, [&](const std::string& key, const Value& value) { given.emplace_back(key, value); });
  if (replace) {
    for (const auto& [key, value] : writes.view().properties(entity)) {
      const std::string keyName = catalog::Catalog::of(writes.view()).propertyKeys.name(key);
      const bool stays = std::any_of(given.begin(), given.end(), [&](const auto& g) { return g.first == keyName; });
      if (!stays) writes.setProperty(entity, key, Value{});
    }
  }
  for (const auto& [key, value] : given) setOne(writes, entity, key, value);
}

[[noreturn]] void throwNoEntity(const Value& value) {
  throwRuntime(ErrorType::kTypeError, "InvalidArgumentType",
               "only nodes and relationships can be set, not " + std::string{name(value.kind())});
}

}  // namespace

void SetItems::applyItem(Worker& worker, const Item& item, Scratch::OfItem& scratch, const Batch& rows) const {
  WriteContext& writes = *worker.context.writes;
  const Column entities = item.entity->evaluate(worker, *scratch.entity, rows);
  const auto values = item.value.evaluate(worker, scratch.value, rows);
  Column single, keys;
  if (item.single) single = item.single->evaluate(worker, *scratch.value.back(), rows);
  if (item.dynamicKey) keys = item.dynamicKey->evaluate(worker, *scratch.key, rows);
  std::vector<Column> dynamic;
  for (std::size_t i = 0; i < item.dynamicLabels.size(); ++i) {
    dynamic.push_back(item.dynamicLabels[i]->evaluate(worker, *scratch.labels[i], rows));
  }
  const auto setFor = [&](const auto& entity, std::size_t row) {
    requireAlive(worker, entity, item.span);
    switch (item.kind) {
      case Kind::kProperty:
        return setOne(writes, entity, item.key, single.value(row));
      case Kind::kDynamicProperty: {
        const auto names = dynamicNames(keys.value(row), item.span);
        return setOne(writes, entity, names.empty() ? "" : names.front(), single.value(row));
      }
      case Kind::kReplace:
      case Kind::kAdd:
        return setAll(worker, entity, item.kind == Kind::kReplace, values, row);
      case Kind::kLabels:
        break;
    }
  };
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const Value entity = entities.value(row);
    if (entity.isNull()) continue;
    if (item.kind != Kind::kLabels && entity.is(ValueKind::kRelationship)) {
      setFor(assertedTarget(worker, entity.relationship(), item.span), row);
    } else if (!entity.is(ValueKind::kNode)) {
      throwNoEntity(entity);
    } else if (item.kind != Kind::kLabels) {
      setFor(entity.node(), row);
    } else {
      requireAlive(worker, entity.node(), item.span);
      for (const auto& label : item.labels) writes.addLabel(entity.node(), writes.label(label));
      for (const Column& column : dynamic) {
        for (const auto& label : dynamicNames(column.value(row), item.span)) {
          writes.addLabel(entity.node(), writes.label(label));
        }
      }
    }
  }
}

}  // namespace plexus::exec
