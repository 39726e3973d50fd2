// core/text/analysis.h: from text to the terms that a full-text index has, and that a query is compared with.
//
// Words are runs of letters and digits of any script; ideographs and kana stand alone. Case, accents and compatibility
// forms are folded away (Unicode NFKD without marks, full case folding): "Naïve" and "NAIVE" are the term "naive".
// An apostrophe with an s after a word is dropped: "Alzheimer's" is "alzheimer". Nothing is stemmed, no word is left
// out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/storage/text_index.h"

namespace plexus::text {

// In order, repeats included. Terms longer than 255 bytes are cut (at a code point). O(bytes).
std::vector<std::string> termsOf(std::string_view text);

// The whole text folded in the same way, blanks and signs kept: for patterns.
std::string fold(std::string_view text);

// The texts of a property value: a string, or the strings of a list; nothing for other values.
std::vector<std::string_view> textsOf(const Value& value);

// What a value brings to an index: each distinct term once. Of a list (synonyms), each element counts as a text of its
// own, so a name among many synonyms is found as well as one that stands alone.
std::vector<storage::TextTerm> analyse(const Value& value);

// How much a term says about a text that has it `frequency` times among `length` terms: BM25's factor, in (0, 1).
double termWeight(unsigned frequency, unsigned length);

}  // namespace plexus::text
