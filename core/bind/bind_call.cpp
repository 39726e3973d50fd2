// CALL of procedures and of subqueries.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/base/nearest_name.h"
#include "core/bind/function_call.h"
#include "core/bind/query_binder.h"
#include "core/function/procedure.h"

namespace plexus::bind {
namespace {

using function::ProcedureEntry;

const ProcedureEntry& findProcedure(const BindContext& context, const ast::Name& name) {
  const ProcedureEntry* found = context.findProcedure ? context.findProcedure(name.text) : nullptr;
  if (found == nullptr) {
    std::string hint = libraryHint(name.text, "SHOW PROCEDURES");
    if (hint.empty() && context.procedureNames) hint = didYouMean(name.text, context.procedureNames());
    if (hint.empty()) hint = "SHOW PROCEDURES lists them";
    throwCompile(ErrorType::kProcedureError, "ProcedureNotFound", fmt::format("there is no procedure `{}`", name.text),
                 name.span, std::move(hint));
  }
  return *found;
}

// An integer stands for the float that is asked for: it is converted when the procedure is called.
void requireInput(const ProcedureEntry& procedure, std::size_t input, const BoundExpression& argument) {
  const Type& wanted = procedure.inputs[input].type;
  if (argument.type.mayBe(wanted)) return;
  if (wanted.is(TypeKind::kFloat) && argument.type.mayBe(TypeKind::kNumber)) return;
  throwSyntax("InvalidArgumentType",
              fmt::format("`{}` of `{}` cannot be of type {}", procedure.inputs[input].name, procedure.name,
                          argument.type.text()),
              argument.span, procedure.signature());
}

void requireArgumentCount(const ProcedureEntry& procedure, std::size_t count, Span span) {
  if (count >= procedure.requiredInputs() && count <= procedure.inputs.size()) return;
  throwSyntax("InvalidNumberOfArguments", fmt::format("`{}` does not take {} arguments", procedure.name, count), span,
              procedure.signature());
}

// `CALL p` alone takes its arguments from the parameters that are called like its inputs.
ExpressionPtr implicitArgument(Binding& binding, const function::ProcedureInput& input, const ast::Name& procedure) {
  const auto* given = binding.context().parameters;
  const bool missing = given != nullptr && std::find(given->begin(), given->end(), input.name) == given->end();
  if (missing && input.defaultValue) return constant(*input.defaultValue, procedure.span);
  if (missing) {
    throwCompile(ErrorType::kParameterMissing, "MissingParameter",
                 fmt::format("`{}` needs a parameter `{}`", procedure.text, input.name), procedure.span);
  }
  binding.useParameter(input.name, procedure.span);
  auto parameter = std::make_shared<Parameter>();
  parameter->name = input.name;
  parameter->span = procedure.span;
  return parameter;
}

std::size_t findOutput(const ProcedureEntry& procedure, const ast::Name& field) {
  std::vector<std::string> names;
  for (const auto& output : procedure.outputs) names.push_back(output.name);
  const auto found = std::find(names.begin(), names.end(), field.text);
  if (found == names.end()) {
    throwSyntax("UndefinedVariable", fmt::format("`{}` has no result `{}`", procedure.name, field.text), field.span,
                didYouMean(field.text, names));
  }
  return static_cast<std::size_t>(found - names.begin());
}

// A WITH that only names variables, at the start of CALL { }: it says what is imported.
bool isImporting(const ast::With& with) {
  const ast::Projection& projection = with.projection;
  const bool plain =
      !with.where && !projection.distinct && projection.orderBy.empty() && !projection.skip && !projection.limit;
  return plain && std::all_of(projection.items.begin(), projection.items.end(), [](const ast::ReturnItem& item) {
           return !item.alias && item.expression->kind() == ast::ExpressionKind::kVariable;
         });
}

// What the importing WITH of a part, if it has one, makes visible of `outer`.
Scope importedScope(const ast::SingleQuery& part, const Scope& outer, Captures& captures) {
  Scope scope;
  scope.setOutside(&outer);
  const auto* with = part.clauses.empty() ? nullptr : std::get_if<ast::With>(&part.clauses.front().node);
  if (with == nullptr || !isImporting(*with)) return scope;
  const auto import = [&](const std::string& name) {
    const auto found = outer.find(name);
    if (!found) return;  // the WITH itself will say so
    captures.add(*found);
    scope.declare(name, *found);
  };
  for (const auto& item : with->projection.items) import(item.expression->as<ast::Variable>().name);
  if (with->projection.star) {
    for (const auto& name : outer.visibleNames()) import(name);
  }
  return scope;
}

}  // namespace

void ClauseBinder::bindArguments(const ast::CallProcedure& call, BoundCallProcedure& bound) {
  const ProcedureEntry& procedure = *bound.procedure;
  if (!call.hasArguments && call.standalone) {
    for (const auto& input : procedure.inputs) {
      bound.arguments.push_back(implicitArgument(binding_, input, call.procedure));
    }
    return;
  }
  if (!call.hasArguments && !procedure.inputs.empty()) {
    throwSyntax("InvalidArgumentPassingMode", "inside a query, a procedure needs its arguments in parentheses",
                call.procedure.span, procedure.signature());
  }
  requireArgumentCount(procedure, call.arguments.size(), span_);
  for (const auto& argument : call.arguments) {
    bound.arguments.push_back(bindExpression(*argument));
    requireInput(procedure, bound.arguments.size() - 1, *bound.arguments.back());
  }
  for (std::size_t i = bound.arguments.size(); i < procedure.inputs.size(); ++i) {
    bound.arguments.push_back(constant(*procedure.inputs[i].defaultValue, call.procedure.span));
  }
}

// `YIELD *`, and a standalone CALL without YIELD, give all outputs but deprecated ones.
void ClauseBinder::bindYield(const ast::CallProcedure& call, BoundCallProcedure& bound) {
  const auto yield = [&](std::size_t output, const ast::Name& name) {
    const VariableId variable = declareNew(name, bound.procedure->outputs[output].type);
    bound.yield.emplace_back(output, variable);
    if (call.standalone) columns_.push_back({name.text, variable});
  };
  if (!call.hasYield && !call.standalone && !bound.procedure->isVoid()) {
    throwSyntax("UndefinedVariable", "inside a query, what a procedure gives must be named", span_,
                fmt::format("YIELD {}", bound.procedure->outputs.front().name));
  }
  if (call.yieldStar && !call.standalone) {
    throwSyntax("UnexpectedSyntax", "inside a query, YIELD must name what it takes", span_);
  }
  if (call.standalone && (call.yieldStar || !call.hasYield)) {
    const auto& outputs = bound.procedure->outputs;
    for (std::size_t i = 0; i < outputs.size(); ++i) {
      if (!outputs[i].deprecated) yield(i, {outputs[i].name, span_});
    }
    return;
  }
  for (const auto& item : call.yield) yield(findOutput(*bound.procedure, item.field), item.alias.value_or(item.field));
}

void ClauseBinder::bind(const ast::CallProcedure& call) {
  BoundCallProcedure bound;
  bound.procedure = &findProcedure(binding_.context(), call.procedure);
  bound.optional = call.optional;
  bindArguments(call, bound);
  bindYield(call, bound);
  if (call.where) bound.where = ExpressionBinder{binding_, scope_}.bindPredicate(*call.where);
  writes_ = writes_ || bound.procedure->mode == function::ProcedureMode::kWrite;
  add(std::move(bound));
}

BoundQuery ClauseBinder::bindCalled(const ast::CallSubquery& call, Captures& captures) {
  if (call.hasScope && call.scopeStar) {
    const Scope start{&scope_, &captures};
    return bindQuery(binding_, *call.query, start, QueryPlace::kCall);
  }
  if (call.hasScope) {
    Scope imported;
    imported.setOutside(&scope_);
    for (const auto& name : call.scope) {
      const auto found = scope_.find(name.text);
      if (!found) throwUndefined(scope_, name.text, name.span);
      imported.declare(name.text, *found);
    }
    if (const auto place = scope_.csvPlace()) imported.setCsvPlace(*place);
    const Scope start{&imported, &captures};
    return bindQuery(binding_, *call.query, start, QueryPlace::kCall);
  }
  const auto start = [&](const ast::SingleQuery& part) { return importedScope(part, scope_, captures); };
  return bindQuery(binding_, *call.query, start, QueryPlace::kCall);
}

void ClauseBinder::bind(const ast::CallSubquery& call) {
  const Span span = span_;
  Captures captures;
  BoundQuery query = bindCalled(call, captures);
  query.outer = captures.variables();
  BoundCallSubquery bound;
  bound.outer = captures.variables();
  bound.optional = call.optional;
  bound.returns = !query.columns.empty();
  for (const auto& column : query.columns) {
    if (scope_.has(column.name)) throwAlreadyBound(scope_, column.name, span);
    scope_.declare(column.name, column.variable);
  }
  if (call.inTransactions && wrote_) {
    throwSyntax("InvalidClauseComposition", "CALL { } IN TRANSACTIONS cannot follow a clause that writes", span,
                "what that clause has written would be committed with the first group of rows");
  }
  writes_ = writes_ || query.writes;
  wrote_ = wrote_ || (query.writes && !call.inTransactions);
  if (call.inTransactions) bound.inTransactions = bindTransactions(*call.inTransactions, span);
  bound.query = std::make_shared<const BoundQuery>(std::move(query));
  add(std::move(bound));
}

BoundCallSubquery::InTransactions ClauseBinder::bindTransactions(const ast::InTransactions& transactions, Span span) {
  if (place_ != QueryPlace::kStatement) {
    throwSyntax("NestedCallInTransactions", "CALL { } IN TRANSACTIONS cannot stand in a subquery", span);
  }
  if (transactions.reportStatusAs && transactions.onError == ast::InTransactions::OnError::kFail) {
    throwSyntax("UnexpectedSyntax", "REPORT STATUS needs ON ERROR CONTINUE or ON ERROR BREAK", span,
                "when a group fails, the query does: there is nothing to report");
  }
  const Scope none;
  BoundCallSubquery::InTransactions bound;
  bound.batchRows = constant(Value{1000}, span_);
  if (transactions.batchRows) {
    bound.batchRows =
        ExpressionBinder{binding_, none, nullptr, ExpressionBinder::Place::kConstant}.bind(*transactions.batchRows);
    requireType(*bound.batchRows, TypeKind::kInteger, "the number of rows");
  }
  bound.onError = transactions.onError;
  if (transactions.reportStatusAs) bound.status = declareNew(*transactions.reportStatusAs, TypeKind::kMap);
  return bound;
}

}  // namespace plexus::bind
