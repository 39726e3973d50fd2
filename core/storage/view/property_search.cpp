// Searches over the segments of a property. What has changed since is looked at value by value.
#include <algorithm>
#include <cmath>

#include "core/storage/view/text_search.h"
#include "core/storage/view/view_impl.h"
#include "core/value/compare.h"

namespace plexus::storage {
namespace {

// Ranks [from, to) of a segment: those that may be asked for.
struct Ranks {
  std::size_t from = 0, to = 0;
};

// f(slot) for each of some ranks, which ascend.
template <typename F>
void forSlots(const Segment& segment, const std::vector<std::uint16_t>& ranks, F f) {
  constexpr std::size_t kWordsASearch = 8;  // finding a rank's slot takes about as long as stepping over so many
  if (ranks.size() * kWordsASearch < segment.count()) {
    for (const std::uint16_t rank : ranks) f(segment.slot(rank));
    return;
  }
  auto next = ranks.begin();
  segment.forEach([&](std::uint32_t slot, std::size_t rank) {
    if (next == ranks.end() || *next != rank) return;
    f(slot);
    ++next;
  });
}

// `test(segment, ranks, found)` calls found(rank), ascending; `accepts(value)` decides on a changed one.
template <typename Test, typename Accepts>
void searchSegments(const PropertyColumn::Impl& column, const Roaring& among, std::vector<std::uint32_t>& out,
                    Test test, Accepts accepts) {
  if (among.isEmpty()) return;
  const std::uint32_t low = among.minimum(), high = among.maximum();
  const bool all = among.cardinality() == std::uint64_t{high} - low + 1;
  const std::size_t before = out.size();
  std::vector<std::uint16_t> hits;
  for (std::size_t block = low >> kSegmentBits; block <= high >> kSegmentBits; ++block) {
    const auto first = static_cast<std::uint32_t>(block << kSegmentBits);
    const Segment* segment = column.segment(first);
    if (segment == nullptr) continue;
    Ranks ranks{0, segment->count()};
    if (low > first) ranks.from = segment->rank(low - first);
    if (high - first < kSegmentSlots - 1) ranks.to = segment->rank(high - first + 1);
    if (ranks.from == ranks.to) continue;
    hits.clear();
    test(*segment, ranks, [&](std::size_t rank) { hits.push_back(static_cast<std::uint16_t>(rank)); });
    forSlots(*segment, hits, [&](std::uint32_t slot) {
      const std::uint32_t id = first + slot;
      if ((all || among.contains(id)) && !column.logged(id)) out.push_back(id);
    });
  }
  if (!column.changes) return;
  for (const std::uint32_t id : column.generation->changed()) {
    if (!among.contains(id)) continue;
    const auto value = column.logged(id);
    if (value && !value->isNull() && accepts(*value)) out.push_back(id);
  }
  std::sort(out.begin() + static_cast<std::ptrdiff_t>(before), out.end());
}

template <typename Found>
void takeAll(const Ranks& ranks, Found found) {
  for (std::size_t rank = ranks.from; rank < ranks.to; ++rank) found(rank);
}

template <typename T, typename Found>
void findNumber(std::span<const T> values, T wanted, const Ranks& ranks, Found found) {
  for (std::size_t rank = ranks.from; rank < ranks.to; ++rank) {
    if (values[rank] == wanted) found(rank);
  }
}

// The ranks of the strings in `entries` (ascending), each once.
template <typename Found>
void ranksOf(const Segment& segment, const std::vector<std::uint32_t>& entries, const Ranks& ranks, Found found) {
  if (entries.empty()) return;
  if (segment.codes().empty()) {
    for (const std::uint32_t entry : entries) {
      if (entry >= ranks.from && entry < ranks.to) found(entry);
    }
    return;
  }
  std::vector<bool> wanted(segment.ends().size());
  for (const std::uint32_t entry : entries) wanted[entry] = true;
  for (std::size_t rank = ranks.from; rank < ranks.to; ++rank) {
    if (wanted[segment.codes()[rank]]) found(rank);
  }
}

// Entries to look through: those of the ranks, or the whole dictionary.
Ranks entriesOf(const Segment& segment, const Ranks& ranks) {
  return segment.codes().empty() ? ranks : Ranks{0, segment.ends().size()};
}

// By length and ends first: the rest of few strings is compared.
std::vector<std::uint32_t> equalEntries(const Segment& segment, std::string_view wanted, const Ranks& entries) {
  std::vector<std::uint32_t> equal;
  const auto ends = segment.ends();
  std::uint32_t begin = entries.from == 0 ? 0 : ends[entries.from - 1];
  for (std::size_t entry = entries.from; entry < entries.to; ++entry) {
    const std::uint32_t size = ends[entry] - begin;
    const auto same = [&] {
      const std::string_view text = segment.text().substr(begin, size);
      return text.front() == wanted.front() && text.back() == wanted.back() && text == wanted;
    };
    if (size == wanted.size() && (size == 0 || same())) equal.push_back(static_cast<std::uint32_t>(entry));
    begin = ends[entry];
  }
  return equal;
}

std::vector<std::uint32_t> entriesWith(const Segment& segment, PropertyColumn::Part where, const TextSearch& search,
                                       std::size_t size, const Ranks& entries) {
  using Part = PropertyColumn::Part;
  std::vector<std::uint32_t> matching;
  const auto ends = segment.ends();
  const auto beginOf = [&](std::size_t entry) { return entry == 0 ? 0 : ends[entry - 1]; };
  if (where == Part::kAnywhere) {
    const std::string_view text = segment.text().substr(0, ends[entries.to - 1]);
    std::size_t entry = entries.from, at = beginOf(entry);
    while ((at = search.find(text, at)) != std::string_view::npos && entry < entries.to) {
      while (entry < entries.to && ends[entry] < at + size) ++entry;
      if (entry == entries.to) break;
      if (beginOf(entry) > at) {  // it reached over an end
        at = beginOf(entry);
        continue;
      }
      matching.push_back(static_cast<std::uint32_t>(entry));
      at = ends[entry++];
    }
    return matching;
  }
  for (std::size_t entry = entries.from; entry < entries.to; ++entry) {
    if (ends[entry] - beginOf(entry) < size) continue;
    const std::size_t at = where == Part::kStart ? beginOf(entry) : ends[entry] - size;
    if (search.at(segment.text(), at)) matching.push_back(static_cast<std::uint32_t>(entry));
  }
  return matching;
}

template <typename Found>
void findEqualIn(const Segment& segment, const Value& value, const Ranks& ranks, Found found) {
  switch (segment.kind()) {
    case SegmentKind::kString: {
      if (!value.is(ValueKind::kString)) return;
      const std::string_view wanted = value.string();
      if (wanted < segment.string(segment.leastRank()) || segment.string(segment.greatestRank()) < wanted) return;
      return ranksOf(segment, equalEntries(segment, wanted, entriesOf(segment, ranks)), ranks, found);
    }
    case SegmentKind::kBoolean:
      if (value.is(ValueKind::kBoolean)) {
        findNumber(segment.integers(), std::int64_t{value.boolean()}, ranks, found);
      }
      return;
    case SegmentKind::kInteger: {
      if (!value.is(ValueKind::kInteger)) return value.is(ValueKind::kFloat) ? takeAll(ranks, found) : void();
      const std::int64_t wanted = value.integer();
      if (wanted < segment.integer(segment.leastRank()) || segment.integer(segment.greatestRank()) < wanted) return;
      return findNumber(segment.integers(), wanted, ranks, found);
    }
    case SegmentKind::kFloat: {
      if (!value.is(ValueKind::kFloat)) return value.is(ValueKind::kInteger) ? takeAll(ranks, found) : void();
      const double wanted = value.floating();
      if (wanted < segment.floating(segment.leastRank()) || segment.floating(segment.greatestRank()) < wanted) return;
      return findNumber(segment.floats(), wanted, ranks, found);
    }
    case SegmentKind::kMixed:
      return takeAll(ranks, found);
  }
}

// A range of values of one type; what is not inclusive is taken for inclusive: whoever asks looks again.
template <typename T>
struct Range {
  std::optional<T> low, high;
  bool holds(const T& value) const { return !(low && value < *low) && !(high && *high < value); }
  bool meets(const T& least, const T& greatest) const { return !(low && greatest < *low) && !(high && *high < least); }
};

template <typename T, typename Found>
void findInRange(std::span<const T> values, const Range<T>& range, const Ranks& ranks, Found found) {
  for (std::size_t rank = ranks.from; rank < ranks.to; ++rank) {
    if (range.holds(values[rank])) found(rank);
  }
}

template <typename Found>
void findStringsInRange(const Segment& segment, const Range<std::string_view>& range, const Ranks& ranks, Found found) {
  if (!range.meets(segment.string(segment.leastRank()), segment.string(segment.greatestRank()))) return;
  const Ranks entries = entriesOf(segment, ranks);
  std::vector<std::uint32_t> inside;
  std::uint32_t begin = entries.from == 0 ? 0 : segment.ends()[entries.from - 1];
  for (std::size_t entry = entries.from; entry < entries.to; ++entry) {
    const std::uint32_t end = segment.ends()[entry];
    if (range.holds(segment.text().substr(begin, end - begin))) inside.push_back(static_cast<std::uint32_t>(entry));
    begin = end;
  }
  ranksOf(segment, inside, ranks, found);
}

template <typename T, typename Take>
Range<T> rangeOf(const std::optional<ValueBound>& low, const std::optional<ValueBound>& high, Take take) {
  Range<T> range;
  if (low) range.low = take(low->value);
  if (high) range.high = take(high->value);
  return range;
}

template <typename Found>
void findBetweenIn(const Segment& segment, const std::optional<ValueBound>& low, const std::optional<ValueBound>& high,
                   const Ranks& ranks, Found found) {
  const ValueKind kind = (low ? low : high)->value.kind();
  const bool number = kind == ValueKind::kInteger || kind == ValueKind::kFloat;
  switch (segment.kind()) {
    case SegmentKind::kString:
      if (kind != ValueKind::kString) return;
      return findStringsInRange(
          segment, rangeOf<std::string_view>(low, high, [](const Value& v) { return v.string(); }), ranks, found);
    case SegmentKind::kInteger: {
      if (!number) return;
      if (kind == ValueKind::kFloat || (high && !high->value.is(kind))) return takeAll(ranks, found);
      const auto range = rangeOf<std::int64_t>(low, high, [](const Value& v) { return v.integer(); });
      if (!range.meets(segment.integer(segment.leastRank()), segment.integer(segment.greatestRank()))) return;
      return findInRange(segment.integers(), range, ranks, found);
    }
    case SegmentKind::kFloat: {
      if (!number) return;
      if (kind == ValueKind::kInteger || (high && !high->value.is(kind))) return takeAll(ranks, found);
      const auto range = rangeOf<double>(low, high, [](const Value& v) { return v.floating(); });
      if (!range.meets(segment.floating(segment.leastRank()), segment.floating(segment.greatestRank()))) return;
      return findInRange(segment.floats(), range, ranks, found);
    }
    case SegmentKind::kBoolean:
      return kind == ValueKind::kBoolean ? takeAll(ranks, found) : void();
    case SegmentKind::kMixed:
      return takeAll(ranks, found);
  }
}

bool isLowerAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<signed char>(c) >= 0 && !(c >= 'A' && c <= 'Z'); });
}

}  // namespace

void PropertyColumn::findEqual(const Value& value, const Roaring& among, std::vector<std::uint32_t>& found) const {
  searchSegments(
      *impl_, among, found,
      [&](const Segment& segment, const Ranks& ranks, auto add) { findEqualIn(segment, value, ranks, add); },
      [&](const Value& changed) { return equal(changed, value) != Ternary{false}; });
}

void PropertyColumn::findBetween(const std::optional<ValueBound>& low, const std::optional<ValueBound>& high,
                                 const Roaring& among, std::vector<std::uint32_t>& found) const {
  searchSegments(
      *impl_, among, found,
      [&](const Segment& segment, const Ranks& ranks, auto add) { findBetweenIn(segment, low, high, ranks, add); },
      [](const Value&) { return true; });
}

void PropertyColumn::findText(Part where, std::string_view part, bool lowered, const Roaring& among,
                              std::vector<std::uint32_t>& found) const {
  const TextSearch search{part, lowered};
  const bool possible = !lowered || isLowerAscii(part);  // in the lower case of ASCII text
  searchSegments(
      *impl_, among, found,
      [&](const Segment& segment, const Ranks& ranks, auto add) {
        // What is no string, and what has a lower case of its own, is left to whoever asks.
        const bool text = segment.kind() == SegmentKind::kString;
        if (text ? lowered && !segment.isAscii() : lowered || segment.kind() == SegmentKind::kMixed) {
          return takeAll(ranks, add);
        }
        if (text && part.empty()) return takeAll(ranks, add);
        if (!text || !possible) return;
        const Ranks entries = entriesOf(segment, ranks);
        ranksOf(segment, entriesWith(segment, where, search, part.size(), entries), ranks, add);
      },
      [](const Value&) { return true; });
}

}  // namespace plexus::storage
