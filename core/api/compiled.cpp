#include "core/api/compiled.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <string>

#include "core/base/nearest_name.h"
#include "core/bind/binder.h"
#include "core/inference/entailment.h"
#include "core/parse/parser.h"
#include "core/plan/planner.h"

namespace plexus::api {
namespace {

using Clock = std::chrono::steady_clock;

double millisecondsSince(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

// Twice as much or half as much, beyond what small graphs change by in a moment.
bool moved(std::uint64_t then, std::uint64_t now) {
  constexpr std::uint64_t kSlack = 1000;
  return now > 2 * then + kSlack || then > 2 * now + kSlack;
}

std::uint64_t relationshipsOf(const storage::GraphView& view) {
  std::uint64_t sum = 0;
  for (const RelTypeId type : view.relTypesInUse()) sum += view.relationshipCount(type);
  return sum;
}

// Names are only ever added.
bool haveSameNames(const catalog::Catalog& a, const catalog::Catalog& b) {
  return a.labels.size() == b.labels.size() && a.relTypes.size() == b.relTypes.size() &&
         a.propertyKeys.size() == b.propertyKeys.size();
}

// Index ids are never used again, so equal ones are equal rules; rules without an index are told by their names.
bool sameRules(const catalog::Catalog& a, const catalog::Catalog& b) {
  return a.sharedTypes() == b.sharedTypes() &&
         std::equal(a.rules().begin(), a.rules().end(), b.rules().begin(), b.rules().end(),
                    [](const auto& x, const auto& y) { return x.spec.id == y.spec.id && x.name == y.name; });
}

// `CALL p` without parentheses takes its arguments from the parameters at hand: its plan is for those only.
bool dependsOnParameterNames(const ast::Query& query) {
  for (const auto& part : query.parts) {
    for (const auto& clause : part.clauses) {
      const auto* call = std::get_if<ast::CallProcedure>(&clause.node);
      if (call && call->standalone && !call->hasArguments) return true;
    }
  }
  return false;
}

StatementKind kindOf(const ast::Statement& statement) {
  if (std::holds_alternative<ast::TransactionCommand>(statement.node)) return StatementKind::kTransaction;
  if (std::holds_alternative<ast::Show>(statement.node)) return StatementKind::kShow;
  if (!std::holds_alternative<ast::Query>(statement.node)) return StatementKind::kSchema;
  return statement.mode == ast::Statement::Mode::kExplain ? StatementKind::kExplain : StatementKind::kRead;
}

void readOptions(const QueryOptions& options, Compiled& compiled) {
  compiled.inference = options.inference;
  std::set<std::string> seen;
  for (const auto& [key, value] : compiled.statement->options) {
    if (!seen.insert(key).second) {
      throwCompile(ErrorType::kSyntaxError, "UnexpectedSyntax", "the option `" + key + "` is given twice", {},
                   key == "trust" ? "one condition may join several with AND" : "");
    }
    if (key == "inference") compiled.inference = value == "on";
    if (key == "trust" && !value.empty()) compiled.trust = std::make_shared<const TrustCondition>(value);
  }
}

void compileTrust(Compiled& compiled, const CompileContext& context) {
  if (!compiled.trust) return;
  QueryOptions options = context.options;
  options.inference = false;
  const CompileContext own{
      context.view,          context.statistics,    options, context.inference, nullptr, context.procedureChanges,
      context.findProcedure, context.procedureNames};
  try {
    compiled.trustQuery = compileStatement(compiled.trust->query(), own);
  } catch (const Error& error) {
    throw compiled.trust->inOption(error);
  }
  const auto& keys = catalog::Catalog::of(context.view).propertyKeys;
  for (const auto& name : compiled.trust->names()) {
    if (keys.find(name)) continue;
    const std::string hint = didYouMean(name, keys.names());
    compiled.warnings.push_back("in the option `trust`: property key `" + name + "` is not in the database" +
                                (hint.empty() ? "" : "; " + hint));
  }
}

std::vector<std::string> namesOf(const Parameters& parameters) {
  std::vector<std::string> names;
  for (const auto& parameter : parameters) names.push_back(parameter.first);
  return names;
}

void planQuery(Compiled& compiled, const CompileContext& context) {
  const auto& query = std::get<ast::Query>(compiled.statement->node);
  bind::BindContext binding;
  binding.catalog = &catalog::Catalog::of(context.view);
  binding.findProcedure = [&](std::string_view name) -> const function::ProcedureEntry* {
    auto entry = context.findProcedure(name);
    if (entry) compiled.procedures.push_back(entry);
    return entry.get();
  };
  binding.procedureNames = context.procedureNames;
  std::vector<std::string> parameters;
  if (context.parameters) {
    parameters = namesOf(*context.parameters);
    binding.parameters = &parameters;
  }
  auto bound = std::make_shared<const bind::BoundStatement>(bind::bind(query, compiled.statement->text, binding));
  plan::PlanContext planning;
  planning.catalog = binding.catalog;
  planning.statistics = &context.statistics;
  std::shared_ptr<const inference::Entailment> entailment;
  if (compiled.inference) entailment = inference::Entailment::of(context.view, context.inference);
  planning.entailment = entailment.get();
  planning.disabledRewrites = context.options.disabledRewrites;
  compiled.logical = plan::plan(std::move(bound), planning);
  const auto mode = compiled.statement->mode;
  if (mode != ast::Statement::Mode::kExplain) {
    compiled.physical =
        std::make_shared<const exec::PhysicalPlan>(compiled.logical, mode == ast::Statement::Mode::kProfile);
    if (compiled.writes()) compiled.kind = StatementKind::kWrite;
  }
  // PROFILE's operators count what one run does.
  compiled.cacheable = mode != ast::Statement::Mode::kProfile && !dependsOnParameterNames(query);
}

}  // namespace

PlanBasis PlanBasis::of(const storage::GraphView& view, std::uint64_t procedures) {
  return {view.attachment(), view.version(), view.nodeCount(), relationshipsOf(view), procedures, false};
}

bool PlanBasis::serves(const storage::GraphView& now, std::uint64_t proceduresNow) const {
  if (procedures != proceduresNow) return false;
  if (catalog != now.attachment()) {
    const auto& then = static_cast<const catalog::Catalog&>(*catalog);
    const auto& current = catalog::Catalog::of(now);
    if (!sameRules(then, current) || (sameNames && !haveSameNames(then, current))) return false;
  }
  if (version == now.version()) return true;
  return !moved(nodes, now.nodeCount()) && !moved(relationships, relationshipsOf(now));
}

CompiledPtr compileStatement(std::string_view text, const CompileContext& context) {
  auto compiled = std::make_shared<Compiled>();
  compiled->text = text;
  const auto start = Clock::now();
  compiled->statement = parse::parse(text);
  compiled->parseMs = millisecondsSince(start);
  compiled->kind = kindOf(*compiled->statement);
  readOptions(context.options, *compiled);
  const auto planning = Clock::now();
  compiled->basis = PlanBasis::of(context.view, context.procedureChanges);
  compileTrust(*compiled, context);
  if (std::holds_alternative<ast::Query>(compiled->statement->node)) planQuery(*compiled, context);
  if (compiled->isQuery()) {
    if (compiled->writes() && compiled->trust) {
      throwCompile(ErrorType::kSemanticError, "InvalidArgumentValue",
                   "the option `trust` is for queries that only read: a write has to see all that is there", {});
    }
    compiled->basis.sameNames = !compiled->logical->statement->warnings.empty() || !compiled->warnings.empty();
    for (const auto& column : compiled->logical->statement->query.columns) compiled->columns.push_back(column.name);
  }
  compiled->planMs = millisecondsSince(planning);
  return compiled;
}

std::string PlanCache::key(std::string_view text, const QueryOptions& options) {
  std::string key{text};
  key += '\0';
  key += options.inference ? '+' : '-';
  for (const auto& rewrite : options.disabledRewrites) key += rewrite + ',';
  return key;
}

CompiledPtr PlanCache::find(const std::string& key, const storage::GraphView& now, std::uint64_t procedures) {
  std::lock_guard lock{mutex_};
  const auto found = byKey_.find(key);
  if (found == byKey_.end()) return nullptr;
  const auto entry = found->second;
  if (!entry->second->basis.serves(now, procedures)) {
    byKey_.erase(found);
    entries_.erase(entry);
    return nullptr;
  }
  entries_.splice(entries_.begin(), entries_, entry);
  return entry->second;
}

void PlanCache::insert(const std::string& key, CompiledPtr compiled) {
  std::lock_guard lock{mutex_};
  if (limit_ == 0 || byKey_.contains(key)) return;
  entries_.emplace_front(key, std::move(compiled));
  byKey_.emplace(entries_.front().first, entries_.begin());
  while (entries_.size() > limit_) {
    byKey_.erase(entries_.back().first);
    entries_.pop_back();
  }
}

void PlanCache::clear() {
  std::lock_guard lock{mutex_};
  byKey_.clear();
  entries_.clear();
}

}  // namespace plexus::api
