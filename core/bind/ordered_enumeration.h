// core/bind/ordered_enumeration.h: `r.phase >= $least` where `phase` is declared with an enumeration of strings: such
// values compare, sort and aggregate by the enumeration's order, not by that of letters.
//
// Which expressions are of an enumeration is known from their types (Type::enumeration()): properties by declaration,
// and whatever names, lists and CASE make of them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/bind/bound_expression.h"
#include "core/catalog/catalog.h"

namespace plexus::bind {

// What the property `key` of a node or relationship (kAny: either) is one of. `labels`: known to hold of it, or null.
// Types that these names stand for decide, with their super- and sub-types; without names all declarations do. Null if
// none of them enumerates the key by strings, or two do differently.
Enumeration enumerationOf(std::string_view key, TypeKind owner, const LabelsPtr& labels,
                          const catalog::Catalog& catalog);

// The comparison ("<", "<=", ">", ">=") by the order of an enumeration: of a constant as the property being IN the
// values that satisfy it. Null if neither side is of one, or both of different ones. A constant that is no value of
// the enumeration compares to nothing, and `warnings` says so.
ExpressionPtr compareByEnumeration(std::string_view comparison, const ExpressionPtr& left, const ExpressionPtr& right,
                                   Span span, std::vector<std::string>& warnings);

// What to sort by, or take the least of, instead of the expression: its place in its enumeration; itself if it is of
// none. And back.
ExpressionPtr ordinalOf(const ExpressionPtr& expression);
ExpressionPtr fromOrdinal(ExpressionPtr place, const Enumeration& enumeration);

}  // namespace plexus::bind
