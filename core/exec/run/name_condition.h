// core/exec/run/name_condition.h: conditions on labels and relation types, with their names resolved as of now.
//
// Plans carry names; ids are looked up in the catalog of the view when an operator starts (in a query that writes: for
// every batch, since new names may have come). A name that is unknown matches nothing.
#pragma once

#include <cstdint>
#include <memory>
#include <roaring/roaring.hh>
#include <span>
#include <unordered_map>
#include <vector>

#include "core/bind/bound_expression.h"
#include "core/exec/context.h"
#include "core/exec/expression/evaluator.h"

namespace plexus::exec {

// A set of nodes to test against, as of when it was made. Contiguous sets (the usual case: ids are given out in import
// order) are ranges, so that a sorted list is filtered by cutting its ends. A range costs nothing to make, other sets a
// bit per node between their ends.
class NodeSet {
 public:
  NodeSet() = default;  // all nodes
  static NodeSet of(const Roaring& bitmap);
  // Reads the bitmap at each test: nothing is copied, tests are slower. For views that change from batch to batch.
  static NodeSet over(std::shared_ptr<const Roaring> bitmap);

  bool isAll() const { return form_ == Form::kAll; }
  // Then `cut` is all it takes.
  bool isRange() const { return form_ != Form::kBits; }
  bool contains(NodeId node) const {
    if (node < low_ || node > high_) return false;
    return form_ != Form::kBits || containsBit(node);
  }
  // The part of an ascending list that lies in the set's range: all of the set's members are in it.
  std::span<const NodeId> cut(std::span<const NodeId> ascending) const;
  // The number of members of the list.
  std::size_t count(std::span<const NodeId> ascending) const;
  // Calls `visit(node)` for each member of an ascending list.
  template <typename Visit>
  void forEach(std::span<const NodeId> ascending, Visit visit) const {
    for (const NodeId node : cut(ascending)) {
      if (form_ != Form::kBits || containsBit(node)) visit(node);
    }
  }

 private:
  enum class Form : std::uint8_t { kAll, kRange, kBits };
  bool containsBit(NodeId node) const {
    if (bitmap_) return bitmap_->contains(node);
    return ((*words_)[(node - low_) >> 6] >> ((node - low_) & 63) & 1) != 0;
  }
  static NodeSet enclosing(const Roaring& bitmap);

  Form form_ = Form::kAll;
  NodeId low_ = 0, high_ = kNoNode;  // inclusive
  std::shared_ptr<const std::vector<std::uint64_t>> words_;
  std::shared_ptr<const Roaring> bitmap_;
};

// A BoundLabels compiled: dynamic names are evaluated each time it is resolved.
class NameCondition {
 public:
  NameCondition() = default;
  NameCondition(bind::LabelsPtr labels, BuildContext& build);

  bool isNone() const { return labels_ == nullptr; }
  // The nodes whose labels satisfy the condition, deleted ones excluded.
  NodeSet nodes(Worker& worker) const;
  // As a bitmap; all nodes without a condition.
  Roaring bitmap(Worker& worker) const;
  // The relation types that satisfy it, ascending.
  std::vector<RelTypeId> types(Worker& worker) const;

 private:
  using Dynamic = std::unordered_map<const bind::BoundLabels*, std::vector<std::string>>;
  void compileDynamic(const bind::BoundLabels& labels, BuildContext& build);
  Dynamic evaluateDynamic(Worker& worker) const;
  static Roaring labelled(const bind::BoundLabels& labels, const ExecContext& context, const Dynamic& dynamic);
  // Of a relation type, by all the names that relationships of it answer to.
  static bool matches(const bind::BoundLabels& labels, const std::vector<std::string>& names, const Dynamic& dynamic);

  bind::LabelsPtr labels_;
  std::vector<std::pair<const bind::BoundLabels*, EvaluatorPtr>> dynamic_;
};

}  // namespace plexus::exec
