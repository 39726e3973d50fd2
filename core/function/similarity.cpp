// Functions about vectors: lists of numbers, all of one length.
#include <cmath>

#include <fmt/format.h>

#include "core/function/families.h"
#include "core/function/kernel.h"

namespace plexus::function {
namespace {

using Arguments = std::span<const Value>;

// Both vectors; throws unless they are lists of the same number of finite numbers.
struct Vectors {
  Vectors(std::string_view function, Arguments arguments)
      : a{numbers(function, arguments[0])}, b{numbers(function, arguments[1])} {
    if (a.size() == b.size() && !a.empty()) return;
    throwArgument("InvalidArgumentValue",
                  fmt::format("{}() compares vectors of one length, not of {} and {}", function, a.size(), b.size()));
  }

  std::vector<double> a, b;

 private:
  static std::vector<double> numbers(std::string_view function, const Value& list) {
    std::vector<double> all;
    for (const Value& element : listArgument(function, list)) {
      all.push_back(numberArgument(function, element));
      if (!std::isfinite(all.back())) {
        throwArgument("NumberOutOfRange", fmt::format("{}() needs finite numbers, not {}", function, all.back()));
      }
    }
    return all;
  }
};

Value cosine(FunctionContext&, Arguments arguments) {
  const Vectors v{"vector.similarity.cosine", arguments};
  double product = 0, squaresA = 0, squaresB = 0;
  for (std::size_t i = 0; i < v.a.size(); ++i) {
    product += v.a[i] * v.b[i];
    squaresA += v.a[i] * v.a[i];
    squaresB += v.b[i] * v.b[i];
  }
  if (squaresA == 0 || squaresB == 0) {
    throwArgument("InvalidArgumentValue", "vector.similarity.cosine() needs vectors of a length above 0");
  }
  return (1 + product / std::sqrt(squaresA * squaresB)) / 2;
}

Value euclidean(FunctionContext&, Arguments arguments) {
  const Vectors v{"vector.similarity.euclidean", arguments};
  double squares = 0;
  for (std::size_t i = 0; i < v.a.size(); ++i) squares += (v.a[i] - v.b[i]) * (v.a[i] - v.b[i]);
  return 1 / (1 + squares);
}

FunctionSpec row(std::string_view name, std::string_view description, std::string_view example, std::string_view result,
                 ScalarKernel kernel) {
  return {.name = name,
          .signatures = "(a :: LIST<NUMBER>, b :: LIST<NUMBER>) :: FLOAT",
          .category = "Vector",
          .description = description,
          .example = example,
          .result = result,
          .kernel = kernel};
}

}  // namespace

std::span<const FunctionSpec> similarityFunctions() {
  static const FunctionSpec kTable[] = {
      row("vector.similarity.cosine",
          "How alike the directions of two vectors are: 1 for the same, 0.5 at a right angle, 0 for opposite ones.",
          "vector.similarity.cosine([1, 0], [0, 2])", "0.5", cosine),
      row("vector.similarity.euclidean", "How near two vectors are: 1 / (1 + the square of their distance).",
          "vector.similarity.euclidean([0, 0], [0, 1])", "0.5", euclidean)};
  return kTable;
}

}  // namespace plexus::function
