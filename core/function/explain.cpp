#include "core/function/explain.h"

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/catalog/evidence.h"
#include "core/inference/entailment.h"

namespace plexus::function {
namespace {

using inference::Entailment;
using inference::Trait;

class Explainer {
 public:
  Explainer(ProcedureContext& context, const ProcedureEntry::Emit& emit)
      : view_{context.view}, catalog_{context.catalog}, emit_{emit} {}

  void tell(const Entailment::Derivation& derivation, std::int64_t depth) {
    const Relationship& r = derivation.conclusion;
    const bool asserted = derivation.from.empty();
    const std::string indent(static_cast<std::size_t>(2 * depth), ' ');
    const std::string step = fmt::format("{}{} {} {}", indent, nameOf(r.start), typeName(r.type), nameOf(r.end));
    emit_(std::vector<Value>{depth, step, asserted ? "asserted" : reason(derivation), Value{r},
                             asserted ? propertiesOf(r) : Value{}, asserted ? catalog::evidenceOf(view_, r) : Value{}});
    for (const auto& part : derivation.from) tell(part, depth + 1);
  }

 private:
  std::string typeName(RelTypeId type) const { return catalog_.relTypes.name(type); }

  std::string nameOf(NodeId node) const {
    const auto key = catalog_.propertyKeys.find("name");
    const Value name = key ? view_.property(node, *key) : Value{};
    return name.is(ValueKind::kString) ? std::string{name.string()} : fmt::format("(#{})", node);
  }

  Value propertiesOf(const Relationship& r) const {
    std::vector<MapEntry> entries;
    for (auto& [key, value] : view_.properties(r)) {
      const std::string& name = catalog_.propertyKeys.name(key);
      if (name != catalog::kMoreEvidence) entries.emplace_back(name, std::move(value));
    }
    return Map{std::move(entries)};
  }

  std::string reason(const Entailment::Derivation& derivation) const {
    const std::string type = typeName(derivation.conclusion.type);
    const auto partType = [&](std::size_t i) { return typeName(derivation.from[i].conclusion.type); };
    if (derivation.renamed) return fmt::format("{} is the inverse of {}", type, partType(0));
    if (!derivation.trait) return "asserted";
    switch (*derivation.trait) {
      case Trait::kExtends:
        return fmt::format("{} is a kind of {}", partType(0), type);
      case Trait::kSymmetric:
        return fmt::format("{} is symmetric", type);
      case Trait::kTransitive:
        return fmt::format("{} is transitive", type);
      case Trait::kChain:
        break;
    }
    std::string chain = partType(0);
    for (std::size_t i = 1; i < derivation.from.size(); ++i) chain += "/" + partType(i);
    return fmt::format("{} is implied by {}", type, chain);
  }

  const storage::GraphView& view_;
  const catalog::Catalog& catalog_;
  const ProcedureEntry::Emit& emit_;
};

void explain(ProcedureContext& context, std::span<const Value> arguments, const ProcedureEntry::Emit& emit) {
  const Value& r = arguments[0];
  if (r.isNull()) return;
  if (!r.is(ValueKind::kRelationship)) {
    throwRuntime(ErrorType::kTypeError, "InvalidArgumentType", "kg.explain() explains a relationship");
  }
  std::optional<Entailment::Derivation> derivation = Entailment::Derivation{r.relationship(), {}, false, {}};
  if (context.entailment) derivation = context.entailment->derive(r.relationship());
  if (derivation) Explainer{context, emit}.tell(*derivation, 0);
}

}  // namespace

ProcedureEntry explainProcedure() {
  ProcedureEntry entry;
  entry.name = "kg.explain";
  entry.inputs = {{"relationship", Type{TypeKind::kRelationship}, std::nullopt, true}};
  entry.outputs = {{"depth", Type{TypeKind::kInteger}},  {"step", Type{TypeKind::kString}},
                   {"because", Type{TypeKind::kString}}, {"relationship", Type{TypeKind::kRelationship}},
                   {"evidence", Type{TypeKind::kMap}},   {"assertions", Type::list(Type{TypeKind::kMap})}};
  entry.description =
      "Why a relationship holds: a row a step, each below what it is a reason for; of asserted ones the properties and "
      "all "
      "rows of evidence.";
  entry.run = explain;
  return entry;
}

}  // namespace plexus::function
