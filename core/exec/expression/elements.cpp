#include "core/exec/expression/elements.h"

#include "core/exec/expression/logic.h"
#include "core/exec/expression/vector_builder.h"

namespace plexus::exec {

Value asList(const Value& value) {
  if (value.isNull() || value.is(ValueKind::kList)) return value;
  return List{value};
}

bool Elements::next() {
  auto selection = std::make_shared<Selection>();
  VectorBuilder elements;
  for (; row_ < rows_.rows() && elements.size() < batchRows_; ++row_, index_ = 0) {
    const Value value = asList(lists_.value(row_));
    if (value.isNull()) continue;
    const List& list = value.list();
    for (; index_ < list.size() && elements.size() < batchRows_; ++index_) {
      elements.append(list[index_]);
      selection->push_back(static_cast<RowIndex>(row_));
    }
    if (index_ < list.size()) break;
  }
  if (selection->empty()) return false;
  selection_ = std::move(selection);
  batch_ = subset(rows_, selection_);
  putColumn(batch_, column_, {elements.finish(), nullptr});
  return true;
}

}  // namespace plexus::exec
