#include "core/storage/bulk/key_sorter.h"

#include <algorithm>
#include <limits>

#include <oneapi/tbb/parallel_sort.h>

#include "core/base/parallel.h"

namespace plexus::storage {
namespace {

constexpr std::size_t kKeysPerPart = std::size_t{1} << 16;

std::size_t sharedLength(std::string_view a, std::string_view b) {
  const auto differ = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  return static_cast<std::size_t>(differ.first - a.begin());
}

// Eight bytes from `at` on, the first one the most significant; zeros after the end.
std::uint64_t bytesAt(std::string_view text, std::size_t at) {
  std::uint64_t value = 0;
  for (std::size_t i = at; i < at + 8; ++i) {
    value = (value << 8) | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
  }
  return value;
}

}  // namespace

void KeyBuffer::add(std::string_view key) {
  if (blocks_.empty() || blocks_.back().capacity() - blocks_.back().size() < key.size()) {
    blocks_.emplace_back().reserve(std::max(kBlock, key.size()));
  }
  std::string& block = blocks_.back();
  block += key;
  const auto size = static_cast<std::uint32_t>(key.size());
  keys_.push_back({0, 0, block.data() + block.size() - size, size});
  bytes_ += size + sizeof(Key);
}

// Blocks are too long to lie within a string object, so their bytes stay where they are.
void KeyBuffer::append(KeyBuffer more) {
  std::move(more.blocks_.begin(), more.blocks_.end(), std::back_inserter(blocks_));
  keys_.insert(keys_.end(), more.keys_.begin(), more.keys_.end());
  bytes_ += more.bytes_;
}

void KeyBuffer::sort() {
  const auto byText = [](const Key& a, const Key& b) { return a.text() < b.text(); };
  if (std::is_sorted(keys_.begin(), keys_.end(), byText)) return;
  std::size_t shared = std::numeric_limits<std::size_t>::max();
  for (const Key& key : keys_) shared = std::min(shared, sharedLength(keys_.front().text(), key.text()));
  parallelFor((keys_.size() + kKeysPerPart - 1) / kKeysPerPart, [&](std::size_t part) {
    const std::size_t begin = part * kKeysPerPart, end = std::min(keys_.size(), begin + kKeysPerPart);
    for (std::size_t i = begin; i < end; ++i) {
      keys_[i].first = bytesAt(keys_[i].text(), shared);
      keys_[i].second = bytesAt(keys_[i].text(), shared + 8);
    }
  });
  const auto less = [&](const Key& a, const Key& b) {
    if (a.first != b.first) return a.first < b.first;
    return a.second != b.second ? a.second < b.second : byText(a, b);
  };
  if constexpr (kThreadSanitizer) {
    std::sort(keys_.begin(), keys_.end(), less);
  } else {
    tbb::parallel_sort(keys_.begin(), keys_.end(), less);
  }
}

void KeySorter::spill() {
  if (buffer_.empty()) return;
  buffer_.sort();
  runs_.emplace_back(directory_);
  std::string key;
  buffer_.forEach([&](std::string_view text) {
    key = text;
    RunFormat<std::string>::write(runs_.back(), key);
  });
  buffer_ = {};
}

void KeySorter::forEach(const std::function<void(const std::string& key)>& visit) {
  if (!runs_.empty()) {
    spill();
    return mergeRuns<std::string>(runs_, visit);
  }
  buffer_.sort();
  std::string key;
  buffer_.forEach([&](std::string_view text) {
    key = text;
    visit(key);
  });
}

}  // namespace plexus::storage
