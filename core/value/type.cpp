#include "core/value/type.h"

#include <algorithm>

#include "core/value/compare.h"

namespace plexus {
namespace {

TypeKind typeKind(ValueKind kind) {
  switch (kind) {
    case ValueKind::kNull:
      return TypeKind::kNull;
    case ValueKind::kBoolean:
      return TypeKind::kBoolean;
    case ValueKind::kInteger:
      return TypeKind::kInteger;
    case ValueKind::kFloat:
      return TypeKind::kFloat;
    case ValueKind::kString:
      return TypeKind::kString;
    case ValueKind::kList:
      return TypeKind::kList;
    case ValueKind::kMap:
      return TypeKind::kMap;
    case ValueKind::kNode:
      return TypeKind::kNode;
    case ValueKind::kRelationship:
      return TypeKind::kRelationship;
    case ValueKind::kPath:
      return TypeKind::kPath;
    case ValueKind::kDate:
      return TypeKind::kDate;
    case ValueKind::kLocalTime:
      return TypeKind::kLocalTime;
    case ValueKind::kTime:
      return TypeKind::kTime;
    case ValueKind::kLocalDateTime:
      return TypeKind::kLocalDateTime;
    case ValueKind::kDateTime:
      return TypeKind::kDateTime;
    case ValueKind::kDuration:
      return TypeKind::kDuration;
    case ValueKind::kPoint:
      return TypeKind::kPoint;
  }
  return TypeKind::kAny;
}

bool isInstant(TypeKind kind) {
  return (kind >= TypeKind::kDate && kind <= TypeKind::kDateTime) || kind == TypeKind::kTemporalInstant;
}
bool isNumber(TypeKind kind) {
  return kind == TypeKind::kInteger || kind == TypeKind::kFloat || kind == TypeKind::kNumber;
}

// Every value of kind `a` is of kind `b`.
bool within(TypeKind a, TypeKind b) {
  return a == b || (b == TypeKind::kNumber && isNumber(a)) || (b == TypeKind::kTemporalInstant && isInstant(a));
}

}  // namespace

bool sameEnumeration(const Enumeration& a, const Enumeration& b) {
  return a == b || (a && b && std::equal(a->begin(), a->end(), b->begin(), b->end(), equivalent));
}

bool Type::mayBe(const Type& other) const {
  const TypeKind a = kind_, b = other.kind_;
  if (a == TypeKind::kAny || b == TypeKind::kAny || a == TypeKind::kNull || b == TypeKind::kNull) return true;
  // Lists always share the empty list, whatever their elements are.
  return within(a, b) || within(b, a);
}

bool Type::isA(const Type& other) const {
  if (other.is(TypeKind::kAny) || is(TypeKind::kNull)) return true;
  if (is(TypeKind::kList) && other.is(TypeKind::kList)) return element().isA(other.element());
  return within(kind_, other.kind_);
}

Type Type::common(const Type& other) const {
  if (is(TypeKind::kNull)) return other;
  if (other.is(TypeKind::kNull)) return *this;
  if (is(TypeKind::kList) && other.is(TypeKind::kList)) return list(element().common(other.element()));
  const auto shared = sameEnumeration(enumeration_, other.enumeration_) ? enumeration_ : nullptr;
  if (within(kind_, other.kind_)) return other.enumerated(shared);
  if (within(other.kind_, kind_)) return enumerated(shared);
  if (isNumber(kind_) && isNumber(other.kind_)) return TypeKind::kNumber;
  if (isInstant(kind_) && isInstant(other.kind_)) return TypeKind::kTemporalInstant;
  return TypeKind::kAny;
}

Type Type::of(const Value& value) {
  if (!value.is(ValueKind::kList)) return typeKind(value.kind());
  Type element = TypeKind::kNull;
  for (const Value& v : value.list()) element = element.common(of(v));
  return list(element);
}

std::string Type::text() const {
  switch (kind_) {
    case TypeKind::kAny:
      return "ANY";
    case TypeKind::kNull:
      return "NULL";
    case TypeKind::kBoolean:
      return "BOOLEAN";
    case TypeKind::kInteger:
      return "INTEGER";
    case TypeKind::kFloat:
      return "FLOAT";
    case TypeKind::kNumber:
      return "INTEGER | FLOAT";
    case TypeKind::kString:
      return "STRING";
    case TypeKind::kList:
      return "LIST<" + element().text() + ">";
    case TypeKind::kMap:
      return "MAP";
    case TypeKind::kNode:
      return "NODE";
    case TypeKind::kRelationship:
      return "RELATIONSHIP";
    case TypeKind::kPath:
      return "PATH";
    case TypeKind::kDate:
      return "DATE";
    case TypeKind::kLocalTime:
      return "LOCAL TIME";
    case TypeKind::kTime:
      return "ZONED TIME";
    case TypeKind::kLocalDateTime:
      return "LOCAL DATETIME";
    case TypeKind::kDateTime:
      return "ZONED DATETIME";
    case TypeKind::kDuration:
      return "DURATION";
    case TypeKind::kTemporalInstant:
      return "DATE | TIME | DATETIME";
    case TypeKind::kPoint:
      return "POINT";
  }
  return "ANY";
}

bool operator==(const Type& a, const Type& b) {
  return a.kind_ == b.kind_ && (a.kind_ != TypeKind::kList || a.element() == b.element());
}

}  // namespace plexus
