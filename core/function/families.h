// core/function/families.h: the table of each family, for registry.cpp alone.
#pragma once

#include <span>

#include "core/function/registry.h"

namespace plexus::function {

std::span<const FunctionSpec> arithmeticOperators();  // operator_arithmetic.cpp
std::span<const FunctionSpec> comparisonOperators();  // operator_comparison.cpp
std::span<const FunctionSpec> logicOperators();       // operator_logic.cpp
std::span<const FunctionSpec> textOperators();        // operator_text.cpp
std::span<const FunctionSpec> listOperators();        // operator_list.cpp
std::span<const FunctionSpec> collectionFunctions();  // collection.cpp
std::span<const FunctionSpec> conversionFunctions();  // conversion.cpp
std::span<const FunctionSpec> evidenceFunctions();    // evidence.cpp
std::span<const FunctionSpec> graphFunctions();       // graph.cpp
std::span<const FunctionSpec> inferenceFunctions();   // inference.cpp
std::span<const FunctionSpec> listFunctions();        // list.cpp
std::span<const FunctionSpec> numberFunctions();      // number.cpp
std::span<const FunctionSpec> similarityFunctions();  // similarity.cpp
std::span<const FunctionSpec> spatialFunctions();     // spatial.cpp
std::span<const FunctionSpec> temporalFunctions();    // temporal.cpp
std::span<const FunctionSpec> textFunctions();        // text.cpp
std::span<const AggregateSpec> aggregateFunctions();  // aggregate.cpp

}  // namespace plexus::function
