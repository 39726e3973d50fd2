#include "core/exec/fulltext_procedures.h"

#include <algorithm>
#include <limits>

#include "core/base/error.h"
#include "core/base/nearest_name.h"
#include "core/text/search.h"

namespace plexus::exec {
namespace {

using function::ProcedureContext;
using function::ProcedureEntry;

[[noreturn]] void throwArgument(std::string message, std::string hint = {}) {
  throw Error{
      ErrorType::kArgumentError, Phase::kRuntime, "InvalidArgumentValue", std::move(message), {}, std::move(hint)};
}

const catalog::SchemaRule& indexNamed(const catalog::Catalog& catalog, std::string_view name, bool onRelationships) {
  std::vector<std::string> names;
  for (const auto& rule : catalog.rules()) {
    if (!rule.spec.text) continue;
    names.push_back(rule.name);
    if (rule.name != name) continue;
    if (rule.spec.onRelationships == onRelationships) return rule;
    throwArgument("the full-text index `" + rule.name + "` is on " +
                  (onRelationships ? "nodes: db.index.fulltext.queryNodes asks it"
                                   : "relationships: db.index.fulltext.queryRelationships asks it"));
  }
  throwArgument("there is no full-text index `" + std::string{name} + "`", didYouMean(name, names));
}

// {skip: 10, limit: 5}
struct Options {
  std::size_t skip = 0, limit = std::numeric_limits<std::size_t>::max();

  static Options of(const Value& given) {
    Options options;
    if (given.isNull()) return options;
    for (const auto& [key, value] : given.map().entries()) {
      if (key == "analyzer") continue;  // there is one
      if (key != "skip" && key != "limit") {
        static const std::vector<std::string> kKnown{"skip", "limit", "analyzer"};
        throwArgument("full-text queries have no option `" + key + "`", didYouMean(key, kKnown));
      }
      if (!value.is(ValueKind::kInteger) || value.integer() < 0) {
        throwArgument("the option `" + key + "` wants an INTEGER that is not negative");
      }
      (key == "skip" ? options.skip : options.limit) = static_cast<std::size_t>(value.integer());
    }
    return options;
  }
};

template <bool kRelationships>
void query(ProcedureContext& context, std::span<const Value> arguments, const ProcedureEntry::Emit& emit) {
  if (arguments[0].isNull() || arguments[1].isNull()) throwArgument("a full-text query wants an index and a text");
  const auto& index = indexNamed(context.catalog, arguments[0].string(), kRelationships);
  const Options options = Options::of(arguments[2]);
  const std::vector<text::Hit> hits = text::search(context.view, index, arguments[1].string());
  const std::size_t first = std::min(options.skip, hits.size());
  const std::size_t last = first + std::min(options.limit, hits.size() - first);
  for (std::size_t i = first; i < last; ++i) {
    Value found = Value::node(hits[i].entity);
    if constexpr (kRelationships) {
      const auto relationship = context.view.relationship(hits[i].type, hits[i].entity);
      if (!relationship) continue;
      found = *relationship;
    }
    const Value row[] = {found, hits[i].score};
    emit(row);
  }
}

void analyzers(ProcedureContext&, std::span<const Value>, const ProcedureEntry::Emit& emit) {
  emit(std::vector<Value>{"standard-no-stop-words", "Splits texts into words; folds case, accents and forms."});
}

ProcedureEntry queryEntry(std::string name, function::ProcedureOutput entity, std::string description) {
  ProcedureEntry entry;
  entry.name = std::move(name);
  entry.inputs = {{"indexName", TypeKind::kString, std::nullopt, false},
                  {"queryString", TypeKind::kString, std::nullopt, false},
                  {"options", TypeKind::kMap, Value{Map{}}, true}};
  entry.outputs = {std::move(entity), {"score", TypeKind::kFloat, false}};
  entry.description = std::move(description);
  return entry;
}

}  // namespace

std::vector<ProcedureEntry> fullTextProcedures() {
  std::vector<ProcedureEntry> all;
  all.push_back(queryEntry("db.index.fulltext.queryNodes", {"node", TypeKind::kNode, false},
                           "The nodes of a full-text index that a query finds, best first."));
  all.back().run = &query<false>;
  all.push_back(queryEntry("db.index.fulltext.queryRelationships", {"relationship", TypeKind::kRelationship, false},
                           "The relationships of a full-text index that a query finds, best first."));
  all.back().run = &query<true>;
  ProcedureEntry listed;
  listed.name = "db.index.fulltext.listAvailableAnalyzers";
  listed.outputs = {{"analyzer", TypeKind::kString, false}, {"description", TypeKind::kString, false}};
  listed.description = "The ways in which texts are made into terms.";
  listed.run = &analyzers;
  all.push_back(std::move(listed));
  return all;
}

}  // namespace plexus::exec
