#include "core/exec/operator/scan/narrowing.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "core/exec/build/build_context.h"
#include "core/exec/expression/logic.h"
#include "core/function/registry.h"

namespace plexus::exec {
namespace {

using bind::BoundKind;
using Kind = Narrowing::Kind;

constexpr std::size_t kMostListed = 64;  // values of an IN list that are searched for one by one

// A function that can be searched for; `turned`: the one that means the same with its arguments exchanged.
struct Searchable {
  std::string_view name;
  Kind kind;
  std::string_view turned;
};
constexpr std::array<Searchable, 9> kSearchable{{{"=", Kind::kEqual, "="},
                                                 {"IN", Kind::kIn, ""},
                                                 {"STARTS WITH", Kind::kStartsWith, ""},
                                                 {"ENDS WITH", Kind::kEndsWith, ""},
                                                 {"CONTAINS", Kind::kContains, ""},
                                                 {"<", Kind::kBetween, ">"},
                                                 {"<=", Kind::kBetween, ">="},
                                                 {">", Kind::kBetween, "<"},
                                                 {">=", Kind::kBetween, "<="}}};

const Searchable* searchableNamed(std::string_view name) {
  const auto found =
      std::find_if(kSearchable.begin(), kSearchable.end(), [&](const Searchable& s) { return s.name == name; });
  return found == kSearchable.end() ? nullptr : &*found;
}

bool isText(Kind kind) { return kind == Kind::kStartsWith || kind == Kind::kEndsWith || kind == Kind::kContains; }

// The key, if the expression is a property of the variable.
const std::string* keyOf(const bind::BoundExpression& expression, VariableId variable) {
  if (expression.kind() != BoundKind::kProperty) return nullptr;
  const auto& property = expression.as<bind::Property>();
  const bool own =
      property.base->kind() == BoundKind::kVariable && property.base->as<bind::Variable>().variable == variable;
  return own ? &property.key : nullptr;
}

// The argument of toLower(), else null.
const bind::BoundExpression* lowered(const bind::BoundExpression& expression) {
  if (expression.kind() != BoundKind::kFunction) return nullptr;
  const auto& call = expression.as<bind::Function>();
  const bool lower = call.function->name == "toLower" || call.function->name == "lower";
  return lower ? call.arguments.front().get() : nullptr;
}

std::optional<Narrowing> narrowingOf(const bind::BoundExpression& predicate, VariableId variable, BuildContext& build) {
  if (predicate.kind() != BoundKind::kFunction) return std::nullopt;
  const auto& function = predicate.as<bind::Function>();
  const Searchable* search = searchableNamed(function.function->name);
  if (search == nullptr || function.arguments.size() != 2) return std::nullopt;
  const bind::BoundExpression* subject = function.arguments[0].get();
  const bind::BoundExpression* value = function.arguments[1].get();
  if (!search->turned.empty() && isFixed(*subject)) {
    std::swap(subject, value);
    search = searchableNamed(search->turned);
  }
  Narrowing narrowing;
  narrowing.kind = search->kind;
  if (const auto* inner = isText(search->kind) ? lowered(*subject) : nullptr) {
    subject = inner;
    narrowing.lowered = true;
  }
  const std::string* key = keyOf(*subject, variable);
  if (key == nullptr || !isFixed(*value)) return std::nullopt;
  narrowing.key = *key;
  auto& place = search->kind != Kind::kBetween ? narrowing.value
                : search->name[0] == '<'       ? narrowing.high
                                               : narrowing.low;
  place = compile(*value, Layout{}, build);
  return narrowing;
}

bool isNumber(const Value& v) { return v.is(ValueKind::kInteger) || v.is(ValueKind::kFloat); }
bool isNan(const Value& v) { return v.is(ValueKind::kFloat) && std::isnan(v.floating()); }
// Values that segments have as they are. What equals others is looked at value by value.
bool isSearchable(const Value& v) {
  return v.is(ValueKind::kString) || v.is(ValueKind::kBoolean) || (isNumber(v) && !isNan(v));
}

using Column = storage::PropertyColumn;
using Nodes = std::optional<std::vector<NodeId>>;

Nodes searchListed(const Column& column, const Value& list, const Roaring& among) {
  if (!list.is(ValueKind::kList) || list.list().size() > kMostListed) return std::nullopt;
  std::vector<NodeId> found;
  for (const Value& value : list.list()) {
    if (value.isNull()) continue;  // makes the predicate null, never true
    if (!isSearchable(value)) return std::nullopt;
    column.findEqual(value, among, found);
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

Nodes searchBetween(const Column& column, const Narrowing& narrowing, Worker& worker, const Roaring& among) {
  std::array<std::optional<storage::ValueBound>, 2> bounds;
  const std::array<const Evaluator*, 2> ends{narrowing.low.get(), narrowing.high.get()};
  for (std::size_t i = 0; i < ends.size(); ++i) {
    if (ends[i] == nullptr) continue;
    bounds[i].emplace().value = evaluateConstant(*ends[i], worker);
    if (!isSearchable(bounds[i]->value)) return std::nullopt;
  }
  const auto& [low, high] = bounds;
  const bool numbers = low && high && isNumber(low->value) && isNumber(high->value);
  if (low && high && !numbers && low->value.kind() != high->value.kind()) return std::nullopt;
  std::vector<NodeId> found;
  column.findBetween(low, high, among, found);
  return found;
}

}  // namespace

std::optional<std::vector<NodeId>> Narrowing::search(Worker& worker, const Roaring& among) const {
  const auto id = worker.context.catalog().propertyKeys.find(key);
  if (!id) return std::nullopt;
  const Column column = worker.context.view.nodeProperty(*id);
  if (kind == Kind::kBetween) return searchBetween(column, *this, worker, among);
  const Value wanted = evaluateConstant(*value, worker);
  if (kind == Kind::kIn) return searchListed(column, wanted, among);
  std::vector<NodeId> found;
  if (kind == Kind::kEqual) {
    if (!isSearchable(wanted)) return std::nullopt;
    column.findEqual(wanted, among, found);
    return found;
  }
  if (!wanted.is(ValueKind::kString)) return std::nullopt;
  const Column::Part part = kind == Kind::kContains     ? Column::Part::kAnywhere
                            : kind == Kind::kStartsWith ? Column::Part::kStart
                                                        : Column::Part::kEnd;
  column.findText(part, wanted.string(), lowered, among, found);
  return found;
}

std::optional<Narrowing> narrowingOf(const std::vector<bind::ExpressionPtr>& predicates, VariableId variable,
                                     BuildContext& build) {
  std::optional<Narrowing> best;
  for (const auto& predicate : predicates) {
    auto one = narrowingOf(*predicate, variable, build);
    if (!one) continue;
    if (!best || one->kind < best->kind) {
      best = std::move(one);
    } else if (one->kind == Kind::kBetween && best->kind == Kind::kBetween && best->key == one->key) {
      if (one->low && !best->low) best->low = std::move(one->low);
      if (one->high && !best->high) best->high = std::move(one->high);
    }
  }
  return best;
}

}  // namespace plexus::exec
