// core/function/procedure.h: what CALL can call: a signature that the binder checks, and a callback that yields rows.
//
// The binder fills in defaults and checks the number and the static types of arguments; the engine coerces each
// argument to its field's type with coerceArgument() just before the call. Entries are immutable and must outlive every
// statement that was bound to them; names are matched without regard to case.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/catalog/catalog.h"
#include "core/storage/graph_view.h"
#include "core/value/type.h"
#include "core/value/value.h"

namespace plexus::inference {
class Entailment;
}

namespace plexus::function {

enum class ProcedureMode : std::uint8_t { kRead, kWrite, kSchema };

struct ProcedureInput {
  std::string name;
  Type type;
  std::optional<Value> defaultValue;  // only the last inputs may have one
  bool nullable = true;               // `INTEGER?`; all inputs but those that say otherwise
};

struct ProcedureOutput {
  std::string name;
  Type type;
  bool deprecated = false;  // left out by `YIELD *` and by a standalone CALL without YIELD
};

// What a procedure sees while it runs.
struct ProcedureContext {
  storage::GraphView view;                            // of a writing transaction: its own state
  const catalog::Catalog& catalog;                    // of `view`
  void* engine = nullptr;                             // for the engine's own procedures; its meaning is theirs
  const inference::Entailment* entailment = nullptr;  // what patterns of the statement see; null: nothing is inferred
};

struct ProcedureEntry {
  // Called with one cell an output, in the order of `outputs`; valid during the call only.
  using Emit = std::function<void(std::span<const Value> row)>;

  std::string name;  // dotted: "db.labels"
  std::vector<ProcedureInput> inputs;
  std::vector<ProcedureOutput> outputs;  // empty: a void procedure, which keeps the rows it is called for
  ProcedureMode mode = ProcedureMode::kRead;
  std::string description;
  // `arguments` are complete and coerced. Called once for each incoming row; from one thread at a time.
  std::function<void(ProcedureContext& context, std::span<const Value> arguments, const Emit& emit)> run;

  bool isVoid() const { return outputs.empty(); }
  // Inputs without a default.
  std::size_t requiredInputs() const;
  // "db.labels() :: (label :: STRING)", as SHOW PROCEDURES prints it.
  std::string signature() const;
};

// The argument as the input wants it: integers become floats where the type is kFloat; null stays null. Throws
// Error{kArgumentError, kRuntime, InvalidArgumentType} for a value that the type cannot hold.
Value coerceArgument(const ProcedureEntry& procedure, std::size_t input, const Value& argument);

}  // namespace plexus::function
