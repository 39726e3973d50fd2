#include "core/exec/operator/write/set.h"

#include "core/exec/expression/deleted.h"
#include "core/exec/expression/labels.h"
#include "core/exec/operator/write/asserted_target.h"
#include "core/exec/operator/write/set_items.h"
#include "core/exec/operator/write/writing_step.h"

namespace plexus::exec {
namespace {

class Set final : public WritingStep {
 public:
  Set(Common common, const Layout& work, std::unique_ptr<SetItems> items)
      : WritingStep{std::move(common), work}, items_{std::move(items)} {}

 private:
  struct Own final : WriteState {
    using WriteState::WriteState;
    std::unique_ptr<SetItems::Scratch> items;
  };

  std::unique_ptr<WriteState> makeState(Worker& worker) const override {
    auto state = std::make_unique<Own>(worker.context.memory);
    state->items = items_->open(worker);
    return state;
  }

  void write(Worker& worker, WriteState& state, std::deque<Batch>& batches) const override {
    items_->apply(worker, *static_cast<Own&>(state).items, batches);
  }

  std::unique_ptr<SetItems> items_;
};

class Remove final : public WritingStep {
 public:
  struct Item {
    Span span;
    EvaluatorPtr entity;
    std::string key;
    EvaluatorPtr dynamicKey;
    std::vector<std::string> labels;
    std::vector<EvaluatorPtr> dynamicLabels;
    bool isProperty() const { return !key.empty() || dynamicKey; }
  };

  Remove(Common common, const Layout& work, std::vector<Item> items)
      : WritingStep{std::move(common), work}, items_{std::move(items)} {}

 private:
  struct Own final : WriteState {
    using WriteState::WriteState;
    struct OfItem {
      std::unique_ptr<Evaluator::Scratch> entity, key;
      std::vector<std::unique_ptr<Evaluator::Scratch>> labels;
    };
    std::vector<OfItem> items;
  };

  std::unique_ptr<WriteState> makeState(Worker& worker) const override {
    auto state = std::make_unique<Own>(worker.context.memory);
    for (const Item& item : items_) {
      Own::OfItem own;
      own.entity = item.entity->open(worker);
      if (item.dynamicKey) own.key = item.dynamicKey->open(worker);
      for (const auto& label : item.dynamicLabels) own.labels.push_back(label->open(worker));
      state->items.push_back(std::move(own));
    }
    return state;
  }

  void write(Worker& worker, WriteState& state, std::deque<Batch>& batches) const override {
    auto& own = static_cast<Own&>(state);
    for (const Batch& batch : batches) {
      for (std::size_t i = 0; i < items_.size(); ++i) removeItem(worker, items_[i], own.items[i], batch);
    }
  }

  static void removeItem(Worker& worker, const Item& item, Own::OfItem& scratch, const Batch& rows) {
    const Column entities = item.entity->evaluate(worker, *scratch.entity, rows);
    Column keys;
    if (item.dynamicKey) keys = item.dynamicKey->evaluate(worker, *scratch.key, rows);
    std::vector<Column> dynamic;
    for (std::size_t i = 0; i < item.dynamicLabels.size(); ++i) {
      dynamic.push_back(item.dynamicLabels[i]->evaluate(worker, *scratch.labels[i], rows));
    }
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      const Value entity = entities.value(row);
      if (entity.isNull()) continue;
      if (entity.is(ValueKind::kNode)) {
        requireAlive(worker, entity.node(), item.span);
        removeProperties(worker, item, keys, row, entity.node());
        removeLabels(worker, item, dynamic, row, entity.node());
      } else if (entity.is(ValueKind::kRelationship) && item.isProperty()) {
        requireAlive(worker, entity.relationship(), item.span);
        removeProperties(worker, item, keys, row, assertedTarget(worker, entity.relationship(), item.span));
      } else {
        throwRuntime(ErrorType::kTypeError, "InvalidArgumentType",
                     "nothing can be removed from a " + std::string{name(entity.kind())}, item.span);
      }
    }
  }

  template <typename Entity>
  static void removeProperties(Worker& worker, const Item& item, const Column& keys, std::size_t row,
                               const Entity& entity) {
    if (!item.isProperty()) return;
    WriteContext& writes = *worker.context.writes;
    const auto names = item.dynamicKey ? dynamicNames(keys.value(row), item.span) : std::vector{item.key};
    for (const auto& key : names) {
      const auto id = catalog::Catalog::of(writes.view()).propertyKeys.find(key);
      if (id && !writes.view().property(entity, *id).isNull()) writes.setProperty(entity, *id, Value{});
    }
  }

  static void removeLabels(Worker& worker, const Item& item, const std::vector<Column>& dynamic, std::size_t row,
                           NodeId node) {
    std::vector<std::string> names = item.labels;
    for (const Column& column : dynamic) {
      const auto more = dynamicNames(column.value(row), item.span);
      names.insert(names.end(), more.begin(), more.end());
    }
    WriteContext& writes = *worker.context.writes;
    for (const auto& label : names) {
      if (const auto id = catalog::Catalog::of(writes.view()).labels.find(label)) writes.removeLabel(node, *id);
    }
  }

  std::vector<Item> items_;
};

}  // namespace

OperatorPtr makeSet(const bind::BoundSet& set, Step::Common common, BuildContext& build) {
  const Layout work = inputLayout(common);
  auto items = std::make_unique<SetItems>(set.items, work, build);
  return std::make_unique<Set>(std::move(common), work, std::move(items));
}

OperatorPtr makeRemove(const bind::BoundRemove& remove, Step::Common common, BuildContext& build) {
  const Layout work = inputLayout(common);
  std::vector<Remove::Item> items;
  for (const auto& item : remove.items) {
    Remove::Item made;
    made.span = item.entity->span;
    made.entity = compile(*item.entity, work, build);
    made.key = item.key;
    if (item.dynamicKey) made.dynamicKey = compile(*item.dynamicKey, work, build);
    made.labels = item.labels;
    for (const auto& label : item.dynamicLabels) made.dynamicLabels.push_back(compile(*label, work, build));
    items.push_back(std::move(made));
  }
  return std::make_unique<Remove>(std::move(common), work, std::move(items));
}

}  // namespace plexus::exec
