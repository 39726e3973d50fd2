#include "core/plan/inference_notes.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "core/inference/entailment.h"
#include "core/plan/order/graph_numbers.h"
#include "core/plan/order/query_graph.h"

namespace plexus::plan {
namespace {

using inference::RuleSet;
using inference::Step;
using inference::Trait;

// The conditions on relation types of an operator's own patterns.
std::vector<LabelsPtr> typeConditions(const LogicalOperator& op) {
  std::vector<LabelsPtr> out;
  switch (op.kind()) {
    case LogicalKind::kExpand:
      return {op.as<Expand>().types};
    case LogicalKind::kVarLengthExpand:
      return {op.as<VarLengthExpand>().types};
    case LogicalKind::kRelationshipScan:
      return {op.as<RelationshipScan>().types};
    case LogicalKind::kShortestPath:
      if (op.children.size() < 2) out.push_back(op.as<ShortestPath>().types);
      return out;
    case LogicalKind::kMultiwayIntersect:
      for (const auto& leg : op.as<MultiwayIntersect>().legs) out.push_back(leg.types);
      return out;
    case LogicalKind::kMessageAggregate:
      for (const auto& term : op.as<MessageAggregate>().terms) {
        for (const auto& link : term.links) {
          for (const auto& relation : link.relations) out.push_back(relation.types);
        }
      }
      return out;
    default:
      return out;
  }
}

class Notes {
 public:
  Notes(const catalog::Catalog& catalog, const inference::Entailment& entailment)
      : names_{catalog.relTypes}, rules_{entailment.rules()}, numbers_{numbersOf(&catalog, nullptr, &entailment)} {}

  void visit(const LogicalOperator& op) {
    for (const LabelsPtr& types : typeConditions(op)) {
      for (const auto& name : typesOf(types, *numbers_)) used_.insert(name);
    }
    for (const auto& child : op.children) visit(*child);
  }

  std::vector<std::string> lines() const {
    std::vector<std::string> out;
    for (const auto& name : used_) {
      const std::string traits = traitsOf(*names_.find(name));
      if (!traits.empty()) out.push_back(fmt::format("{} {}", name, traits));
    }
    return out;
  }

 private:
  std::string stepText(const Step& step) const {
    return fmt::format("{}{}", step.reversed ? "inverse of " : "", names_.name(step.type));
  }

  std::string traitsOf(RelTypeId name) const {
    std::vector<std::string> parts;
    const Step reading = rules_.schema().reading(name);
    if (reading.reversed) parts.push_back(fmt::format("reads {} backwards", names_.name(reading.type)));
    std::string subs;
    for (const auto& sub : rules_.subNames(name)) subs += (subs.empty() ? "" : ", ") + names_.name(sub.name);
    if (!subs.empty()) parts.push_back("matches its sub-relations " + subs);
    const auto* rules = reading.reversed ? nullptr : rules_.rules(name);
    if (rules != nullptr) addRules(*rules, parts);
    return fmt::format("{}", fmt::join(parts, "; "));
  }

  void addRules(const inference::TypeRules& rules, std::vector<std::string>& parts) const {
    if (rules.symmetric) parts.emplace_back("is symmetric: walked either way, once for each pair");
    if (rules.transitive) parts.emplace_back("is transitive: closure by search from the bound end, lists kept");
    for (const auto& body : rules.bodies) {
      if (body.trait != Trait::kChain) continue;
      std::string chain;
      for (const Step& step : body.walk) chain += (chain.empty() ? "" : "/") + stepText(step);
      parts.push_back("is implied by " + chain);
    }
    if (rules.recursive) parts.emplace_back("is derived as a whole, since it rests on itself");
  }

  const catalog::NameTable& names_;
  const RuleSet& rules_;
  std::unique_ptr<GraphNumbers> numbers_;
  std::set<std::string> used_;
};

}  // namespace

std::vector<std::string> inferenceNotes(const LogicalPlan& plan, const catalog::Catalog& catalog,
                                        const inference::Entailment& entailment) {
  Notes notes{catalog, entailment};
  notes.visit(*plan.root);
  for (const auto& [subquery, root] : plan.subqueries) notes.visit(*root);
  return notes.lines();
}

}  // namespace plexus::plan
