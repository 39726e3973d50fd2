// core/storage/fold.h: what pending updates do to what is stored: base + operations -> result. Used alike by the merge
// operators, by the fill of arrays from chunks, and by the lists of a transaction's own writes.
//
// Operations are given in the order in which they happened; of several on one entry, slot or node the last decides. So
// a fold may be repeated, and may meet a base that has some of the operations already: the result is the same.
#pragma once

#include <algorithm>
#include <vector>

#include "core/storage/codec/keys.h"
#include "core/value/value.h"

namespace plexus::storage {

struct AdjacencyOp {
  AdjacencyEntry entry;
  bool add = true;
};

struct SlotOp {
  std::uint16_t slot = 0;
  Value value;  // null: clear
};

struct BitmapOp {
  NodeId node = 0;
  bool add = true;
};

// Sorts by `less`; of equal ones keeps the last given.
template <typename Op, typename Less>
void keepLast(std::vector<Op>& ops, Less less) {
  std::stable_sort(ops.begin(), ops.end(), less);
  auto out = ops.begin();
  for (auto it = ops.begin(); it != ops.end(); ++it) {
    const auto next = std::next(it);
    if (next != ops.end() && !less(*it, *next)) continue;
    if (out != it) *out = std::move(*it);
    ++out;
  }
  ops.erase(out, ops.end());
}

inline void keepLast(std::vector<AdjacencyOp>& ops) {
  keepLast(ops, [](const AdjacencyOp& a, const AdjacencyOp& b) { return a.entry < b.entry; });
}
inline void keepLast(std::vector<SlotOp>& ops) {
  keepLast(ops, [](const SlotOp& a, const SlotOp& b) { return a.slot < b.slot; });
}

// The entries base(0), base(1), ..., base(size - 1), which ascend, with `ops` (from keepLast) done. `copy(from, to)`
// takes a range of the base, `add(entry)` one that is new. O(ops * log size) besides the copying, so long lists with
// few changes cost little more than a memcpy.
template <typename Base, typename Copy, typename Add>
void foldAdjacency(std::size_t size, Base base, const std::vector<AdjacencyOp>& ops, Copy copy, Add add) {
  std::size_t done = 0;
  for (const AdjacencyOp& op : ops) {
    std::size_t low = done, high = size;
    while (low < high) {
      const std::size_t middle = low + (high - low) / 2;
      if (base(middle) < op.entry) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (low > done) copy(done, low);
    done = low < size && base(low) == op.entry ? low + 1 : low;
    if (op.add) add(op.entry);
  }
  if (size > done) copy(done, size);
}

}  // namespace plexus::storage
