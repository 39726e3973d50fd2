#include "core/exec/run/name_condition.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/inference/entailment.h"

namespace plexus::exec {

using bind::BoundLabels;

NodeSet NodeSet::enclosing(const Roaring& bitmap) {
  NodeSet set;
  const std::uint64_t size = bitmap.cardinality();
  set.low_ = size == 0 ? 1 : bitmap.minimum();
  set.high_ = size == 0 ? 0 : bitmap.maximum();
  set.form_ = size == 0 || size == std::uint64_t{set.high_} - set.low_ + 1 ? Form::kRange : Form::kBits;
  return set;
}

NodeSet NodeSet::of(const Roaring& bitmap) {
  NodeSet set = enclosing(bitmap);
  if (set.form_ != Form::kBits) return set;
  auto words = std::make_shared<std::vector<std::uint64_t>>((set.high_ - set.low_) / 64 + 1);
  for (const NodeId node : bitmap) (*words)[(node - set.low_) >> 6] |= std::uint64_t{1} << ((node - set.low_) & 63);
  set.words_ = std::move(words);
  return set;
}

NodeSet NodeSet::over(std::shared_ptr<const Roaring> bitmap) {
  NodeSet set = enclosing(*bitmap);
  set.bitmap_ = std::move(bitmap);
  return set;
}

std::span<const NodeId> NodeSet::cut(std::span<const NodeId> ascending) const {
  if (form_ == Form::kAll || ascending.empty()) return ascending;
  if (ascending.front() >= low_ && ascending.back() <= high_) return ascending;
  const auto begin = std::lower_bound(ascending.begin(), ascending.end(), low_);
  const auto end = std::upper_bound(begin, ascending.end(), high_);
  return {begin, end};
}

std::size_t NodeSet::count(std::span<const NodeId> ascending) const {
  const auto part = cut(ascending);
  if (form_ != Form::kBits) return part.size();
  return static_cast<std::size_t>(std::count_if(part.begin(), part.end(), [&](NodeId n) { return containsBit(n); }));
}

NameCondition::NameCondition(bind::LabelsPtr labels, BuildContext& build) : labels_{std::move(labels)} {
  if (labels_) compileDynamic(*labels_, build);
}

void NameCondition::compileDynamic(const BoundLabels& labels, BuildContext& build) {
  if (labels.kind == BoundLabels::Kind::kDynamic) {
    dynamic_.emplace_back(&labels, compile(*labels.dynamic, Layout{}, build));
  }
  for (const auto& operand : labels.operands) compileDynamic(*operand, build);
}

NameCondition::Dynamic NameCondition::evaluateDynamic(Worker& worker) const {
  Dynamic names;
  for (const auto& [labels, evaluator] : dynamic_) {
    auto& list = names[labels];
    const Value value = evaluateConstant(*evaluator, worker);
    const auto add = [&list, span = evaluator->span()](const Value& name) {
      if (!name.is(ValueKind::kString)) {
        throwRuntime(ErrorType::kTypeError, "InvalidArgumentType", "a dynamic name must be a string", span);
      }
      list.emplace_back(name.string());
    };
    if (value.is(ValueKind::kList)) {
      for (const Value& name : value.list()) add(name);
    } else {
      add(value);
    }
  }
  return names;
}

Roaring NameCondition::labelled(const BoundLabels& labels, const ExecContext& context, const Dynamic& dynamic) {
  const auto named = [&](const std::string& name) {
    const auto id = context.catalog().labels.find(name);
    return id ? context.view.labelled(*id) : Roaring{};
  };
  switch (labels.kind) {
    case BoundLabels::Kind::kName:
      return named(labels.name);
    case BoundLabels::Kind::kAnd:
    case BoundLabels::Kind::kOr: {
      Roaring result = labelled(*labels.operands.front(), context, dynamic);
      for (std::size_t i = 1; i < labels.operands.size(); ++i) {
        const Roaring operand = labelled(*labels.operands[i], context, dynamic);
        labels.kind == BoundLabels::Kind::kAnd ? result &= operand : result |= operand;
      }
      return result;
    }
    case BoundLabels::Kind::kNot:
      return context.view.nodes() - labelled(*labels.operands.front(), context, dynamic);
    case BoundLabels::Kind::kAny: {
      Roaring result;
      for (const LabelId label : context.view.labelIdsInUse()) result |= context.view.labelled(label);
      return result;
    }
    case BoundLabels::Kind::kDynamic: {
      const auto& names = dynamic.at(&labels);
      Roaring result = labels.dynamicAny ? Roaring{} : context.view.nodes();
      for (const std::string& name : names) labels.dynamicAny ? result |= named(name) : result &= named(name);
      return result;
    }
  }
  return {};
}

NodeSet NameCondition::nodes(Worker& worker) const {
  if (!labels_) return {};
  const bool changing = worker.context.transaction != nullptr;
  if (labels_->kind == BoundLabels::Kind::kName) {  // no copy of the bitmap
    const auto id = worker.context.catalog().labels.find(labels_->name);
    if (!id) return NodeSet::of(Roaring{});
    const Roaring& bitmap = worker.context.view.labelled(*id);
    return changing ? NodeSet::over({std::shared_ptr<void>{}, &bitmap}) : NodeSet::of(bitmap);
  }
  Roaring made = bitmap(worker);
  return changing ? NodeSet::over(std::make_shared<const Roaring>(std::move(made))) : NodeSet::of(made);
}

Roaring NameCondition::bitmap(Worker& worker) const {
  if (!labels_) return worker.context.view.nodes();
  return labelled(*labels_, worker.context, evaluateDynamic(worker));
}

bool NameCondition::matches(const BoundLabels& labels, const std::vector<std::string>& names, const Dynamic& dynamic) {
  const auto operandMatches = [&](const auto& operand) { return matches(*operand, names, dynamic); };
  const auto has = [&](const std::string& name) { return std::find(names.begin(), names.end(), name) != names.end(); };
  switch (labels.kind) {
    case BoundLabels::Kind::kName:
      return has(labels.name);
    case BoundLabels::Kind::kAnd:
      return std::all_of(labels.operands.begin(), labels.operands.end(), operandMatches);
    case BoundLabels::Kind::kOr:
      return std::any_of(labels.operands.begin(), labels.operands.end(), operandMatches);
    case BoundLabels::Kind::kNot:
      return !operandMatches(labels.operands.front());
    case BoundLabels::Kind::kAny:
      return true;
    case BoundLabels::Kind::kDynamic: {
      const auto& wanted = dynamic.at(&labels);
      return labels.dynamicAny ? std::any_of(wanted.begin(), wanted.end(), has)
                               : std::all_of(wanted.begin(), wanted.end(), has);
    }
  }
  return false;
}

std::vector<RelTypeId> NameCondition::types(Worker& worker) const {
  const auto* entailment = worker.context.entailment.get();
  const auto& names = worker.context.catalog().relTypes;
  if (labels_ && labels_->kind == BoundLabels::Kind::kName) {
    const auto id = names.find(labels_->name);
    if (!id) return {};
    if (entailment) return entailment->namesOf(*id);
    return worker.context.view.relationshipCount(*id) > 0 ? std::vector<RelTypeId>{*id} : std::vector<RelTypeId>{};
  }
  std::vector<RelTypeId> types = entailment ? entailment->names() : worker.context.view.relTypesInUse();
  std::sort(types.begin(), types.end());
  if (!labels_) return types;
  const Dynamic dynamic = evaluateDynamic(worker);
  std::erase_if(types, [&](RelTypeId type) {
    std::vector<std::string> answersTo{names.name(type)};
    if (entailment) {
      for (const RelTypeId super : entailment->rules().superNames(type)) answersTo.push_back(names.name(super));
    }
    return !matches(*labels_, answersTo, dynamic);
  });
  return types;
}

}  // namespace plexus::exec
