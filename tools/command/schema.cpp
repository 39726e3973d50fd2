// plexus schema: what a database declares, and what its data look like.
#include "tools/command/schema.h"

#include <ostream>
#include <set>

#include <fmt/format.h>

#include "core/catalog/type_text.h"
#include "tools/command/options.h"
#include "tools/command/profiles.h"
#include "tools/command/script.h"

namespace plexus::tools {
namespace {

using catalog::Catalog;
using catalog::ConstraintKind;
using catalog::quotedName;
using catalog::SchemaRule;

std::string requirement(const SchemaRule& rule, const std::string& properties) {
  switch (rule.constraint) {
    case ConstraintKind::kUnique:
      return properties + " IS UNIQUE";
    case ConstraintKind::kKey:
      return properties + (rule.spec.onRelationships ? " IS RELATIONSHIP KEY" : " IS NODE KEY");
    case ConstraintKind::kExistence:
      return properties + " IS NOT NULL";
    case ConstraintKind::kPropertyType:
      return properties + " IS :: " + rule.propertyType;
    case ConstraintKind::kNone:
      break;
  }
  return properties;
}

std::string ruleStatement(const SchemaRule& rule, const Catalog& catalog) {
  const bool relation = rule.spec.onRelationships;
  const auto& names = relation ? catalog.relTypes : catalog.labels;
  std::string properties;
  for (const PropertyKeyId key : rule.spec.properties)
    properties += (properties.empty() ? "x." : ", x.") + quotedName(catalog.propertyKeys.name(key));
  std::string label;
  for (const std::uint16_t owner : rule.spec.owners())
    label += (label.empty() ? "" : "|") + quotedName(names.name(owner));
  const std::string target = relation ? "()-[x:" + label + "]-()" : "(x:" + label + ")";
  if (rule.spec.text)
    return fmt::format("CREATE FULLTEXT INDEX {} FOR {} ON EACH [{}];", quotedName(rule.name), target, properties);
  if (rule.constraint == ConstraintKind::kNone)
    return fmt::format("CREATE INDEX {} FOR {} ON ({});", quotedName(rule.name), target, properties);
  const bool several = rule.spec.properties.size() > 1;
  return fmt::format("CREATE CONSTRAINT {} FOR {} REQUIRE {};", quotedName(rule.name), target,
                     requirement(rule, several ? "(" + properties + ")" : properties));
}

// Property keys that nodes of a label have: each key's column is asked for a sample of the nodes.
std::string propertiesOf(const storage::GraphView& view, const Catalog& catalog, LabelId label) {
  constexpr int kSample = 1000;
  std::set<std::string> keys;
  int seen = 0;
  for (const NodeId node : view.labelled(label)) {
    for (const auto& property : view.properties(node)) keys.insert(catalog.propertyKeys.name(property.key));
    if (++seen == kSample) break;
  }
  return fmt::format("{}", fmt::join(keys, ", "));
}

// "Drug -> Disease" for the first labels of the ends of a sample of relationships.
std::string endsOf(const storage::GraphView& view, const Catalog& catalog, RelTypeId type) {
  constexpr int kSample = 1000;
  const auto adjacency = view.adjacency(type, Direction::kOut);
  const auto first = [&](NodeId node) {
    const auto labels = view.labels(node);
    return labels.empty() ? std::string{"()"} : catalog.labels.name(labels.back());
  };
  std::set<std::string> ends;
  int seen = 0;
  for (const NodeId start : view.nodes()) {
    for (const NodeId end : adjacency.neighbours(start)) ends.insert(first(start) + " -> " + first(end));
    if (!adjacency.neighbours(start).empty() && ++seen == kSample) break;
  }
  return fmt::format("{}", fmt::join(ends, ", "));
}

}  // namespace

std::string schemaText(const storage::GraphView& view) {
  const auto& catalog = Catalog::of(view);
  std::string text;
  // A declared UNIQUE may rely on a constraint that was there before it.
  for (const auto& rule : catalog.rules()) {
    if (!rule.ofType && rule.constraint != ConstraintKind::kNone) text += ruleStatement(rule, catalog) + "\n";
  }
  for (const auto& type : catalog.types().nodeTypes()) text += catalog::declarationText(type, catalog) + "\n";
  for (const auto& type : catalog.types().relationTypes()) text += catalog::declarationText(type, catalog) + "\n";
  if (catalog.types().strict()) text += "ALTER DATABASE SET STRICT;\n";
  for (const auto& rule : catalog.rules()) {
    if (!rule.ofType && rule.constraint == ConstraintKind::kNone) text += ruleStatement(rule, catalog) + "\n";
  }
  if (!text.empty()) text += "\n";
  for (const LabelId label : view.labelIdsInUse())
    text += fmt::format("// (:{})  {} nodes  {{{}}}\n", quotedName(catalog.labels.name(label)),
                        view.labelled(label).cardinality(), propertiesOf(view, catalog, label));
  for (const RelTypeId type : view.relTypesInUse())
    text += fmt::format("// [:{}]  {} relationships  {}\n", quotedName(catalog.relTypes.name(type)),
                        view.relationshipCount(type), endsOf(view, catalog, type));
  return text;
}

Exit runSchema(Arguments arguments, Streams& streams) {
  std::string path, profile;
  OptionParser parser{"plexus schema",
                      "Prints a script that recreates types, indexes and constraints, and describes the data."};
  parser.argument("DB", path, "the database");
  parser.option("--profile", &profile, "declares a ready vocabulary in DB instead: therapy, biolink");
  if (const auto done = parser.parse(arguments, streams)) return *done;
  if (!profile.empty()) {
    const auto script = findProfile(profile).script;
    const auto warnings = runScript(*openDatabase(path)->connect(), script);
    streams.out << script;
    for (const auto& warning : warnings) streams.err << "warning: " << warning << '\n';
    return Exit::kDone;
  }
  DatabaseOptions options;
  options.readOnly = true;
  streams.out << schemaText(openExisting(path, options)->snapshot());
  return Exit::kDone;
}

}  // namespace plexus::tools
