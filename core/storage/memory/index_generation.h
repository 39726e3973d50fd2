// core/storage/memory/index_generation.h: one secondary index in memory: its keys as one sorted array, and the entries
// that came and went since, with versions.
//
// The array is read when enough look-ups have gone to RocksDB to pay for it, so a look-up in a database just opened
// costs what it reads; then one costs a binary search. An index larger than the budget stays with RocksDB.
// Thread safety: one writer, many readers.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "core/storage/memory/array_cache.h"
#include "core/storage/memory/history.h"
#include "core/storage/text_index.h"

namespace plexus::storage {

// Keys in ascending order, as one text. Immutable once filled.
class IndexArray {
 public:
  void add(std::string_view key);
  std::size_t size() const { return ends_.size(); }
  std::string_view key(std::size_t i) const {
    const std::uint32_t begin = i == 0 ? 0 : ends_[i - 1];
    return std::string_view{text_}.substr(begin, ends_[i] - begin);
  }
  std::size_t lowerBound(std::string_view key) const;  // of the first key that is not less
  std::size_t bytes() const { return text_.capacity() + ends_.capacity() * sizeof(ends_[0]); }

 private:
  std::string text_;
  std::vector<std::uint32_t> ends_;
};

class IndexGeneration final : public Evictable {
 public:
  IndexGeneration(const Database& database, ArrayCache& cache, IndexId index, Version start)
      : Evictable{cache}, database_{database}, index_{index}, start_{start} {}
  ~IndexGeneration() override { leaveCache(); }

  Version start() const { return start_; }
  void freeze(Database::ReadPointPtr moment);

  // By the writer: the entry came (add) or went at `version`; versions never descend. It was not there (was there).
  void append(Version version, const std::string& key, bool add);
  void undo(const std::string& key);  // takes back the key's last change
  std::size_t size() const { return size_.load(std::memory_order_acquire); }
  Version lastChange = 0;  // by the writer, with the history locked

  // Calls `found` with the keys in [from, until) at `version`, ascending, until it returns false. `expected`: about how
  // many keys the whole index has. `found` must not come back here.
  using Found = std::function<bool(std::string_view key)>;
  void scan(const std::string& from, const std::string& until, Version version, std::uint64_t expected,
            const Found& found);

  // Of a full-text index: the terms of all entries that any view of this generation may see, and perhaps some that no
  // entry has any more. The first call reads all entries; later ones what has changed since.
  IndexTerms terms();

 private:
  struct Change {
    Version version;
    bool add;
  };
  using Log = std::map<std::string, std::vector<Change>, std::less<>>;
  class Merge;

  bool evict() override;
  // The array if it is there, or worth being read now; else null.
  std::shared_ptr<const IndexArray> array(std::uint64_t expected);
  std::shared_ptr<const IndexArray> load();
  // With mutex_ held: the array, read if it is not there; null if it is too large. (Not kept if it does not fit now.)
  std::shared_ptr<const IndexArray> loadedArray();
  // The terms of what is stored, and those of the log.
  std::shared_ptr<const TermList> storedTerms();
  std::shared_ptr<const TermList> loggedTerms();
  std::size_t heldBytes() const;
  void scanStored(const std::string& from, const std::string& until, Version version, const Found& found);

  const Database& database_;
  const IndexId index_;
  const Version start_;
  std::mutex mutex_;  // guards what comes before the log; taken before the log's
  std::shared_ptr<const IndexArray> array_;
  std::shared_ptr<const TermList> storedTerms_, loggedTerms_;
  std::uint64_t loggedTermsAt_ = 0;  // logEvents_ when loggedTerms_ was made
  bool tooLarge_ = false;
  Database::ReadPointPtr frozen_;
  std::atomic<std::uint64_t> unloadedReads_{0};
  mutable std::mutex logMutex_;
  Log log_;
  std::uint64_t logEvents_ = 0;  // changes made and taken back
  std::atomic<std::size_t> size_{0};
};

using IndexHistory = History<IndexGeneration>;

}  // namespace plexus::storage
