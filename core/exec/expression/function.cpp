// Functions and operators: a vector kernel of the registry where the columns' kinds have one, else row by row.
// AND, OR and coalesce, which must not look at rows already decided, are in logic.cpp; IN with a fixed list in in.cpp.
#include <array>

#include "core/exec/expression/composite.h"
#include "core/exec/expression/logic.h"
#include "core/exec/expression/vector_builder.h"
#include "core/exec/run/reuse.h"
#include "core/function/registry.h"

namespace plexus::exec {
namespace {

bool isBroadcast(const Column& column) { return column.rows && column.data->size() == 1; }

class FunctionEvaluator final : public Composite {
 public:
  FunctionEvaluator(const bind::Function& function, std::vector<EvaluatorPtr> operands)
      : Composite{bind::BoundKind::kFunction, function.span, std::move(operands)}, entry_{*function.function} {}

  std::unique_ptr<Scratch> open(Worker& worker) const override {
    auto scratch = std::make_unique<Own>();
    start(worker, *scratch);
    scratch->broadcasts.resize(operands());
    scratch->broadcastOf.resize(operands());
    return scratch;
  }

  Column evaluate(Worker& worker, Scratch& scratch, const Batch& rows) const override {
    auto& own = static_cast<Own&>(scratch);
    std::vector<Column> arguments;
    arguments.reserve(operands());
    for (std::size_t i = 0; i < operands(); ++i) arguments.push_back(evaluateOperand(i, worker, scratch, rows));
    try {
      if (const auto* kernel = kernelFor(own, arguments))
        return runKernel(*kernel, worker, own, arguments, rows.rows());
      return runRows(worker, arguments, rows.rows());
    } catch (const Error& error) {
      throw error.at(span());
    }
  }

 private:
  struct Own final : OperandScratch {
    std::vector<Vector::Kind> kinds;  // for which `kernel` was looked up
    const function::VectorKernel* kernel = nullptr;
    // Constant arguments as whole vectors, for as long as the constant and the size stay.
    std::vector<std::shared_ptr<const Vector>> broadcasts;
    std::vector<std::shared_ptr<const Vector>> broadcastOf;

    // Constants' scratch still holds what `broadcastOf` points to; other arguments' are gone.
    bool close() override {
      OperandScratch::close();
      for (std::size_t i = 0; i < broadcasts.size(); ++i) {
        if (broadcasts[i] && broadcasts[i]->size() <= kKeptRows && broadcastOf[i].use_count() > 1) continue;
        broadcasts[i] = broadcastOf[i] = nullptr;
      }
      return true;
    }
  };

  const function::VectorKernel* kernelFor(Own& own, const std::vector<Column>& arguments) const {
    if (entry_.vectors.empty() || arguments.empty()) return nullptr;
    bool same = own.kinds.size() == arguments.size();
    for (std::size_t i = 0; same && i < arguments.size(); ++i) same = own.kinds[i] == arguments[i].data->kind();
    if (same) return own.kernel;
    own.kinds.clear();
    for (const Column& argument : arguments) own.kinds.push_back(argument.data->kind());
    own.kernel = function::findVectorKernel(entry_, own.kinds);
    return own.kernel;
  }

  // The argument as one plain vector of `rows` rows.
  std::shared_ptr<const Vector> plain(Own& own, std::size_t i, const Column& argument, std::size_t rows) const {
    if (!argument.rows && argument.data->size() == rows) return argument.data;
    if (isBroadcast(argument)) {
      if (own.broadcastOf[i] != argument.data || own.broadcasts[i]->size() != rows) {
        own.broadcastOf[i] = argument.data;
        own.broadcasts[i] = std::make_shared<const Vector>(broadcast(*argument.data, rows));
      }
      return own.broadcasts[i];
    }
    auto vector = std::make_shared<Vector>(argument.data->kind());
    if (argument.rows) {
      vector->appendRows(*argument.data, *argument.rows);
    } else {
      vector->appendRows(*argument.data, *identitySelection(rows));
    }
    return vector;
  }

  static Vector broadcast(const Vector& one, std::size_t rows) {
    if (!one.isNull(0)) return Vector::constant(one.value(0), rows);
    Vector nulls{one.kind(), rows};
    for (std::size_t row = 0; row < rows; ++row) nulls.setNull(row);
    return nulls;
  }

  Column runKernel(const function::VectorKernel& kernel, Worker& worker, Own& own, const std::vector<Column>& arguments,
                   std::size_t rows) const {
    std::vector<std::shared_ptr<const Vector>> vectors;
    std::vector<const Vector*> pointers;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      vectors.push_back(plain(own, i, arguments[i], rows));
      pointers.push_back(vectors.back().get());
    }
    auto result = std::make_shared<Vector>(kernel.result, rows);
    kernel.run(worker.functions, pointers, *result);
    return {std::move(result), nullptr};
  }

  Column runRows(Worker& worker, const std::vector<Column>& arguments, std::size_t rows) const {
    VectorBuilder result;
    std::vector<Value> values(arguments.size());
    for (std::size_t row = 0; row < rows; ++row) {
      for (std::size_t i = 0; i < arguments.size(); ++i) values[i] = arguments[i].value(row);
      result.append(function::call(entry_, worker.functions, values));
    }
    return {result.finish(), nullptr};
  }

  const function::FunctionEntry& entry_;
};

}  // namespace

EvaluatorPtr compileFunction(const bind::Function& function, const Layout& layout, BuildContext& build) {
  auto operands = compileAll(function.arguments, layout, build);
  const std::string_view name = function.function->name;
  if (name == "AND" || name == "OR") return makeConnective(function, std::move(operands));
  if (name == "coalesce") return makeCoalesce(function, std::move(operands));
  if (name == "IN" && isFixed(*function.arguments[1])) {
    return makeInFixed(function, std::move(operands),
                       std::make_unique<FunctionEvaluator>(function, compileAll(function.arguments, layout, build)));
  }
  return std::make_unique<FunctionEvaluator>(function, std::move(operands));
}

}  // namespace plexus::exec
