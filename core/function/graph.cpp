// Functions about nodes, relationships and paths. They read the graph through the context's view.
#include <algorithm>

#include <fmt/format.h>

#include "core/function/access.h"
#include "core/function/families.h"
#include "core/function/kernel.h"

namespace plexus::function {
namespace {

using Arguments = std::span<const Value>;
using Kind = Vector::Kind;

void requireLive(FunctionContext& context, NodeId node) {
  if (!context.mayMeetDeleted || context.graph().exists(node)) return;
  throwRuntime(ErrorType::kEntityNotFound, "DeletedEntityAccess",
               "the node was deleted in this query: its properties and labels are gone");
}

Relationship relationshipArgument(std::string_view function, const Value& v) {
  if (!v.is(ValueKind::kRelationship)) throwWrongArgument(function, "a RELATIONSHIP", v);
  return v.relationship();
}
const Path& pathArgument(std::string_view function, const Value& v) {
  if (!v.is(ValueKind::kPath)) throwWrongArgument(function, "a PATH", v);
  return v.path();
}

Value labels(FunctionContext& context, Arguments a) {
  if (!a[0].is(ValueKind::kNode)) throwWrongArgument("labels", "a NODE", a[0]);
  requireLive(context, a[0].node());
  List names;
  for (const LabelId label : context.graph().labels(a[0].node())) {
    names.emplace_back(context.catalog().labels.name(label));
  }
  return names;
}

Value typeOf(FunctionContext& context, Arguments a) {
  const Relationship r = relationshipArgument("type", a[0]);
  return context.catalog().relTypes.name(r.type);
}
void typeColumn(FunctionContext& context, std::span<const Vector* const> a, Vector& out) {
  const auto& names = context.catalog().relTypes;
  std::vector<std::string_view> stored(names.size());
  mapColumn<std::string_view, Relationship>(*a[0], out, [&](const Relationship& r) {
    auto& name = stored[r.type];
    if (name.empty()) name = out.store(names.name(r.type));  // the catalog may change before the vector is read
    return name;
  });
}

Value propertiesOf(FunctionContext& context, Arguments a) { return properties(context, a[0]); }

Value keys(FunctionContext& context, Arguments a) {
  const Value map = a[0].is(ValueKind::kMap) ? a[0] : properties(context, a[0]);
  List names;
  for (const auto& [key, value] : map.map().entries()) names.emplace_back(key);
  return names;
}

Value id(FunctionContext&, Arguments a) {
  if (a[0].is(ValueKind::kNode)) return static_cast<std::int64_t>(a[0].node());
  if (a[0].is(ValueKind::kRelationship)) return a[0].relationship().number();
  throwWrongArgument("id", "a NODE or RELATIONSHIP", a[0]);
}
void nodeIds(FunctionContext&, std::span<const Vector* const> a, Vector& out) {
  mapColumn<std::int64_t, NodeId>(*a[0], out, [](NodeId n) { return static_cast<std::int64_t>(n); });
}
void relationshipIds(FunctionContext&, std::span<const Vector* const> a, Vector& out) {
  mapColumn<std::int64_t, Relationship>(*a[0], out, [](const Relationship& r) { return r.number(); });
}

Value elementId(FunctionContext&, Arguments a) {
  if (a[0].is(ValueKind::kNode)) return fmt::format("n:{}", a[0].node());
  if (a[0].is(ValueKind::kRelationship)) return fmt::format("r:{}", a[0].relationship().number());
  throwWrongArgument("elementId", "a NODE or RELATIONSHIP", a[0]);
}

Value startNode(FunctionContext&, Arguments a) { return Value::node(relationshipArgument("startNode", a[0]).start); }
Value endNode(FunctionContext&, Arguments a) { return Value::node(relationshipArgument("endNode", a[0]).end); }
void startNodes(FunctionContext&, std::span<const Vector* const> a, Vector& out) {
  mapColumn<NodeId, Relationship>(*a[0], out, [](const Relationship& r) { return r.start; });
}
void endNodes(FunctionContext&, std::span<const Vector* const> a, Vector& out) {
  mapColumn<NodeId, Relationship>(*a[0], out, [](const Relationship& r) { return r.end; });
}

Value nodes(FunctionContext&, Arguments a) {
  List list;
  for (const NodeId node : pathArgument("nodes", a[0]).nodes) list.push_back(Value::node(node));
  return list;
}
Value relationships(FunctionContext&, Arguments a) {
  const auto& all = pathArgument("relationships", a[0]).relationships;
  return List{all.begin(), all.end()};
}
Value length(FunctionContext&, Arguments a) {
  return static_cast<std::int64_t>(pathArgument("length", a[0]).relationships.size());
}

Value exists(FunctionContext&, Arguments a) { return !a[0].isNull(); }

}  // namespace

std::span<const FunctionSpec> graphFunctions() {
  static const FunctionSpec kTable[] = {
      {.name = "labels",
       .signatures = "(node :: NODE) :: LIST<STRING>",
       .volatility = Volatility::kGraph,
       .category = "Graph",
       .description = "The labels of a node, in the order in which the database first met them.",
       .kernel = labels},
      {.name = "type",
       .signatures = "(relationship :: RELATIONSHIP) :: STRING",
       .volatility = Volatility::kGraph,
       .category = "Graph",
       .description = "The type of a relationship.",
       .kernel = typeOf,
       .vectors = {{{Kind::kRelationship}, Kind::kString, typeColumn}}},
      {.name = "properties",
       .signatures = "(entity :: NODE) :: MAP\n(entity :: RELATIONSHIP) :: MAP\n(map :: MAP) :: MAP",
       .volatility = Volatility::kGraph,
       .category = "Graph",
       .description = "All properties of a node or relationship as a map.",
       .example = "properties({a: 1})",
       .result = "{a: 1}",
       .kernel = propertiesOf},
      {.name = "keys",
       .signatures = "(entity :: NODE) :: LIST<STRING>\n(entity :: RELATIONSHIP) :: LIST<STRING>\n"
                     "(map :: MAP) :: LIST<STRING>",
       .volatility = Volatility::kGraph,
       .category = "Graph",
       .description = "The names of the properties of a node or relationship, or the keys of a map.",
       .example = "keys({a: 1, b: null})",
       .result = "['a', 'b']",
       .kernel = keys},
      {.name = "id",
       .signatures = "(entity :: NODE) :: INTEGER\n(entity :: RELATIONSHIP) :: INTEGER",
       .category = "Graph",
       .description = "The number of a node or relationship. Numbers of nodes and of relationships overlap.",
       .kernel = id,
       .vectors = {{{Kind::kNode}, Kind::kInteger, nodeIds}, {{Kind::kRelationship}, Kind::kInteger, relationshipIds}}},
      {.name = "elementId",
       .signatures = "(entity :: NODE) :: STRING\n(entity :: RELATIONSHIP) :: STRING",
       .category = "Graph",
       .description = "A text that identifies a node or relationship in this database.",
       .kernel = elementId},
      {.name = "startNode",
       .signatures = "(relationship :: RELATIONSHIP) :: NODE",
       .category = "Graph",
       .description = "The node at which a relationship starts.",
       .kernel = startNode,
       .vectors = {{{Kind::kRelationship}, Kind::kNode, startNodes}}},
      {.name = "endNode",
       .signatures = "(relationship :: RELATIONSHIP) :: NODE",
       .category = "Graph",
       .description = "The node at which a relationship ends.",
       .kernel = endNode,
       .vectors = {{{Kind::kRelationship}, Kind::kNode, endNodes}}},
      {.name = "nodes",
       .signatures = "(path :: PATH) :: LIST<NODE>",
       .category = "Graph",
       .description = "The nodes of a path, in its order.",
       .kernel = nodes},
      {.name = "relationships",
       .signatures = "(path :: PATH) :: LIST<RELATIONSHIP>",
       .category = "Graph",
       .description = "The relationships of a path, in its order.",
       .kernel = relationships},
      {.name = "rels",
       .signatures = "(path :: PATH) :: LIST<RELATIONSHIP>",
       .category = "Graph",
       .description = "As relationships(), by its older name.",
       .kernel = relationships},
      {.name = "length",
       .signatures = "(path :: PATH) :: INTEGER",
       .category = "Graph",
       .description = "The number of relationships in a path.",
       .kernel = length},
      {.name = "exists",
       .signatures = "(property :: ANY) :: BOOLEAN",
       .nulls = Nulls::kHandled,
       .category = "Predicate",
       .description = "Whether a property is there; `n.p IS NOT NULL` says the same.",
       .example = "exists({a: 1}.a)",
       .result = "true",
       .kernel = exists}};
  return kTable;
}

}  // namespace plexus::function
