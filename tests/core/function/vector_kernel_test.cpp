// Every vector kernel gives what the dynamic kernel gives, on random values with and without nulls.
#include <cmath>
#include <limits>
#include <random>

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/function/registry.h"
#include "core/value/compare.h"
#include "core/value/print.h"

namespace plexus::function {
namespace {

using Kind = Vector::Kind;

class RandomValues {
 public:
  Value operator()(Kind kind) {
    switch (kind) {
      case Kind::kBoolean:
        return pick(2) == 0;
      case Kind::kInteger:
        return integer();
      case Kind::kFloat:
        return real();
      case Kind::kString:
        return text();
      case Kind::kNode:
        return Value::node(static_cast<NodeId>(pick(5)));
      case Kind::kRelationship:
        return Relationship{static_cast<NodeId>(pick(5)), static_cast<NodeId>(pick(5)), static_cast<RelId>(pick(3)), 0};
      case Kind::kValue:
        return pick(2) == 0 ? integer() : text();
    }
    return {};
  }
  std::uint64_t pick(std::uint64_t bound) { return random_() % bound; }

 private:
  Value integer() {
    constexpr std::int64_t kSpecial[] = {0,
                                         1,
                                         -1,
                                         2,
                                         7,
                                         std::numeric_limits<std::int64_t>::max(),
                                         std::numeric_limits<std::int64_t>::min(),
                                         4611686018427387905};
    return pick(3) == 0 ? kSpecial[pick(std::size(kSpecial))] : static_cast<std::int64_t>(pick(20)) - 10;
  }
  Value real() {
    constexpr double kSpecial[] = {0.0,
                                   -0.0,
                                   0.5,
                                   1.0,
                                   -2.5,
                                   1e300,
                                   4611686018427387904.0,
                                   std::numeric_limits<double>::infinity(),
                                   std::numeric_limits<double>::quiet_NaN()};
    return pick(2) == 0 ? kSpecial[pick(std::size(kSpecial))] : static_cast<double>(pick(100)) / 8 - 5;
  }
  Value text() {
    constexpr const char* kParts[] = {"", "a", "B", "ä", "ß", " ", "sar", "\u2003", "coma", ".*", "x"};
    std::string text;
    for (std::uint64_t n = pick(4); n > 0; --n) text += kParts[pick(std::size(kParts))];
    return text;
  }
  std::mt19937_64 random_{20261123};
};

// The value or the error's detail.
std::string outcome(const FunctionEntry& entry, FunctionContext& context, const std::vector<Value>& arguments) {
  try {
    return toCypherText(call(entry, context, arguments));
  } catch (const Error& error) {
    return std::string{error.detail()};
  }
}

// The kernel on one row, so that errors can be compared too.
std::string outcome(const VectorKernel& kernel, FunctionContext& context, const std::vector<Vector>& columns) {
  std::vector<const Vector*> arguments;
  arguments.reserve(columns.size());
  for (const Vector& column : columns) arguments.push_back(&column);
  Vector out{kernel.result, columns.front().size()};
  try {
    kernel.run(context, arguments, out);
    return toCypherText(out.value(0));
  } catch (const Error& error) {
    return std::string{error.detail()};
  }
}

bool readsGraph(const FunctionEntry& entry) { return entry.volatility == Volatility::kGraph; }

TEST(VectorKernels, AgreeWithDynamicKernelsRowByRow) {
  RandomValues random;
  FunctionContext context;
  std::size_t kernels = 0;
  for (const auto& all : {functions(), operators()}) {
    for (const FunctionEntry* entry : all) {
      for (const VectorKernel& kernel : entry->vectors) {
        if (readsGraph(*entry)) continue;
        ++kernels;
        ASSERT_EQ(findVectorKernel(*entry, kernel.arguments), &kernel);
        for (int round = 0; round < 300; ++round) {
          std::vector<Value> arguments;
          std::vector<Vector> columns;
          for (const Kind kind : kernel.arguments) {
            arguments.push_back(random.pick(6) == 0 ? Value{} : random(kind));
            columns.emplace_back(kind, 1);
            columns.back().set(0, arguments.back());
          }
          EXPECT_EQ(outcome(kernel, context, columns), outcome(*entry, context, arguments)) << entry->name;
        }
      }
    }
  }
  EXPECT_GT(kernels, 60U);
}

TEST(VectorKernels, AgreeOverWholeColumns) {
  RandomValues random;
  FunctionContext context;
  for (const std::string_view name : {"toUpper", "size", "abs", "trim", "CONTAINS", "<", "="}) {
    const FunctionEntry& entry = operatorEntry(name);
    for (const VectorKernel& kernel : entry.vectors) {
      constexpr std::size_t kRows = 500;
      std::vector<Vector> columns;
      for (const Kind kind : kernel.arguments) {
        columns.emplace_back(kind, kRows);
        for (std::size_t i = 0; i < kRows; ++i) {
          Value value = random(kind);
          if (value.is(ValueKind::kInteger) && value.integer() == INT64_MIN) value = 3;
          columns.back().set(i, random.pick(9) == 0 ? Value{} : value);
        }
      }
      std::vector<const Vector*> arguments;
      arguments.reserve(columns.size());
      for (const Vector& column : columns) arguments.push_back(&column);
      Vector out{kernel.result, kRows};
      kernel.run(context, arguments, out);
      for (std::size_t i = 0; i < kRows; ++i) {
        std::vector<Value> row;
        row.reserve(columns.size());
        for (const Vector& column : columns) row.push_back(column.value(i));
        EXPECT_TRUE(equivalent(out.value(i), call(entry, context, row))) << name << " row " << i;
      }
    }
  }
}

}  // namespace
}  // namespace plexus::function
