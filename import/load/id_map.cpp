#include "import/load/id_map.h"

#include <algorithm>
#include <cstring>

#include <sys/mman.h>

namespace plexus::load {
namespace {

constexpr unsigned kFirstBits = 10;
constexpr std::size_t kArenaBytes = std::size_t{1} << 18;
constexpr std::uint64_t kMultiplier = 0x9E3779B97F4A7C15U;  // 2^64 / golden ratio

std::uint64_t mix(std::uint64_t w) {
  w ^= w >> 32;
  w *= kMultiplier;
  return w ^ (w >> 29);
}

std::uint64_t load(const char* p, std::size_t size) {
  std::uint64_t w = 0;
  std::memcpy(&w, p, size);
  return w;
}

std::uint64_t hashOf(std::string_view text) {
  std::uint64_t h = text.size() * kMultiplier;
  const char* p = text.data();
  std::size_t left = text.size();
  for (; left >= 8; left -= 8, p += 8) h = mix(h ^ load(p, 8)) * kMultiplier;
  if (left > 0) h = mix(h ^ load(p, left)) * kMultiplier;
  return h;
}

// Look-ups go anywhere in the slots: fewer, larger pages spare most of them a miss of the address translation. Where
// the system has none to give, nothing is lost.
void wishForLargePages(void* data, std::size_t bytes) {
  constexpr std::uintptr_t kLargePage = std::uintptr_t{2} << 20;
  const auto address = reinterpret_cast<std::uintptr_t>(data);
  const std::uintptr_t begin = (address + kLargePage - 1) & ~(kLargePage - 1),
                       end = (address + bytes) & ~(kLargePage - 1);
  if (begin < end) ::madvise(static_cast<char*>(data) + (begin - address), end - begin, MADV_HUGEPAGE);
}

// Only numbers that read back as the same text.
bool parseNumber(std::string_view text, std::uint64_t& number) {
  if (text.empty() || text.size() > 18 || (text[0] == '0' && text.size() > 1)) return false;
  std::uint64_t n = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return false;
    n = n * 10 + static_cast<std::uint64_t>(c - '0');
  }
  number = n;
  return true;
}

}  // namespace

struct IdMap::Key {
  explicit Key(std::string_view text_) : text{text_}, isNumber{parseNumber(text_, word)} {
    if (!isNumber) word = hashOf(text);
  }
  std::string_view text;
  std::uint64_t word = 0;
  bool isNumber;
};

IdMap::IdMap() : slots_(std::size_t{1} << kFirstBits), shift_{64 - kFirstBits} {}

std::size_t IdMap::home(std::uint64_t word) const { return (mix(word) * kMultiplier) >> shift_; }

bool IdMap::matches(const Slot& slot, const Key& key) const {
  if (slot.word != key.word || ((slot.reference & kNumber) != 0) != key.isNumber) return false;
  if (key.isNumber) return true;
  const Text& text = texts_[slot.reference];
  return text.size == key.text.size() && std::memcmp(text.data, key.text.data(), text.size) == 0;
}

std::size_t IdMap::locate(const Key& key) const {
  std::size_t i = home(key.word);
  while (slots_[i].node != kNoNode && !matches(slots_[i], key)) i = (i + 1) & (slots_.size() - 1);
  return i;
}

NodeId IdMap::find(std::string_view id) const { return slots_[locate(Key{id})].node; }

void IdMap::prefetch(std::string_view id) const { __builtin_prefetch(&slots_[home(Key{id}.word)]); }

void IdMap::reserve(std::size_t more) {
  while ((size_ + more) * 5 >= slots_.size() * 3) grow();
}

IdMap::Insertion IdMap::tryInsert(std::string_view id, NodeId node, std::uint32_t place) {
  reserve(1);
  const Key key{id};
  const std::size_t position = locate(key);
  Slot& slot = slots_[position];
  if (slot.node != kNoNode) return {slot.node, position};
  place = std::min(place, kNumber - 1);
  std::uint32_t reference = kNumber | place;
  if (!key.isNumber) {
    reference = static_cast<std::uint32_t>(texts_.size());
    texts_.push_back({keep(id), static_cast<std::uint32_t>(id.size()), place});
  }
  slot = {key.word, node, reference};
  ++size_;
  return {kNoNode, position};
}

std::uint32_t IdMap::placeOf(std::string_view id) const {
  const Key key{id};
  const Slot& slot = slots_[locate(key)];
  return key.isNumber ? slot.reference & ~kNumber : texts_[slot.reference].place;
}

void IdMap::grow() {
  std::vector<Slot> old;
  old.reserve(slots_.size() * 2);
  wishForLargePages(old.data(), old.capacity() * sizeof(Slot));
  old.resize(slots_.size() * 2);
  old.swap(slots_);
  --shift_;
  for (const Slot& slot : old) {
    if (slot.node == kNoNode) continue;
    std::size_t i = home(slot.word);
    while (slots_[i].node != kNoNode) i = (i + 1) & (slots_.size() - 1);
    slots_[i] = slot;
  }
}

const char* IdMap::keep(std::string_view text) {
  if (text.size() > arenaLeft_) {
    arenaLeft_ = std::max(kArenaBytes, text.size());
    arena_.push_back(std::make_unique<char[]>(arenaLeft_));
    arenaNext_ = arena_.back().get();
  }
  char* to = arenaNext_;
  std::memcpy(to, text.data(), text.size());
  arenaNext_ += text.size();
  arenaLeft_ -= text.size();
  return to;
}

}  // namespace plexus::load
