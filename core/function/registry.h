// core/function/registry.h: every function, operator and aggregate, found by name, with all that the binder, the
// engine, SHOW FUNCTIONS, completion, documentation and tests need.
//
// Families (text.cpp, number.cpp, operator_*.cpp, ...) have one table each of FunctionSpec or AggregateSpec rows;
// registry.cpp lists the families. Operators are functions with names that cannot be written as a call: "+", "-",
// "*", "/", "%", "^", "u-", "u+", "=", "<>", "<", "<=", ">", ">=", "AND", "OR", "XOR", "NOT", "IS NULL", "IS NOT NULL",
// "IN", "STARTS WITH", "ENDS WITH", "CONTAINS", "=~", "||", "[]" (index of lists, key of maps and entities), "[..]",
// "[from..]", "[..to]" (slices: list and its bounds).
//
// The dynamic kernel of an entry defines what it means. Vector kernels are faster ways to the same result; tests
// compare the two on random values. Thread safety: the registry is built on first use and immutable afterwards;
// pointers into it live as long as the process.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/function/context.h"
#include "core/value/type.h"
#include "core/value/value.h"
#include "core/value/vector.h"

namespace plexus::function {

enum class Nulls : std::uint8_t {
  kPropagate,  // null if any argument is null: use call(), which asks before it calls the kernel
  kHandled,    // the kernel is called with nulls
};

// What a result depends on besides the arguments; each includes the ones before.
enum class Volatility : std::uint8_t {
  kImmutable,  // nothing: may be computed when planning, if that does not fail (errors belong to run time)
  kGraph,      // the graph: not before or across writes
  kStatement,  // the clock or the time zone: the same within a statement, so not in a cached plan
  kVolatile,   // rand(): new for each row, never shared between rows or equal expressions
};

struct Parameter {
  std::string name;
  Type type;
  bool optional = false;  // it and those after it may be left out
  bool variadic = false;  // the last: any number of them, at least one
};

// One way to call a function. Parsed from text like "(text :: STRING, limit? :: INTEGER, more... :: ANY) :: STRING".
struct Signature {
  std::vector<Parameter> parameters;
  Type result;

  std::size_t minArguments() const;
  std::size_t maxArguments() const;  // SIZE_MAX if variadic
  const Type& parameterType(std::size_t argument) const;
  // Throws Error{kInternalError} for text that is none.
  static Signature parse(std::string_view text);
};

using ScalarKernel = Value (*)(FunctionContext&, std::span<const Value> arguments);

// A kernel over whole columns of fixed kinds. All arguments have the same size; `out` is of kind `result` and has that
// size and no nulls. A row with a null in any argument gives null. (Only for entries with Nulls::kPropagate.)
struct VectorKernel {
  std::vector<Vector::Kind> arguments;
  Vector::Kind result;
  void (*run)(FunctionContext&, std::span<const Vector* const> arguments, Vector& out);
};

// A row of a family's table.
struct FunctionSpec {
  std::string_view name;        // as shown; matched without regard to case
  std::string_view signatures;  // one a line, without the name
  Nulls nulls = Nulls::kPropagate;
  Volatility volatility = Volatility::kImmutable;
  std::string_view category;     // "String", "Mathematical", ... as SHOW FUNCTIONS prints it; "Operator" for operators
  std::string_view description;  // a sentence or two
  std::string_view example;      // an expression ...
  std::string_view result;       // ... and its value as toCypherText() prints it, or an error's "Type: Detail"
  ScalarKernel kernel = nullptr;
  // The result's type where the signatures cannot tell (element types); arguments were accepted by a signature.
  Type (*resultType)(std::span<const Type> arguments) = nullptr;
  std::vector<VectorKernel> vectors = {};
};

struct FunctionEntry : FunctionSpec {
  std::vector<Signature> signature;  // in order of preference
  bool isOperator() const { return category == "Operator"; }
};

// Null rule applied, then the kernel.
inline Value call(const FunctionEntry& entry, FunctionContext& context, std::span<const Value> arguments) {
  if (entry.nulls == Nulls::kPropagate) {
    for (const Value& argument : arguments) {
      if (argument.isNull()) return {};
    }
  }
  return entry.kernel(context, arguments);
}

// The vector kernel for arguments of these kinds, or null.
const VectorKernel* findVectorKernel(const FunctionEntry& entry, std::span<const Vector::Kind> arguments);

// What an aggregate has gathered of one group. Null arguments are passed too (most aggregates skip them). DISTINCT is
// the caller's: it passes each combination of arguments once, with multiplicity 1.
class AggregateState {
 public:
  virtual ~AggregateState() = default;
  // `multiplicity` equal rows. Throws runtime errors: TypeError InvalidArgumentValue, ArithmeticError IntegerOverflow,
  // ArgumentError NumberOutOfRange.
  virtual void add(std::span<const Value> arguments, std::uint64_t multiplicity) = 0;
  // Adds what another worker's state of the same group has gathered; `other` is left empty.
  virtual void merge(AggregateState& other) = 0;
  // The result. Called once.
  virtual Value finish() = 0;
  // Bytes held, for the memory budget. O(1).
  virtual std::size_t bytes() const = 0;

  // As add() for each of `rows` of a one-argument aggregate; multiplicities are parallel to `rows`, or empty (all 1).
  // Faster for typed columns.
  virtual void addColumn(const Vector& values, std::span<const std::uint32_t> rows,
                         std::span<const std::uint64_t> multiplicities);
};

struct AggregateSpec {
  std::string_view name;
  std::string_view signatures;
  std::string_view description;
  std::string_view example;  // a whole query
  std::string_view result;
  std::unique_ptr<AggregateState> (*make)() = nullptr;
  Type (*resultType)(std::span<const Type> arguments) = nullptr;
  bool ordered = false;  // collect: the order of rows is part of the result, so workers must not share it out freely
};

struct AggregateEntry : AggregateSpec {
  std::vector<Signature> signature;
};

// all(), reduce() and others that the grammar reads as something else than a call; by name.
struct SpecialForm {
  std::string_view name;
  std::string_view signature;  // with the name
  std::string_view category, description;
  std::string_view example, result;  // as of FunctionSpec
};
std::span<const SpecialForm> specialForms();  // special_form.cpp

// By name without regard to case; null if there is none. count(*) has no entry.
const FunctionEntry* findFunction(std::string_view name);
const AggregateEntry* findAggregate(std::string_view name);
// An operator that must exist (names above).
const FunctionEntry& operatorEntry(std::string_view name);

// All, by name; functions() without operators.
const std::vector<const FunctionEntry*>& functions();
const std::vector<const FunctionEntry*>& operators();
const std::vector<const AggregateEntry*>& aggregates();
// Names of functions, aggregates and special forms, for "did you mean".
const std::vector<std::string>& functionNames();

// Whether some signature takes that many arguments.
bool takes(std::span<const Signature> signatures, std::size_t arguments);
// The result's type for arguments of these types: of the first signature that surely fits, else what is common to all
// that may fit. Nothing if none may: a compile-time InvalidArgumentType.
std::optional<Type> resultType(const FunctionEntry& entry, std::span<const Type> arguments);
std::optional<Type> resultType(const AggregateEntry& entry, std::span<const Type> arguments);

// "left(text :: STRING, length :: INTEGER) :: STRING", one for each signature.
std::vector<std::string> signatureTexts(const FunctionEntry& entry);
std::vector<std::string> signatureTexts(const AggregateEntry& entry);

}  // namespace plexus::function
