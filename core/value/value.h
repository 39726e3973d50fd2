// core/value/value.h: one Cypher value of any type, 16 bytes, cheap to copy.
//
// Scalars, nodes, relationships and three temporal types live inside; strings, lists, maps, paths and the rest are
// immutable heap objects with an atomic reference count, shared by copies. A node or relationship is its id alone:
// labels and properties are read through a storage::GraphView.
// Thread safety: a Value is not synchronised; distinct copies that share a heap object may be used by different threads.
#pragma once

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
  std::size_t size() const { return entries_.size(); }

 private:
  std::vector<MapEntry> entries_;
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
  Value(bool b) noexcept;
  Value(std::int64_t i) noexcept;
  Value(int i) noexcept : Value{static_cast<std::int64_t>(i)} {}
  Value(double d) noexcept;
  Value(std::string_view s);
  Value(const std::string& s) : Value{std::string_view{s}} {}
  Value(const char* s) : Value{std::string_view{s}} {}
  Value(List list);
  Value(Map map);
  Value(Path path);
  Value(Date d) noexcept;
  Value(LocalTime t) noexcept;
  Value(Time t) noexcept;
  Value(LocalDateTime t) noexcept;
  Value(const DateTime& t);
  Value(const Duration& d);
  Value(const Point& p);
  Value(const Relationship& r) noexcept;
  static Value node(NodeId id) noexcept;

  Value(const Value& other) noexcept;
  Value(Value&& other) noexcept;
  Value& operator=(const Value& other) noexcept;
  Value& operator=(Value&& other) noexcept;
  ~Value();

  ValueKind kind() const noexcept { return kind_; }
  bool is(ValueKind kind) const noexcept { return kind_ == kind; }
  bool isNull() const noexcept { return kind_ == ValueKind::kNull; }
  bool isNumber() const noexcept { return kind_ == ValueKind::kInteger || kind_ == ValueKind::kFloat; }
  bool isTemporal() const noexcept { return kind_ >= ValueKind::kDate && kind_ <= ValueKind::kDuration; }

  // Each requires that kind() is the matching one (checked by assertions in debug builds only).
  bool boolean() const noexcept { return payload_.integer != 0; }
  std::int64_t integer() const noexcept { return payload_.integer; }
  double floating() const noexcept { return payload_.floating; }
  // The number as a double, of kInteger or kFloat.
  double number() const noexcept {
    return kind_ == ValueKind::kFloat ? payload_.floating : static_cast<double>(payload_.integer);
  }
  std::string_view string() const noexcept;  // valid while a copy of this Value lives
  const List& list() const noexcept;
  const Map& map() const noexcept;
  const Path& path() const noexcept;
  NodeId node() const noexcept { return static_cast<NodeId>(payload_.integer); }
  Relationship relationship() const noexcept;
  Date date() const noexcept { return {payload_.integer}; }
  LocalTime localTime() const noexcept { return {payload_.integer}; }
  Time time() const noexcept { return {payload_.integer, static_cast<std::int32_t>(wide_)}; }
  LocalDateTime localDateTime() const noexcept { return {payload_.integer, static_cast<std::int32_t>(wide_)}; }
  const DateTime& dateTime() const noexcept;
  const Duration& duration() const noexcept;
  const Point& point() const noexcept;

  // Bytes held on the heap, for memory budgets. O(size of the value).
  std::size_t heapBytes() const;

 private:
  struct Heap;  // reference count and contents; value.cpp
  bool onHeap() const noexcept;
  void retain() const noexcept;
  void release() noexcept;

  ValueKind kind_ = ValueKind::kNull;
  std::uint16_t narrow_ = 0;  // relationship type
  std::uint32_t wide_ = 0;    // offset, nanoseconds, or a relationship's start
  union Payload {
    std::int64_t integer;
    double floating;
    Heap* heap;
    struct {
      std::uint32_t end, id;
    } relationship;
  } payload_{.integer = 0};
};
static_assert(sizeof(Value) == 16);

}  // namespace plexus
