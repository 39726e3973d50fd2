#include "core/storage/memory/term_dictionary.h"

#include <algorithm>

namespace plexus::storage {
namespace {

// So many noted terms are merged into the others, if they are not few beside them.
constexpr std::size_t kMostNoted = 1024;

}  // namespace

TermList::TermList(const std::vector<std::string>& ascending) {
  for (const std::string& term : ascending) {
    bytes_ += term;
    ends_.push_back(static_cast<std::uint32_t>(bytes_.size()));
  }
}

bool TermList::contains(std::string_view term) const {
  std::size_t low = 0, high = size();
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if ((*this)[middle] < term) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < size() && (*this)[low] == term;
}

IndexTerms TermDictionary::terms(IndexId index, const std::function<std::vector<std::string>()>& load) {
  const std::lock_guard lock{mutex_};
  auto [at, isNew] = entries_.try_emplace(index);
  Entry& entry = at->second;
  if (isNew || !entry.settled) {
    std::vector<std::string> stored = load();
    std::sort(stored.begin(), stored.end());
    stored.erase(std::unique(stored.begin(), stored.end()), stored.end());
    entry.settled = std::make_shared<const TermList>(stored);
  }
  if (!entry.recent) settle(entry);
  return {entry.settled, entry.recent};
}

void TermDictionary::settle(Entry& entry) {
  std::vector<std::string> noted{entry.noted.begin(), entry.noted.end()};
  if (noted.size() > kMostNoted && noted.size() > entry.settled->size() / 16) {
    std::vector<std::string> all;
    for (std::size_t i = 0; i < entry.settled->size(); ++i) all.emplace_back((*entry.settled)[i]);
    const auto middle = static_cast<std::ptrdiff_t>(all.size());
    all.insert(all.end(), noted.begin(), noted.end());
    std::inplace_merge(all.begin(), all.begin() + middle, all.end());
    entry.settled = std::make_shared<const TermList>(all);
    entry.noted.clear();
    noted.clear();
  }
  entry.recent = std::make_shared<const TermList>(noted);
}

void TermDictionary::note(IndexId index, std::string_view term) {
  const std::lock_guard lock{mutex_};
  const auto at = entries_.find(index);
  if (at == entries_.end() || !at->second.settled) return;
  Entry& entry = at->second;
  if (entry.settled->contains(term) || !entry.noted.emplace(term).second) return;
  entry.recent.reset();
}

void TermDictionary::clear() {
  const std::lock_guard lock{mutex_};
  entries_.clear();
}

}  // namespace plexus::storage
