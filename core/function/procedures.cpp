#include "core/function/procedures.h"

#include <map>
#include <set>
#include <tuple>

#include "core/function/explain.h"

namespace plexus::function {
namespace {

using Arguments = std::span<const Value>;
using Emit = ProcedureEntry::Emit;

ProcedureOutput output(std::string name, Type type) { return {std::move(name), std::move(type), false}; }

void emitOne(const Emit& emit, const Value& value) { emit(std::span{&value, 1}); }

void labels(ProcedureContext& context, Arguments, const Emit& emit) {
  for (const LabelId label : context.view.labelIdsInUse()) emitOne(emit, context.catalog.labels.name(label));
}

void relationshipTypes(ProcedureContext& context, Arguments, const Emit& emit) {
  for (const RelTypeId type : context.view.relTypesInUse()) emitOne(emit, context.catalog.relTypes.name(type));
}

void propertyKeys(ProcedureContext& context, Arguments, const Emit& emit) {
  std::set<PropertyKeyId> keys;
  for (const PropertyKeyId key : context.view.nodePropertyKeysInUse()) keys.insert(key);
  for (const RelTypeId type : context.view.relTypesInUse()) {
    for (const PropertyKeyId key : context.view.relPropertyKeysInUse(type)) keys.insert(key);
  }
  for (const PropertyKeyId key : keys) emitOne(emit, context.catalog.propertyKeys.name(key));
}

// What was seen of one property of a kind of entity.
struct Seen {
  std::set<std::string> types;
  std::uint64_t entities = 0;
};

Value typesOf(const Seen& seen) {
  List types;
  for (const auto& type : seen.types) types.emplace_back(type);
  return types;
}

std::string typeText(const Value& value) { return Type::of(value).text(); }

// A row for each combination of labels and property; one without property where nodes have none.
void nodeTypeProperties(ProcedureContext& context, Arguments, const Emit& emit) {
  struct Kind {
    std::uint64_t nodes = 0;
    std::map<PropertyKeyId, Seen> properties;
  };
  std::map<std::vector<LabelId>, Kind> kinds;
  for (const NodeId node : context.view.nodes()) {
    Kind& kind = kinds[context.view.labels(node)];
    ++kind.nodes;
    for (const auto& [key, value] : context.view.properties(node)) {
      Seen& seen = kind.properties[key];
      seen.types.insert(typeText(value));
      ++seen.entities;
    }
  }
  for (const auto& [ids, kind] : kinds) {
    std::string nodeType;
    List names;
    for (const LabelId id : ids) {
      nodeType += ":`" + context.catalog.labels.name(id) + "`";
      names.emplace_back(context.catalog.labels.name(id));
    }
    if (kind.properties.empty()) emit(std::vector<Value>{nodeType, names, Value{}, Value{}, false});
    for (const auto& [key, seen] : kind.properties) {
      emit(std::vector<Value>{nodeType, names, context.catalog.propertyKeys.name(key), typesOf(seen),
                              seen.entities == kind.nodes});
    }
  }
}

std::map<PropertyKeyId, Seen> propertiesOf(const ProcedureContext& context, RelTypeId type) {
  std::map<PropertyKeyId, Seen> properties;
  const auto adjacency = context.view.adjacency(type, Direction::kOut);
  for (const NodeId start : context.view.nodes()) {
    const auto ends = adjacency.neighbours(start);
    if (ends.empty()) continue;
    const auto ids = adjacency.relationships(start);
    for (std::size_t i = 0; i < ends.size(); ++i) {
      for (const auto& [key, value] : context.view.properties(Relationship{start, ends[i], ids[i], type})) {
        Seen& seen = properties[key];
        seen.types.insert(typeText(value));
        ++seen.entities;
      }
    }
  }
  return properties;
}

void relTypeProperties(ProcedureContext& context, Arguments, const Emit& emit) {
  for (const RelTypeId type : context.view.relTypesInUse()) {
    const std::string name = ":`" + context.catalog.relTypes.name(type) + "`";
    const auto properties = propertiesOf(context, type);
    if (properties.empty()) emit(std::vector<Value>{name, Value{}, Value{}, false});
    for (const auto& [key, seen] : properties) {
      emit(std::vector<Value>{name, context.catalog.propertyKeys.name(key), typesOf(seen),
                              seen.entities == context.view.relationshipCount(type)});
    }
  }
}

void info(ProcedureContext& context, Arguments, const Emit& emit) {
  std::uint64_t relationships = 0;
  for (const RelTypeId type : context.view.relTypesInUse()) relationships += context.view.relationshipCount(type);
  emit(std::vector<Value>{"plexus", static_cast<std::int64_t>(context.view.nodeCount()),
                          static_cast<std::int64_t>(relationships), static_cast<std::int64_t>(context.view.version())});
}

void indexes(ProcedureContext& context, Arguments, const Emit& emit) {
  for (const auto& rule : context.catalog.rules()) {
    if (!rule.hasIndex) continue;
    List keys;
    for (const PropertyKeyId key : rule.spec.properties) keys.emplace_back(context.catalog.propertyKeys.name(key));
    const auto& names = rule.spec.onRelationships ? context.catalog.relTypes : context.catalog.labels;
    List owners;
    for (const std::uint16_t owner : rule.spec.owners()) owners.emplace_back(names.name(owner));
    emit(std::vector<Value>{rule.name, "ONLINE", rule.spec.unique ? "UNIQUE" : "NONUNIQUE",
                            rule.spec.onRelationships ? "RELATIONSHIP" : "NODE", owners, keys});
  }
}

void components(ProcedureContext&, Arguments, const Emit& emit) {
  emit(std::vector<Value>{"Plexus", List{"0.1.0"}, "embedded"});
}

// What people call to wait for is always done here: indexes are complete when CREATE INDEX returns.
void nothing(ProcedureContext&, Arguments, const Emit&) {}

void ping(ProcedureContext&, Arguments, const Emit& emit) { emitOne(emit, true); }

void constraints(ProcedureContext& context, Arguments, const Emit& emit) {
  for (const auto& rule : context.catalog.rules()) {
    if (rule.constraint != catalog::ConstraintKind::kNone) emitOne(emit, rule.name);
  }
}

// The shape of the data: a map a label, and a map a combination of start label, type and end label.
void visualization(ProcedureContext& context, Arguments, const Emit& emit) {
  std::map<std::tuple<LabelId, RelTypeId, LabelId>, std::int64_t> joins;
  for (const RelTypeId type : context.view.relTypesInUse()) {
    const auto adjacency = context.view.adjacency(type, Direction::kOut);
    for (const NodeId start : context.view.nodes()) {
      const auto ends = adjacency.neighbours(start);
      if (ends.empty()) continue;
      const auto startLabels = context.view.labels(start);
      for (const NodeId end : ends) {
        for (const LabelId to : context.view.labels(end)) {
          for (const LabelId from : startLabels) ++joins[{from, type, to}];
        }
      }
    }
  }
  const auto& labels = context.catalog.labels;
  List nodes, relationships;
  for (const LabelId label : context.view.labelIdsInUse()) {
    const auto count = static_cast<std::int64_t>(context.view.labelled(label).cardinality());
    nodes.emplace_back(Map{std::vector<MapEntry>{{"name", labels.name(label)}, {"count", count}}});
  }
  for (const auto& [join, count] : joins) {
    const auto& [from, type, to] = join;
    relationships.emplace_back(Map{std::vector<MapEntry>{{"name", context.catalog.relTypes.name(type)},
                                                         {"start", labels.name(from)},
                                                         {"end", labels.name(to)},
                                                         {"count", count}}});
  }
  emit(std::vector<Value>{nodes, relationships});
}

ProcedureEntry entry(std::string name, std::vector<ProcedureOutput> outputs, std::string description,
                     void (*run)(ProcedureContext&, Arguments, const Emit&)) {
  ProcedureEntry made;
  made.name = std::move(name);
  made.outputs = std::move(outputs);
  made.description = std::move(description);
  made.run = run;
  return made;
}

// Waiting takes a name or a number of seconds, which make no difference.
ProcedureEntry waiting(std::string name, std::vector<ProcedureInput> inputs) {
  ProcedureEntry made =
      entry(std::move(name), {}, "Returns at once: an index is complete when it is created.", &nothing);
  made.inputs = std::move(inputs);
  return made;
}

}  // namespace

std::vector<ProcedureEntry> builtInProcedures() {
  const ProcedureInput indexName{"indexName", TypeKind::kString, std::nullopt};
  const ProcedureInput timeOut{"timeOutSeconds", TypeKind::kInteger, Value{300}};
  const Type text{TypeKind::kString}, integer{TypeKind::kInteger}, boolean{TypeKind::kBoolean};
  const Type texts = Type::list(text);
  std::vector<ProcedureEntry> all{
      entry("db.labels", {output("label", text)}, "The labels that some node has.", &labels),
      entry("db.relationshipTypes", {output("relationshipType", text)}, "The types that some relationship has.",
            &relationshipTypes),
      entry("db.propertyKeys", {output("propertyKey", text)}, "The property keys that some entity has.", &propertyKeys),
      entry("db.schema.nodeTypeProperties",
            {output("nodeType", text), output("nodeLabels", texts), output("propertyName", text),
             output("propertyTypes", texts), output("mandatory", boolean)},
            "The properties of nodes by their labels. Reads all nodes.", &nodeTypeProperties),
      entry("db.schema.relTypeProperties",
            {output("relType", text), output("propertyName", text), output("propertyTypes", texts),
             output("mandatory", boolean)},
            "The properties of relationships by their type. Reads all relationships.", &relTypeProperties),
      entry("db.info",
            {output("name", text), output("nodes", integer), output("relationships", integer),
             output("version", integer)},
            "Numbers of nodes and relationships, and of the last commit.", &info),
      entry("db.indexes",
            {output("name", text), output("state", text), output("uniqueness", text), output("entityType", text),
             output("labelsOrTypes", texts), output("properties", texts)},
            "The indexes, those of constraints included.", &indexes),
      entry("db.constraints", {output("name", text)}, "The constraints; SHOW CONSTRAINTS tells more.", &constraints),
      entry("db.schema.visualization",
            {output("nodes", Type::list(TypeKind::kMap)), output("relationships", Type::list(TypeKind::kMap))},
            "The labels, and which types join them, with their numbers. Reads all relationships.", &visualization),
      waiting("db.awaitIndex", {indexName, timeOut}),
      waiting("db.awaitIndexes", {timeOut}),
      waiting("db.resampleIndex", {indexName}),
      waiting("db.resampleOutdatedIndexes", {}),
      entry("db.ping", {output("success", boolean)}, "Tells that the database answers.", &ping),
      entry("dbms.components", {output("name", text), output("versions", texts), output("edition", text)},
            "The program and its version.", &components),
      explainProcedure(),
  };
  for (auto& more : knowledgeProcedures()) all.push_back(std::move(more));
  return all;
}

}  // namespace plexus::function
