// core/value/value.h: one Cypher value of any type, 16 bytes, cheap to copy.
//
// Scalars, nodes, relationships and three temporal types live inside; strings, lists, maps, paths and the rest are
// immutable heap objects with an atomic reference count, shared by copies. A node or relationship is its id alone:
// labels and properties are read through a storage::GraphView.
// Thread safety: a Value is not synchronised; distinct copies that share a heap object may be used by different
// threads.
#pragma once

#include <atomic>
#include <cassert>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/ids.h"
#include "core/value/temporal.h"

namespace plexus {

enum class ValueKind : std::uint8_t {
  kNull = 0,
  kBoolean,
  kInteger,
  kFloat,
  kString,
  kList,
  kMap,
  kNode,
  kRelationship,
  kPath,
  kDate,
  kLocalTime,
  kTime,
  kLocalDateTime,
  kDateTime,
  kDuration,
  kPoint,
};

inline constexpr std::size_t kValueKinds = 17;

// A set of kinds as bits.
using KindSet = std::uint32_t;
constexpr KindSet bit(ValueKind kind) { return KindSet{1} << static_cast<unsigned>(kind); }
inline constexpr KindSet kHeapKinds = bit(ValueKind::kString) | bit(ValueKind::kList) | bit(ValueKind::kMap) |
                                      bit(ValueKind::kPath) | bit(ValueKind::kDateTime) | bit(ValueKind::kDuration) |
                                      bit(ValueKind::kPoint);  // those whose contents are shared, not inside a Value

// "INTEGER", "STRING", "NODE", "ZONED DATETIME", ... as GQL names them in messages and valueType().
std::string_view name(ValueKind kind);

class Value;
using List = std::vector<Value>;
using MapEntry = std::pair<std::string, Value>;

// Keys are unique, in the order they were given. Equality ignores the order.
class Map {
 public:
  Map() = default;
  // Later entries of a key replace earlier ones.
  explicit Map(std::vector<MapEntry> entries);
  const Value* find(std::string_view key) const;  // null pointer if absent. O(size) up to 8 entries, else O(log size)
  void set(std::string_view key, Value value);
  void erase(std::string_view key);
  const std::vector<MapEntry>& entries() const { return entries_; }
  std::size_t size() const;

 private:
  std::size_t lowerBound(std::string_view key) const;  // position in byName_
  void indexByName();

  std::vector<MapEntry> entries_;
  std::vector<std::uint32_t> byName_;  // entries in order of their keys; only of maps with more than 8
};

// nodes.size() == relationships.size() + 1; each relationship joins its two neighbours in either direction.
struct Path {
  std::vector<NodeId> nodes;
  std::vector<Relationship> relationships;
};

// srid: 7203 cartesian, 9157 cartesian-3D, 4326 WGS-84, 4979 WGS-84-3D. `z` is NaN in two dimensions.
struct Point {
  std::int32_t srid = 7203;
  double x = 0, y = 0, z = 0;
  bool is3D() const { return srid == 9157 || srid == 4979; }
  bool isGeographic() const { return srid == 4326 || srid == 4979; }
};

class Value {
 public:
  Value() noexcept = default;  // null
  Value(bool b) noexcept : Value{ValueKind::kBoolean, b ? 1 : 0} {}
  Value(std::int64_t i) noexcept : Value{ValueKind::kInteger, i} {}
  Value(int i) noexcept : Value{static_cast<std::int64_t>(i)} {}
  Value(double d) noexcept : kind_{ValueKind::kFloat} { payload_.floating = d; }
  Value(std::string_view s);
  Value(const std::string& s) : Value{std::string_view{s}} {}
  Value(const char* s) : Value{std::string_view{s}} {}
  Value(List list);  // Error{kLimitExceeded}: lists and maps nest at most 1,000 deep
  Value(Map map);
  Value(Path path);
  Value(Date d) noexcept : Value{ValueKind::kDate, d.epochDay} {}
  Value(LocalTime t) noexcept : Value{ValueKind::kLocalTime, t.nanoOfDay} {}
  Value(Time t) noexcept : Value{ValueKind::kTime, t.nanoOfDay, static_cast<std::uint32_t>(t.offsetSeconds)} {}
  Value(LocalDateTime t) noexcept
      : Value{ValueKind::kLocalDateTime, t.epochSecond, static_cast<std::uint32_t>(t.nano)} {}
  Value(const DateTime& t);
  Value(const Duration& d);
  Value(const Point& p);
  Value(const Relationship& r) noexcept : kind_{ValueKind::kRelationship}, narrow_{r.type}, wide_{r.start} {
    payload_.relationship = {r.end, r.id};
  }
  static Value node(NodeId id) noexcept { return Value{ValueKind::kNode, static_cast<std::int64_t>(id)}; }

  Value(const Value& other) noexcept
      : kind_{other.kind_}, narrow_{other.narrow_}, wide_{other.wide_}, payload_{other.payload_} {
    if (onHeap()) retain();
  }
  Value(Value&& other) noexcept
      : kind_{other.kind_}, narrow_{other.narrow_}, wide_{other.wide_}, payload_{other.payload_} {
    other.kind_ = ValueKind::kNull;
  }
  Value& operator=(const Value& other) noexcept {
    if (other.onHeap()) other.retain();  // first, for self-assignment
    if (onHeap()) release();
    copyBits(other);
    return *this;
  }
  Value& operator=(Value&& other) noexcept {
    if (this == &other) return *this;
    if (onHeap()) release();
    copyBits(other);
    other.kind_ = ValueKind::kNull;
    return *this;
  }
  ~Value() {
    if (onHeap()) release();
  }

  ValueKind kind() const noexcept { return kind_; }
  bool is(ValueKind kind) const noexcept { return kind_ == kind; }
  bool isNull() const noexcept { return kind_ == ValueKind::kNull; }
  bool isNumber() const noexcept { return kind_ == ValueKind::kInteger || kind_ == ValueKind::kFloat; }
  bool isTemporal() const noexcept { return kind_ >= ValueKind::kDate && kind_ <= ValueKind::kDuration; }
  bool isTrue() const noexcept { return kind_ == ValueKind::kBoolean && payload_.integer != 0; }

  // Each requires that kind() is the matching one (checked by assertions in debug builds only).
  bool boolean() const noexcept { return expect(ValueKind::kBoolean).integer != 0; }
  std::int64_t integer() const noexcept { return expect(ValueKind::kInteger).integer; }
  double floating() const noexcept { return expect(ValueKind::kFloat).floating; }
  // The number as a double, of kInteger or kFloat.
  double number() const noexcept {
    return kind_ == ValueKind::kFloat ? payload_.floating : static_cast<double>(integer());
  }
  std::string_view string() const noexcept;  // valid while a copy of this Value lives
  const List& list() const noexcept;
  const Map& map() const noexcept;
  const Path& path() const noexcept;
  NodeId node() const noexcept { return static_cast<NodeId>(expect(ValueKind::kNode).integer); }
  Relationship relationship() const noexcept {
    const auto r = expect(ValueKind::kRelationship).relationship;
    return {wide_, r.end, r.id, narrow_};
  }
  Date date() const noexcept { return {expect(ValueKind::kDate).integer}; }
  LocalTime localTime() const noexcept { return {expect(ValueKind::kLocalTime).integer}; }
  Time time() const noexcept { return {expect(ValueKind::kTime).integer, static_cast<std::int32_t>(wide_)}; }
  LocalDateTime localDateTime() const noexcept {
    return {expect(ValueKind::kLocalDateTime).integer, static_cast<std::int32_t>(wide_)};
  }
  const DateTime& dateTime() const noexcept;
  const Duration& duration() const noexcept;
  const Point& point() const noexcept;

  // Bytes held on the heap, for memory budgets. O(size of the value).
  std::size_t heapBytes() const;

 private:
  // The head of every heap object. A string's bytes follow it directly; other contents are in Boxed.
  struct Heap {
    std::atomic<std::uint32_t> references{1};
    std::size_t size = 0;  // of a string: its bytes; of a list or map: how deep such nest in it, itself included
  };
  template <typename T>
  struct Boxed : Heap {
    explicit Boxed(T v) : content(std::move(v)) {}  // not {}: a list would become a list of one list
    T content;
  };
  union Payload {
    std::int64_t integer;
    double floating;
    Heap* heap;
    struct {
      std::uint32_t end, id;
    } relationship;
  };

  explicit Value(ValueKind kind, std::int64_t payload, std::uint32_t wide = 0) noexcept : kind_{kind}, wide_{wide} {
    payload_.integer = payload;
  }
  Value(ValueKind kind, Heap* heap) noexcept : kind_{kind} { payload_.heap = heap; }

  bool onHeap() const noexcept { return (kHeapKinds & bit(kind_)) != 0; }
  void retain() const noexcept { payload_.heap->references.fetch_add(1, std::memory_order_relaxed); }
  void release() noexcept {
    if (payload_.heap->references.fetch_sub(1, std::memory_order_acq_rel) == 1) destroy();
  }
  void destroy() noexcept;
  void copyBits(const Value& other) noexcept {
    kind_ = other.kind_;
    narrow_ = other.narrow_;
    wide_ = other.wide_;
    payload_ = other.payload_;
  }
  const Payload& expect([[maybe_unused]] ValueKind kind) const noexcept {
    assert(kind_ == kind);
    return payload_;
  }
  template <typename T>
  const T& boxed(ValueKind kind) const noexcept {
    return static_cast<const Boxed<T>*>(expect(kind).heap)->content;
  }

  ValueKind kind_ = ValueKind::kNull;
  std::uint16_t narrow_ = 0;  // relationship type
  std::uint32_t wide_ = 0;    // offset, nanoseconds, or a relationship's start
  Payload payload_{.integer = 0};
};
static_assert(sizeof(Value) == 16);

inline std::size_t Map::size() const { return entries_.size(); }  // here, where a MapEntry is a complete type

inline std::string_view Value::string() const noexcept {
  const Heap* heap = expect(ValueKind::kString).heap;
  return {reinterpret_cast<const char*>(heap + 1), heap->size};
}
inline const List& Value::list() const noexcept { return boxed<List>(ValueKind::kList); }
inline const Map& Value::map() const noexcept { return boxed<Map>(ValueKind::kMap); }
inline const Path& Value::path() const noexcept { return boxed<Path>(ValueKind::kPath); }
inline const DateTime& Value::dateTime() const noexcept { return boxed<DateTime>(ValueKind::kDateTime); }
inline const Duration& Value::duration() const noexcept { return boxed<Duration>(ValueKind::kDuration); }
inline const Point& Value::point() const noexcept { return boxed<Point>(ValueKind::kPoint); }

}  // namespace plexus
