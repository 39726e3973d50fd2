// core/exec/operator/write/set_items.h: SET's items, and those of ON CREATE and ON MATCH.
#pragma once

#include <deque>
#include <memory>
#include <vector>

#include "core/bind/bound_query.h"
#include "core/exec/expression/evaluator.h"
#include "core/exec/operator/write/property_source.h"

namespace plexus::exec {

class SetItems {
 public:
  SetItems(const std::vector<bind::SetItem>& items, const Layout& layout, BuildContext& build);
  ~SetItems();

  struct Scratch {
    struct OfItem {
      std::unique_ptr<Evaluator::Scratch> entity, key;
      PropertySource::Scratch value;
      std::vector<std::unique_ptr<Evaluator::Scratch>> labels;
    };
    std::vector<OfItem> items;
  };
  std::unique_ptr<Scratch> open(Worker& worker) const;

  // Item after item, each for all rows of a batch, where that cannot be told from row after row: the values do not
  // read the graph, or no entity is set twice. Otherwise row after row, so that `n.x = n.x + 1` adds up.
  void apply(Worker& worker, Scratch& scratch, std::deque<Batch>& batches) const;
  void applyRowByRow(Worker& worker, Scratch& scratch, const Batch& rows) const;
  bool empty() const { return items_.empty(); }

 private:
  struct Item;
  void applyItems(Worker& worker, Scratch& scratch, const Batch& rows) const;
  void applyItem(Worker& worker, const Item& item, Scratch::OfItem& scratch, const Batch& rows) const;
  bool setsNothingTwice(const std::deque<Batch>& batches) const;

  std::vector<Item> items_;
  bool readsGraph_ = false;
};

// True if the expression's value may depend on what a write changes.
bool readsGraph(const bind::BoundExpression& expression);

}  // namespace plexus::exec
