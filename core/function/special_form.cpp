// What looks like a function but has a syntax of its own: the grammar reads it, the engine has an expression for it.
#include "core/function/families.h"

namespace plexus::function {
namespace {

constexpr std::string_view kPredicate = "Predicate";

}  // namespace

std::span<const SpecialForm> specialForms() {
  static const SpecialForm kTable[] = {
      {.name = "all",
       .signature = "all(variable IN list :: LIST<ANY> WHERE predicate :: BOOLEAN) :: BOOLEAN",
       .category = kPredicate,
       .description = "Whether the predicate holds for all elements of a list.",
       .example = "all(x IN [1, 2] WHERE x > 0)",
       .result = "true"},
      {.name = "any",
       .signature = "any(variable IN list :: LIST<ANY> WHERE predicate :: BOOLEAN) :: BOOLEAN",
       .category = kPredicate,
       .description = "Whether the predicate holds for some element of a list.",
       .example = "any(x IN [1, 2] WHERE x > 1)",
       .result = "true"},
      {.name = "file",
       .signature = "file() :: STRING",
       .category = "Load CSV",
       .description = "The path of the file that LOAD CSV reads; null outside of LOAD CSV.",
       .example = "file()",
       .result = "null"},
      {.name = "linenumber",
       .signature = "linenumber() :: INTEGER",
       .category = "Load CSV",
       .description = "The line that LOAD CSV has read the row from, counted from 1; null outside of LOAD CSV.",
       .example = "linenumber()",
       .result = "null"},
      {.name = "none",
       .signature = "none(variable IN list :: LIST<ANY> WHERE predicate :: BOOLEAN) :: BOOLEAN",
       .category = kPredicate,
       .description = "Whether the predicate holds for no element of a list.",
       .example = "none(x IN [1, 2] WHERE x > 2)",
       .result = "true"},
      {.name = "reduce",
       .signature = "reduce(accumulator = initial :: ANY, variable IN list :: LIST<ANY> | step :: ANY) :: ANY",
       .category = "List",
       .description = "The accumulator after `step` has been computed for each element of a list, in order.",
       .example = "reduce(sum = 0, x IN [1, 2, 3] | sum + x)",
       .result = "6"},
      {.name = "single",
       .signature = "single(variable IN list :: LIST<ANY> WHERE predicate :: BOOLEAN) :: BOOLEAN",
       .category = kPredicate,
       .description = "Whether the predicate holds for exactly one element of a list.",
       .example = "single(x IN [1, 2] WHERE x > 1)",
       .result = "true"}};
  return kTable;
}

}  // namespace plexus::function
