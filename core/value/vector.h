// core/value/vector.h: a column of values of one physical type; the unit on which functions and operators work.
//
// A Vector owns up to a batch (kBatchRows) of values in one array, with a validity byte a row once a null was set.
// Where the type is not known the kind is kValue, which can hold anything, and nulls are Values of kind kNull.
// Strings of typed columns are views; `keepAlive` holds what they point into.
// Thread safety: none while written; immutable vectors are shared freely (`std::shared_ptr<const Vector>`).
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "core/value/value.h"

namespace plexus {

inline constexpr std::size_t kBatchRows = 2048;  // fits the columns of a typical row in L2; tests also run with 2

class Vector {
 public:
  enum class Kind : std::uint8_t { kValue, kBoolean, kInteger, kFloat, kString, kNode, kRelationship };

  explicit Vector(Kind kind, std::size_t size = 0);

  // A vector that shows `value` in each of `size` rows, of the value's own kind (null and others: kValue).
  static Vector constant(const Value& value, std::size_t size);

  Kind kind() const { return kind_; }
  std::size_t size() const { return size_; }
  // New rows are zero and not null (kValue: null).
  void resize(std::size_t size);
  void clear();  // size 0, no nulls, nothing kept alive; memory is kept

  // The array. T must match kind(): Value, std::uint8_t (kBoolean), std::int64_t, double, std::string_view, NodeId,
  // Relationship. Entries of null rows are unspecified (kNode: kNoNode).
  template <typename T>
  std::span<T> data() {
    return std::get<std::vector<T>>(data_);
  }
  template <typename T>
  std::span<const T> data() const {
    return std::get<std::vector<T>>(data_);
  }

  bool mayHaveNulls() const { return kind_ == Kind::kValue || !nulls_.empty(); }
  bool isNull(std::size_t row) const {
    return kind_ == Kind::kValue ? std::get<std::vector<Value>>(data_)[row].isNull()
                                 : !nulls_.empty() && nulls_[row] != 0;
  }
  void setNull(std::size_t row);
  // One byte a row, 1 = null; empty if no row of a typed vector is null. Not for kValue.
  std::span<const std::uint8_t> nulls() const { return nulls_; }

  // Any row as a Value (strings are copied). The slow road; kernels use data<T>().
  Value value(std::size_t row) const;
  // Stores a value. A typed vector takes values of its own type and null only (checked); kValue takes all.
  void set(std::size_t row, const Value& value);
  void append(const Value& value);

  // Rows rows[0], rows[1], ... of `from` appended to this (same kind).
  void appendRows(const Vector& from, std::span<const std::uint32_t> rows);

  // What string views in this vector point into.
  void keepAlive(std::shared_ptr<const void> owner);
  // Everything that `other` keeps alive; for kernels whose results are parts of their arguments' strings.
  void keepAliveAllOf(const Vector& other);
  // A copy of `text` that lives as long as this vector and what shares its memory. For kernels that make new strings.
  std::string_view store(std::string_view text);

  // Bytes held, heap of Values included.
  std::size_t bytes() const;

 private:
  // The chunk into which store() copies; a copied or moved-from vector starts a new one.
  struct Chunk {
    Chunk() = default;
    Chunk(const Chunk&) noexcept {}
    Chunk& operator=(const Chunk& other) noexcept {
      if (this == &other) return *this;
      next = nullptr;
      left = 0;
      return *this;
    }
    char* next = nullptr;
    std::size_t left = 0;
  };

  Kind kind_;
  std::size_t size_ = 0;
  std::variant<std::vector<Value>, std::vector<std::uint8_t>, std::vector<std::int64_t>, std::vector<double>,
               std::vector<std::string_view>, std::vector<NodeId>, std::vector<Relationship>>
      data_;
  std::vector<std::uint8_t> nulls_;
  std::vector<std::shared_ptr<const void>> keptAlive_;
  std::size_t storedBytes_ = 0;
  Chunk chunk_;
};

}  // namespace plexus
