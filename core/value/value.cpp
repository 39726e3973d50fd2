#include "core/value/value.h"

#include <algorithm>
#include <cstring>
#include <new>

#include "core/base/error.h"

namespace plexus {
namespace {

constexpr std::size_t kLinearMap = 8;   // up to here a scan beats a binary search
constexpr std::size_t kDeepest = 1000;  // of nested lists and maps: as deep as a query's brackets

// How deep what is made of `elements` is nested. Values are compared, printed and freed recursively: the limit keeps
// them from using up the stack.
template <typename Elements, typename DepthOf>
std::size_t depthAround(const Elements& elements, DepthOf depthOf) {
  std::size_t inside = 0;
  for (const auto& element : elements) inside = std::max<std::size_t>(inside, depthOf(element));
  if (inside < kDeepest) return inside + 1;
  throwRuntime(ErrorType::kLimitExceeded, "",
               "lists and maps may be nested at most " + std::to_string(kDeepest) + " levels deep");
}

}  // namespace

std::string_view name(ValueKind kind) {
  switch (kind) {
    case ValueKind::kNull:
      return "NULL";
    case ValueKind::kBoolean:
      return "BOOLEAN";
    case ValueKind::kInteger:
      return "INTEGER";
    case ValueKind::kFloat:
      return "FLOAT";
    case ValueKind::kString:
      return "STRING";
    case ValueKind::kList:
      return "LIST";
    case ValueKind::kMap:
      return "MAP";
    case ValueKind::kNode:
      return "NODE";
    case ValueKind::kRelationship:
      return "RELATIONSHIP";
    case ValueKind::kPath:
      return "PATH";
    case ValueKind::kDate:
      return "DATE";
    case ValueKind::kLocalTime:
      return "LOCAL TIME";
    case ValueKind::kTime:
      return "ZONED TIME";
    case ValueKind::kLocalDateTime:
      return "LOCAL DATETIME";
    case ValueKind::kDateTime:
      return "ZONED DATETIME";
    case ValueKind::kDuration:
      return "DURATION";
    case ValueKind::kPoint:
      return "POINT";
  }
  return "ANY";
}

Map::Map(std::vector<MapEntry> entries) : entries_{std::move(entries)} {
  if (entries_.size() <= kLinearMap) {
    std::vector<MapEntry> unique;
    unique.swap(entries_);
    for (auto& [key, value] : unique) set(key, std::move(value));
    return;
  }
  indexByName();
}

// Also drops all but the last entry of a key; the first one's place is kept.
void Map::indexByName() {
  byName_.resize(entries_.size());
  for (std::size_t i = 0; i < byName_.size(); ++i) byName_[i] = static_cast<std::uint32_t>(i);
  std::stable_sort(byName_.begin(), byName_.end(),
                   [this](auto a, auto b) { return entries_[a].first < entries_[b].first; });
  std::vector<bool> dropped(entries_.size());
  bool anyDropped = false;
  for (std::size_t i = 0, first = 0; i < byName_.size(); ++i) {
    if (i == 0 || entries_[byName_[i]].first != entries_[byName_[first]].first) {
      first = i;
      continue;
    }
    entries_[byName_[first]].second = std::move(entries_[byName_[i]].second);
    dropped[byName_[i]] = anyDropped = true;
  }
  if (!anyDropped) return;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (dropped[i]) continue;
    if (kept != i) entries_[kept] = std::move(entries_[i]);
    ++kept;
  }
  entries_.resize(kept);
  byName_.clear();
  if (kept > kLinearMap) indexByName();
}

std::size_t Map::lowerBound(std::string_view key) const {
  const auto at = std::lower_bound(byName_.begin(), byName_.end(), key,
                                   [this](auto i, std::string_view k) { return entries_[i].first < k; });
  return static_cast<std::size_t>(at - byName_.begin());
}

const Value* Map::find(std::string_view key) const {
  if (byName_.empty()) {
    for (const auto& [name, value] : entries_) {
      if (name == key) return &value;
    }
    return nullptr;
  }
  const std::size_t at = lowerBound(key);
  if (at == byName_.size() || entries_[byName_[at]].first != key) return nullptr;
  return &entries_[byName_[at]].second;
}

void Map::set(std::string_view key, Value value) {
  if (byName_.empty()) {
    for (auto& [name, old] : entries_) {
      if (name == key) {
        old = std::move(value);
        return;
      }
    }
    entries_.emplace_back(std::string{key}, std::move(value));
    if (entries_.size() > kLinearMap) indexByName();
    return;
  }
  const std::size_t at = lowerBound(key);
  if (at < byName_.size() && entries_[byName_[at]].first == key) {
    entries_[byName_[at]].second = std::move(value);
    return;
  }
  byName_.insert(byName_.begin() + static_cast<std::ptrdiff_t>(at), static_cast<std::uint32_t>(entries_.size()));
  entries_.emplace_back(std::string{key}, std::move(value));
}

void Map::erase(std::string_view key) {
  const auto at = std::find_if(entries_.begin(), entries_.end(), [&](const MapEntry& e) { return e.first == key; });
  if (at == entries_.end()) return;
  entries_.erase(at);
  byName_.clear();
  if (entries_.size() > kLinearMap) indexByName();
}

Value::Value(std::string_view s) : kind_{ValueKind::kString} {
  void* memory = ::operator new(sizeof(Heap) + s.size());
  Heap* heap = new (memory) Heap;
  heap->size = s.size();
  if (!s.empty()) std::memcpy(static_cast<char*>(memory) + sizeof(Heap), s.data(), s.size());
  payload_.heap = heap;
}

Value::Value(List list) : Value{ValueKind::kList, new Boxed<List>(std::move(list))} {
  payload_.heap->size = depthAround(this->list(), [](const Value& element) {
    return element.is(ValueKind::kList) || element.is(ValueKind::kMap) ? element.payload_.heap->size : 0;
  });
}

Value::Value(Map map) : Value{ValueKind::kMap, new Boxed<Map>(std::move(map))} {
  payload_.heap->size = depthAround(this->map().entries(), [](const MapEntry& entry) {
    const Value& element = entry.second;
    return element.is(ValueKind::kList) || element.is(ValueKind::kMap) ? element.payload_.heap->size : 0;
  });
}

Value::Value(Path path) : Value{ValueKind::kPath, new Boxed<Path>(std::move(path))} {}
Value::Value(const DateTime& t) : Value{ValueKind::kDateTime, new Boxed<DateTime>(t)} {}
Value::Value(const Duration& d) : Value{ValueKind::kDuration, new Boxed<Duration>(d)} {}
Value::Value(const Point& p) : Value{ValueKind::kPoint, new Boxed<Point>(p)} {}

void Value::destroy() noexcept {
  switch (kind_) {
    case ValueKind::kString:
      payload_.heap->~Heap();
      ::operator delete(payload_.heap);
      break;
    case ValueKind::kList:
      delete static_cast<Boxed<List>*>(payload_.heap);
      break;
    case ValueKind::kMap:
      delete static_cast<Boxed<Map>*>(payload_.heap);
      break;
    case ValueKind::kPath:
      delete static_cast<Boxed<Path>*>(payload_.heap);
      break;
    case ValueKind::kDateTime:
      delete static_cast<Boxed<DateTime>*>(payload_.heap);
      break;
    case ValueKind::kDuration:
      delete static_cast<Boxed<Duration>*>(payload_.heap);
      break;
    case ValueKind::kPoint:
      delete static_cast<Boxed<Point>*>(payload_.heap);
      break;
    default:
      break;
  }
}

std::size_t Value::heapBytes() const {
  switch (kind_) {
    case ValueKind::kString:
      return sizeof(Heap) + payload_.heap->size;
    case ValueKind::kList: {
      std::size_t bytes = sizeof(Boxed<List>) + list().capacity() * sizeof(Value);
      for (const Value& v : list()) bytes += v.heapBytes();
      return bytes;
    }
    case ValueKind::kMap: {
      std::size_t bytes = sizeof(Boxed<Map>) + map().size() * (sizeof(MapEntry) + sizeof(std::uint32_t));
      for (const auto& [key, v] : map().entries()) bytes += key.size() + v.heapBytes();
      return bytes;
    }
    case ValueKind::kPath:
      return sizeof(Boxed<Path>) + path().nodes.size() * sizeof(NodeId) +
             path().relationships.size() * sizeof(Relationship);
    case ValueKind::kDateTime:
      return sizeof(Boxed<DateTime>) + dateTime().zone.capacity();
    case ValueKind::kDuration:
      return sizeof(Boxed<Duration>);
    case ValueKind::kPoint:
      return sizeof(Boxed<Point>);
    default:
      return 0;
  }
}

}  // namespace plexus
