// core/exec/run/group_table.h: rows -> numbers of groups of equivalent keys (GROUP BY, DISTINCT, UNION).
//
// Each key column is turned into 32-bit codes by a dictionary of its own (a node is its own code); where a column reads
// few values through a selection, each value is looked up once a batch, not once a row. Several columns are combined
// pairwise: (code, code) -> number. So the inner loops see integers only, whatever the types of the keys.
// Groups are numbered from 0 in order of appearance. Values are equivalent as in core/value/compare.h.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/value/batch.h"

namespace plexus::exec {

// 64-bit keys -> dense numbers. Open addressing; where keys turn out to be small and many, an array.
class NumberTable {
 public:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  // The number of the key, a new one if it was not there.
  std::uint32_t add(std::uint64_t key) {
    if (key < direct_.size()) {
      std::uint32_t& number = direct_[key];
      if (number == kNone) number = append(key);
      return number;
    }
    return addHashed(key);
  }
  std::uint32_t find(std::uint64_t key) const;
  std::size_t size() const { return keys_.size(); }
  std::uint64_t key(std::uint32_t number) const { return keys_[number]; }
  std::size_t bytes() const;
  void clear();  // little memory is kept

 private:
  std::uint32_t addHashed(std::uint64_t key);
  std::uint32_t append(std::uint64_t key);
  void grow();
  void insert(std::uint32_t number);
  static std::uint64_t mixed(std::uint64_t key) {
    key *= 0x9E3779B97F4A7C15;
    return key ^ (key >> 29);
  }

  std::vector<std::uint64_t> keys_;    // by number
  std::vector<std::uint32_t> slots_;   // numbers by hash; size a power of two
  std::vector<std::uint32_t> direct_;  // numbers by key, for keys below its size; then slots_ has only the others
  std::uint64_t smallest_ = ~std::uint64_t{0}, largest_ = 0;
};

// Values of one column -> codes.
class Dictionary {
 public:
  // codes[i] for each row. A node's code is its id, null's among nodes is kNoNode.
  void encode(const Column& column, std::size_t rows, std::vector<std::uint32_t>& codes);
  // The same without adding: NumberTable::kNone for what is not there (for a node: its id all the same).
  void find(const Column& column, std::size_t rows, std::vector<std::uint32_t>& codes) const;
  // The values of some codes, as a column.
  Column decode(std::span<const std::uint32_t> codes) const;
  std::size_t bytes() const { return bytes_ + slots_.size() * sizeof(slots_[0]); }
  // True if codes are dense from 0 in order of appearance (not those of nodes).
  bool isDense() const { return !ofNodes_; }
  std::size_t size() const { return hashes_.size(); }
  void clear();  // little memory is kept

 private:
  std::uint32_t encodeOne(const Vector& values, std::size_t row);
  std::uint32_t findOne(const Vector& values, std::size_t row) const;
  std::uint32_t addNew(const Vector& values, std::size_t row, std::uint64_t hash);
  bool same(std::uint32_t code, const Vector& values, std::size_t row) const;
  void adopt(Vector::Kind kind);
  void grow();

  bool decided_ = false, ofNodes_ = false;
  std::shared_ptr<Vector> values_;     // by code; of others than nodes, if ofNodes_
  std::vector<std::uint64_t> hashes_;  // by code
  std::vector<std::uint32_t> slots_;
  std::size_t bytes_ = 0;
  // The codes of a vector's values that were read through a selection last; kept while batches share that vector.
  std::shared_ptr<const Vector> memoOf_;
  std::vector<std::uint32_t> memo_;
};

class GroupTable {
 public:
  explicit GroupTable(std::size_t keys) : dictionaries_(keys), pairs_(keys) {}

  // groups[i]: the group of row i. Without keys: group 0.
  void assign(std::span<const Column> keys, std::size_t rows, std::vector<std::uint32_t>& groups);
  // The same without adding; NumberTable::kNone where there is no such group. Any number of threads at once.
  void find(std::span<const Column> keys, std::size_t rows, std::vector<std::uint32_t>& groups) const;
  std::size_t size() const { return size_; }
  // The value of key `i` in groups [first, first + count).
  Column keys(std::size_t i, std::size_t first, std::size_t count) const;
  std::size_t bytes() const;
  void clear();  // little memory is kept

 private:
  std::vector<Dictionary> dictionaries_;
  std::vector<NumberTable> pairs_;  // pairs_[i]: (number of the keys before i, code of key i) -> number
  std::size_t size_ = 0;
  std::vector<std::uint32_t> codes_;
};

}  // namespace plexus::exec
