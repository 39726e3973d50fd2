#include "core/exec/operator/call/joined_rows.h"

namespace plexus::exec {

JoinedLayout::JoinedLayout(const Layout& outer, const Layout& inner, const Layout& output) : width_{output.size()} {
  for (ColumnIndex to = 0; to < output.size(); ++to) {
    const VariableId variable = output.variables()[to];
    if (outer.has(variable)) {
      outer_.push_back({outer.column(variable), to});
    } else if (inner.has(variable)) {
      inner_.push_back({inner.column(variable), to});
    } else {
      missing_.push_back(to);
    }
  }
}

void JoinedRows::appendMultiplicity(std::uint64_t count, const Batch& outer, RowIndex row) {
  const std::uint64_t all = count * (outer.multiplicity().empty() ? 1 : outer.multiplicity()[row]);
  multiplicity_.push_back(all);
  counted_ = counted_ || all != 1;
}

void JoinedRows::append(const Batch& outer, RowIndex row, const Batch& inner) {
  rows_.insert(rows_.end(), inner.rows(), row);
  for (std::size_t i = 0; i < inner.rows(); ++i) {
    appendMultiplicity(inner.multiplicity().empty() ? 1 : inner.multiplicity()[i], outer, row);
  }
  if (inner_.empty()) return;
  if (inner.rows() == 1) {
    for (std::size_t i = 0; i < inner_.size(); ++i) inner_[i].append(inner.column(layout_.inner()[i].from), 0);
    return;
  }
  const auto all = identitySelection(inner.rows());
  for (std::size_t i = 0; i < inner_.size(); ++i) inner_[i].append(inner.column(layout_.inner()[i].from), *all);
}

void JoinedRows::appendRow(const Batch& outer, RowIndex row, const Batch& inner, RowIndex innerRow) {
  rows_.push_back(row);
  appendMultiplicity(inner.multiplicity().empty() ? 1 : inner.multiplicity()[innerRow], outer, row);
  for (std::size_t i = 0; i < inner_.size(); ++i) inner_[i].append(inner.column(layout_.inner()[i].from), innerRow);
}

void JoinedRows::appendNulls(const Batch& outer, RowIndex row) {
  rows_.push_back(row);
  appendMultiplicity(1, outer, row);
  for (VectorBuilder& column : inner_) column.appendNulls(1);
}

void JoinedRows::setOuter(const Batch& outer, std::shared_ptr<const Selection> rows, Batch& out) const {
  Batch chosen{layout_.outer().size()};
  chosen.setRows(outer.rows());
  for (ColumnIndex i = 0; i < layout_.outer().size(); ++i) {
    chosen.setColumn(i, outer.column(layout_.outer()[i].from));
  }
  chosen.select(std::move(rows));
  for (ColumnIndex i = 0; i < layout_.outer().size(); ++i) out.setColumn(layout_.outer()[i].to, chosen.column(i));
  for (const ColumnIndex missing : layout_.missing()) out.setColumn(missing, constantColumn(Value{}, out.rows()));
}

Batch JoinedRows::finish(const Batch& outer) {
  Batch out{layout_.width()};
  out.setRows(rows_.size());
  for (std::size_t i = 0; i < inner_.size(); ++i) out.setColumn(layout_.inner()[i].to, inner_[i].finish());
  setOuter(outer, std::make_shared<const Selection>(std::move(rows_)), out);
  if (counted_) out.setMultiplicity(std::move(multiplicity_));
  rows_.clear();
  multiplicity_.clear();
  counted_ = false;
  return out;
}

Batch JoinedRows::whole(const Batch& outer, RowIndex row, const Batch& inner) const {
  return beside(outer, std::make_shared<const Selection>(inner.rows(), row), inner);
}

Batch JoinedRows::beside(const Batch& outer, std::shared_ptr<const Selection> rows, const Batch& inner) const {
  Batch out{layout_.width()};
  out.setRows(inner.rows());
  for (const auto& pair : layout_.inner()) out.setColumn(pair.to, inner.column(pair.from));
  auto multiplicity = inner.multiplicity();
  if (!outer.multiplicity().empty()) {
    multiplicity.resize(inner.rows(), 1);
    for (std::size_t i = 0; i < multiplicity.size(); ++i) multiplicity[i] *= outer.multiplicity()[(*rows)[i]];
  }
  setOuter(outer, std::move(rows), out);
  out.setMultiplicity(std::move(multiplicity));
  return out;
}

}  // namespace plexus::exec
