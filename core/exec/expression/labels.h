// core/exec/expression/labels.h: conditions on labels and relationship types, against a view's names and bitmaps.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/bind/bound_expression.h"
#include "core/catalog/catalog.h"
#include "core/exec/expression/evaluator.h"
#include "core/storage/graph_view.h"

namespace plexus::exec {

// A condition whose names were looked up, for the length of a batch: a write may change names and bitmaps.
class ResolvedLabels {
 public:
  // Of nodes: bitmaps of `view`, which must outlive this.
  static ResolvedLabels ofNodes(const bind::BoundLabels& labels, const storage::GraphView& view);
  // Of relationships: ids of types, sub-relations among them where inference is on.
  static ResolvedLabels ofTypes(const bind::BoundLabels& labels, const ExecContext& context);

  bool holds(NodeId node) const;
  bool holds(RelTypeId type) const;

 private:
  using Kind = bind::BoundLabels::Kind;
  Kind kind_ = Kind::kAny;
  const Roaring* bitmap_ = nullptr;  // kName of nodes; null: nobody has the label
  const storage::GraphView* view_ = nullptr;
  std::vector<RelTypeId> types_;  // kName of relationships
  std::vector<ResolvedLabels> operands_;
};

// The condition with its dynamic parts replaced by the names that `name` gives for them (a string, or a list of
// strings). Throws Error{kTypeError} if they are something else.
bind::LabelsPtr withDynamicNames(const bind::LabelsPtr& labels,
                                 const std::function<Value(const bind::ExpressionPtr&)>& evaluate);
bool hasDynamicNames(const bind::BoundLabels& labels);

// The names that a value gives where a label or type may be dynamic: a string, or a list of strings.
std::vector<std::string> dynamicNames(const Value& value, Span span);

}  // namespace plexus::exec
