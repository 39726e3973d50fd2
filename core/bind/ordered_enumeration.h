// core/bind/ordered_enumeration.h: `r.phase >= 'phase 3'` where `phase` is declared with an enumeration of strings:
// such a comparison is by the enumeration's order, not by that of letters.
#pragma once

#include <string_view>

#include "core/bind/bound_expression.h"
#include "core/catalog/catalog.h"

namespace plexus::bind {

// The comparison ("<", "<=", ">", ">=") as the property being IN the values that satisfy it; null if it is not one of a
// property with a constant of its enumeration. A key whose declarations enumerate differently has no order.
ExpressionPtr compareByEnumeration(std::string_view comparison, const ExpressionPtr& left, const ExpressionPtr& right,
                                   const catalog::Catalog& catalog, Span span);

}  // namespace plexus::bind
