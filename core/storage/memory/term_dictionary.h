// core/storage/memory/term_dictionary.h: the terms of full-text indexes in memory, for what looks at many of them.
//
// A list may hold terms that no entity has any more, or that a transaction added and took back; what matters is that
// none is missing: a writer notes the terms it adds when it adds them and, for lists loaded meanwhile, again when they
// are stored. Thread safety: all calls, concurrently.
#pragma once

#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <unordered_map>

#include "core/storage/text_index.h"

namespace plexus::storage {

class TermDictionary {
 public:
  // `load` gives the terms that are stored, in any order; called if they are not in memory.
  IndexTerms terms(IndexId index, const std::function<std::vector<std::string>()>& load);
  void note(IndexId index, std::string_view term);
  // When data came by another road: lists are loaded anew.
  void clear();

 private:
  struct Entry {
    std::shared_ptr<const TermList> settled, recent;  // `recent` null: to be made of the set below
    std::set<std::string, std::less<>> noted;         // terms that are not in `settled`
  };
  static void settle(Entry& entry);

  std::mutex mutex_;
  std::unordered_map<IndexId, Entry> entries_;
};

}  // namespace plexus::storage
