// core/value/type.h: static types: what function signatures (core/function), the binder and type predicates speak of.
//
// A type here says what a value may be, null always included unless a context says otherwise. kAny: nothing is known;
// checks against it wait until run time.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/value/value.h"

namespace plexus {

enum class TypeKind : std::uint8_t {
  kAny,
  kNull,
  kBoolean,
  kInteger,
  kFloat,
  kNumber /* integer or float */,
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
  kTemporalInstant /* any but duration */,
  kPoint,
};

using Enumeration = std::shared_ptr<const std::vector<Value>>;
bool sameEnumeration(const Enumeration& a, const Enumeration& b);

class Type {
 public:
  Type(TypeKind kind = TypeKind::kAny) : kind_{kind} {}
  static Type list(Type element) {
    Type t{TypeKind::kList};
    t.element_ = std::make_shared<const Type>(std::move(element));
    return t;
  }

  TypeKind kind() const { return kind_; }
  bool is(TypeKind kind) const { return kind_ == kind; }
  // Of kList; kAny if the element type is not known.
  Type element() const { return element_ ? *element_ : Type{}; }
  // The strings that a declaration lists, whose order counts instead of that of letters; null: none does. Beside the
  // type: types that differ in it are equal, and common() keeps it only where both have the same.
  const Enumeration& enumeration() const { return enumeration_; }
  Type enumerated(Enumeration values) const {
    Type t = *this;
    t.enumeration_ = std::move(values);
    return t;
  }

  // False only if no value but null can be of both types: then a compile-time error is right.
  bool mayBe(const Type& other) const;
  // True only if every value of this type, null aside, is of the other.
  bool isA(const Type& other) const;
  // The narrowest type that holds both.
  Type common(const Type& other) const;
  static Type of(const Value& value);
  std::string text() const;  // "INTEGER", "LIST<STRING>", ...
  friend bool operator==(const Type& a, const Type& b);

 private:
  TypeKind kind_;
  std::shared_ptr<const Type> element_;
  Enumeration enumeration_;
};

}  // namespace plexus
