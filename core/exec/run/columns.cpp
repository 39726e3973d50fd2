#include "core/exec/run/columns.h"

#include <algorithm>
#include <string>

#include "core/base/error.h"

namespace plexus::exec {
namespace {

[[noreturn]] void throwNotA(const char* wanted, const Value& value) {
  throwRuntime(ErrorType::kTypeError, "InvalidArgumentType",
               std::string{"expected a "} + wanted + ", got " + std::string{name(value.kind())});
}

}  // namespace

Carry::Carry(const Layout& from, const Layout& to) : width_{to.size()} {
  for (const VariableId v : to.variables()) {
    if (from.has(v)) pairs_.emplace_back(from.column(v), to.column(v));
  }
}

void Carry::apply(const Batch& in, Batch& out) const {
  out = Batch{width_};
  out.setRows(in.rows());
  out.setMultiplicity(in.multiplicity());
  columns(in, out);
}

void Carry::columns(const Batch& in, Batch& out) const {
  for (const auto& [from, to] : pairs_) out.setColumn(to, in.column(from));
}

std::span<const NodeId> nodesOf(const Column& column, std::size_t rows, std::vector<NodeId>& scratch) {
  const Vector& data = *column.data;
  if (data.kind() == Vector::Kind::kNode) {
    const auto nodes = data.data<NodeId>();
    if (!column.rows) return nodes.first(rows);
    scratch.resize(rows);
    std::transform(column.rows->begin(), column.rows->begin() + static_cast<std::ptrdiff_t>(rows), scratch.begin(),
                   [&](RowIndex row) { return nodes[row]; });
    return scratch;
  }
  scratch.resize(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    const Value value = column.value(row);
    if (!value.isNull() && !value.is(ValueKind::kNode)) throwNotA("node", value);
    scratch[row] = value.isNull() ? kNoNode : value.node();
  }
  return scratch;
}

std::span<const Relationship> relationshipsOf(const Column& column, std::size_t rows,
                                              std::vector<Relationship>& scratch) {
  const Vector& data = *column.data;
  const bool typed = data.kind() == Vector::Kind::kRelationship;
  if (typed && !column.rows && !data.mayHaveNulls()) return data.data<Relationship>().first(rows);
  scratch.resize(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    if (column.isNull(row)) {
      scratch[row] = Relationship{};
    } else if (typed) {
      scratch[row] = column.get<Relationship>(row);
    } else {
      const Value value = column.value(row);
      if (!value.is(ValueKind::kRelationship)) throwNotA("relationship", value);
      scratch[row] = value.relationship();
    }
  }
  return scratch;
}

const std::shared_ptr<Vector>& RecycledVector::get(std::size_t rows) {
  const auto& vector = vector_.get([&] { return std::make_shared<Vector>(kind_); });
  if (!vector->nulls().empty()) vector->clear();
  vector->resize(rows);
  return vector;
}

void RecycledVector::close() {
  vector_.close([](const Vector& vector) { return vector.bytes() <= kKeptRows * sizeof(Relationship); });
}

void RecycledSelection::close() {
  selection_.close([](const Selection& rows) { return rows.capacity() <= kKeptRows; });
}

const std::shared_ptr<Selection>& RecycledSelection::get(std::size_t rows) {
  const auto& selection = selection_.get([] { return std::make_shared<Selection>(); });
  selection->resize(rows);
  return selection;
}

}  // namespace plexus::exec
