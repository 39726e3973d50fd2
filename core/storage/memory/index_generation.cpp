#include "core/storage/memory/index_generation.h"

#include <algorithm>
#include <limits>

#include "core/storage/codec/text_key.h"

namespace plexus::storage {
namespace {

// A look-up in RocksDB takes about as long as reading so many keys in order.
constexpr std::uint64_t kKeysPerRead = 64;

}  // namespace

void IndexArray::add(std::string_view key) {
  text_ += key;
  ends_.push_back(static_cast<std::uint32_t>(text_.size()));
}

std::size_t IndexArray::lowerBound(std::string_view wanted) const {
  std::size_t low = 0, high = size();
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (key(middle) < wanted) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

// Two sorted sequences: keys as they are stored (at any moment of the generation's time), and the log, whose word
// counts where both have a key. Holds the log.
class IndexGeneration::Merge {
 public:
  Merge(const IndexGeneration& owner, const std::string& from, const std::string& until, Version version,
        const Found& found)
      : version_{version}, found_{found} {
    if (owner.size() == 0) return;
    lock_ = std::unique_lock{owner.logMutex_};
    next_ = owner.log_.lower_bound(from);
    end_ = until.empty() ? owner.log_.end() : owner.log_.lower_bound(until);
    hasLog_ = true;
  }

  // The next stored key; false: no more are wanted.
  bool take(std::string_view key) {
    if (!hasLog_) return found_(key);
    for (; next_ != end_ && next_->first < key; ++next_) {
      if (!give()) return false;
    }
    if (next_ == end_ || next_->first != key) return found_(key);
    const bool more = give();
    ++next_;
    return more;
  }
  void finish() {
    for (; hasLog_ && next_ != end_; ++next_) {
      if (!give()) return;
    }
  }

 private:
  // What the log says of its next key. Before its first change an entry was there if that change removed it.
  bool give() {
    const auto& changes = next_->second;
    const auto last =
        std::find_if(changes.rbegin(), changes.rend(), [&](const Change& c) { return c.version <= version_; });
    const bool there = last == changes.rend() ? !changes.front().add : last->add;
    return !there || found_(next_->first);
  }

  Version version_;
  const Found& found_;
  bool hasLog_ = false;
  std::unique_lock<std::mutex> lock_;
  Log::const_iterator next_, end_;
};

void IndexGeneration::freeze(Database::ReadPointPtr moment) {
  const std::lock_guard lock{mutex_};
  frozen_ = std::move(moment);
}

bool IndexGeneration::evict() {
  const std::unique_lock lock{mutex_, std::try_to_lock};
  if (!lock || (!array_ && !storedTerms_)) return false;
  array_.reset();
  storedTerms_.reset();
  return true;
}

void IndexGeneration::append(Version version, const std::string& key, bool add) {
  const std::lock_guard lock{logMutex_};
  log_[key].push_back({version, add});
  ++logEvents_;
  size_.fetch_add(1, std::memory_order_release);
}

void IndexGeneration::undo(const std::string& key) {
  const std::lock_guard lock{logMutex_};
  const auto it = log_.find(key);
  it->second.pop_back();
  if (it->second.empty()) log_.erase(it);
  ++logEvents_;
  size_.fetch_sub(1, std::memory_order_release);
}

std::shared_ptr<const IndexArray> IndexGeneration::load() {
  auto array = std::make_shared<IndexArray>();
  const auto keys = database_.scan(Keyspace::kIndex, indexPrefix(index_), frozen_.get());
  const std::size_t most = std::min<std::size_t>(cache().limit() / 2, std::numeric_limits<std::uint32_t>::max() / 2);
  for (; keys->it->Valid(); keys->it->Next()) {
    array->add(toView(keys->it->key()));
    if (array->bytes() > most) return nullptr;
  }
  check(keys->it->status());
  return array;
}

// Changes meanwhile do no harm: they are in the log. freeze() waits for the lock, so what is read is of this time.
std::shared_ptr<const IndexArray> IndexGeneration::loadedArray() {
  if (array_ || tooLarge_) return array_;
  auto fresh = load();
  if (!fresh || !cache().charge(*this, heldBytes() + fresh->bytes())) {
    tooLarge_ = true;
    cache().charge(*this, heldBytes());
    return fresh;
  }
  unloadedReads_.store(0, std::memory_order_relaxed);
  return array_ = std::move(fresh);
}

std::shared_ptr<const IndexArray> IndexGeneration::array(std::uint64_t expected) {
  cache().touch(*this);
  const std::lock_guard lock{mutex_};
  if (array_) return array_;
  const bool paysOff = unloadedReads_.fetch_add(kKeysPerRead, std::memory_order_relaxed) + kKeysPerRead >= expected;
  return paysOff ? loadedArray() : nullptr;
}

std::size_t IndexGeneration::heldBytes() const {
  return (array_ ? array_->bytes() : 0) + (storedTerms_ ? storedTerms_->bytes() : 0);
}

std::shared_ptr<const TermList> IndexGeneration::storedTerms() {
  auto terms = std::make_shared<TermList>();
  // All is read anyway.
  if (const auto array = loadedArray()) {
    for (std::size_t i = 0; i < array->size(); ++i) terms->add(textTermOf(array->key(i)));
    return terms;
  }
  const auto keys = database_.scan(Keyspace::kIndex, indexPrefix(index_), frozen_.get());
  for (; keys->it->Valid(); keys->it->Next()) terms->add(textTermOf(toView(keys->it->key())));
  check(keys->it->status());
  return terms;
}

std::shared_ptr<const TermList> IndexGeneration::loggedTerms() {
  const std::lock_guard lock{logMutex_};
  if (loggedTerms_ && loggedTermsAt_ == logEvents_) return loggedTerms_;
  auto terms = std::make_shared<TermList>();
  for (const auto& [key, changes] : log_) terms->add(textTermOf(key));
  loggedTermsAt_ = logEvents_;
  return loggedTerms_ = std::move(terms);
}

// What is stored by some later moment of this generation's time and gone again is in the log.
IndexTerms IndexGeneration::terms() {
  cache().touch(*this);
  const std::lock_guard lock{mutex_};
  auto stored = storedTerms_;
  if (!stored) {
    stored = storedTerms();
    storedTerms_ = stored;
    if (!cache().charge(*this, heldBytes())) {
      storedTerms_.reset();
      cache().charge(*this, heldBytes());
    }
  }
  return {std::move(stored), loggedTerms()};
}

// The log is looked at last: what came to be stored before is in it.
void IndexGeneration::scanStored(const std::string& from, const std::string& until, Version version,
                                 const Found& found) {
  rocksdb::ReadOptions read;
  const rocksdb::Slice bound{until};
  if (!until.empty()) read.iterate_upper_bound = &bound;
  std::unique_ptr<rocksdb::Iterator> it;
  {
    const std::lock_guard lock{mutex_};
    if (frozen_) read.snapshot = frozen_->snapshot();
    it.reset(database_.rocks().NewIterator(read, database_.family(Keyspace::kIndex)));
  }
  Merge merge{*this, from, until, version, found};
  for (it->Seek(from); it->Valid(); it->Next()) {
    if (!merge.take(toView(it->key()))) return;
  }
  check(it->status());
  merge.finish();
}

void IndexGeneration::scan(const std::string& from, const std::string& until, Version version, std::uint64_t expected,
                           const Found& found) {
  const auto keys = array(expected);
  if (!keys) return scanStored(from, until, version, found);
  Merge merge{*this, from, until, version, found};
  for (std::size_t i = keys->lowerBound(from); i < keys->size(); ++i) {
    const std::string_view key = keys->key(i);
    if (!until.empty() && key >= until) break;
    if (!merge.take(key)) return;
  }
  merge.finish();
}

}  // namespace plexus::storage
