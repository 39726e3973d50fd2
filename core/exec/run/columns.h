// core/exec/run/columns.h: what operators need around batches: carrying columns on, reading entity columns as arrays,
// and using memory again from batch to batch.
#pragma once

#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "core/exec/operator.h"
#include "core/exec/run/reuse.h"
#include "core/value/batch.h"

namespace plexus::exec {

// Which columns of an input an operator passes on, and where. Fixed when built.
class Carry {
 public:
  Carry() = default;
  // Every variable that both layouts have.
  Carry(const Layout& from, const Layout& to);

  // `out` becomes a batch of the output's width with the rows, the multiplicity and the carried columns of `in`;
  // columns that are not carried stay empty until the operator sets them. Touches no values.
  void apply(const Batch& in, Batch& out) const;
  // Only the columns, into a batch that is there.
  void columns(const Batch& in, Batch& out) const;
  bool empty() const { return pairs_.empty(); }

 private:
  std::vector<std::pair<ColumnIndex, ColumnIndex>> pairs_;
  std::size_t width_ = 0;
};

// The column's nodes, one a row; kNoNode where it is null. Points into the column or into `scratch`. Throws
// Error{kTypeError} where a value is neither a node nor null.
std::span<const NodeId> nodesOf(const Column& column, std::size_t rows, std::vector<NodeId>& scratch);

// As nodesOf(), for relationships; null is Relationship{} (type kNoId).
std::span<const Relationship> relationshipsOf(const Column& column, std::size_t rows,
                                              std::vector<Relationship>& scratch);

// A thing that is handed out as shared_ptr<const T> in one batch and taken back in a later one, if nobody kept it.
template <typename T>
class Recycled {
 public:
  // The thing to fill. `make` makes a new one if the last is still in use.
  template <typename Make>
  const std::shared_ptr<T>& get(Make make) {
    if (!isUnshared(thing_)) thing_ = make();
    return thing_;
  }
  // Between executions: lets go of a thing that somebody kept, or that `isSmall` denies.
  template <typename IsSmall>
  void close(IsSmall isSmall) {
    if (!isUnshared(thing_) || !isSmall(*thing_)) thing_.reset();
  }

 private:
  std::shared_ptr<T> thing_;
};

class RecycledVector {
 public:
  explicit RecycledVector(Vector::Kind kind) : kind_{kind} {}
  // A vector of the kind with `rows` rows, none null; their contents are left over from before.
  const std::shared_ptr<Vector>& get(std::size_t rows);
  void close();  // between executions: keeps little

 private:
  Vector::Kind kind_;
  Recycled<Vector> vector_;
};

class RecycledSelection {
 public:
  const std::shared_ptr<Selection>& get(std::size_t rows);
  void close();

 private:
  Recycled<Selection> selection_;
};

}  // namespace plexus::exec
