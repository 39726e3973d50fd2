// core/storage/text_index.h: full-text indexes as storage sees them: which terms entities have, kept with the data, and
// how they are read.
//
// Storage does not know what a term is: an analyser, given when the database is opened, says which terms a value has.
// Entries are keys of keyspace "index" (codec/text_key.h), so they commit, roll back and are seen like those of other
// indexes.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/value/value.h"

namespace plexus::storage {

class GraphView;

// One of the distinct terms of a value.
struct TextTerm {
  std::string term;            // no bytes below 0x20, at most 255 bytes
  std::uint8_t frequency = 1;  // occurrences; of a list, in the element that the term says most about
  std::uint16_t length = 1;    // terms of that text or element
};
using TextAnalyser = std::function<std::vector<TextTerm>(const Value& value)>;

// One entity that has a term in one of the index's properties.
struct TextPosting {
  std::uint32_t entity = 0;
  RelTypeId type = 0;      // of a relationship; 0 for nodes
  std::uint8_t field = 0;  // the property's place in the index
  std::uint8_t frequency = 1;
  std::uint16_t length = 1;
};

// Distinct terms in ascending order of their bytes, in one block of memory. Immutable once filled.
class TermList {
 public:
  void add(std::string_view term);  // not less than the last one; if equal, nothing happens
  std::size_t size() const { return ends_.size(); }
  std::string_view operator[](std::size_t i) const {
    const std::uint32_t begin = i == 0 ? 0 : ends_[i - 1];
    return std::string_view{bytes_}.substr(begin, ends_[i] - begin);
  }
  std::size_t bytes() const { return bytes_.capacity() + ends_.capacity() * sizeof(ends_[0]); }

 private:
  std::string bytes_;
  std::vector<std::uint32_t> ends_;
};

// The terms of an index: all that any entity of the view has, and perhaps some that none has (any more). A term may be
// in both lists.
struct IndexTerms {
  std::shared_ptr<const TermList> stored, logged;
};

// Reads one full-text index as of a view. Cheap to make; the view must outlive it.
class TextIndex {
 public:
  TextIndex(const GraphView& view, IndexId index) : view_{view}, index_{index} {}

  // Those of one term, or of all terms that start with `prefix`, until the callback returns false. In order of term,
  // entity, type, field. One seek and then about 0.2 us each.
  using Found = std::function<bool(std::string_view term, const TextPosting& posting)>;
  void postings(std::string_view term, const Found& found) const;
  void postingsOfPrefix(std::string_view prefix, const Found& found) const;

  // The first call reads all entries of the index; later ones share what is in memory.
  IndexTerms terms() const;

 private:
  const GraphView& view_;
  IndexId index_;
};

}  // namespace plexus::storage
