// core/storage/codec/text_key.h: keys of full-text entries, in keyspace "index". Values are empty.
//
//   key := index: u16be  term: sortable string  entity: u32be  type: u16be  field: u8  frequency: u8  length: u16be
//
// type: of a relationship, 0 for nodes; field: the property's place in the index.
#pragma once

#include <string>
#include <string_view>

#include "core/storage/text_index.h"

namespace plexus::storage {

std::string textKey(IndexId index, std::string_view term, const TextPosting& posting);
// What all keys of the term, or of all terms that start with `prefix`, start with.
std::string textTermPrefix(IndexId index, std::string_view term);
std::string textPrefix(IndexId index, std::string_view prefix);

// Of a key that textKey() made. Throws Error{kCorruption} for what is too short.
std::string_view textTermOf(std::string_view key);
TextPosting textPostingOf(std::string_view key);

}  // namespace plexus::storage
