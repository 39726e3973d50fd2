// MERGE: the pattern to look for, made from the pattern to create.
#include <algorithm>
#include <utility>

#include "core/bind/create_binder.h"
#include "core/bind/function_call.h"
#include "core/bind/pattern_binder.h"
#include "core/bind/query_binder.h"
#include "core/bind/rewrite.h"

namespace plexus::bind {
namespace {

bool contains(const std::vector<VariableId>& variables, VariableId variable) {
  return std::find(variables.begin(), variables.end(), variable) != variables.end();
}

LabelsPtr nameCondition(const std::string& name) {
  auto labels = std::make_shared<BoundLabels>();
  labels->kind = BoundLabels::Kind::kName;
  labels->name = name;
  return labels;
}

}  // namespace

// Names that depend on a row cannot choose what is scanned: they are a condition, and null comes back.
LabelsPtr CreateBinder::searchDynamic(const ExpressionPtr& names, VariableId variable, PatternGraph& graph) const {
  auto labels = std::make_shared<BoundLabels>();
  labels->kind = BoundLabels::Kind::kDynamic;
  labels->dynamic = names;
  if (freeVariables(*names).empty()) return labels;
  auto check = std::make_shared<LabelCheck>();
  check->type = TypeKind::kBoolean;
  check->operand = binding_.read(variable, names->span);
  check->labels = std::move(labels);
  graph.predicates.push_back(std::move(check));
  return nullptr;
}

std::size_t CreateBinder::searchNode(VariableId variable, PatternGraph& graph) const {
  const auto found = std::find_if(graph.nodes.begin(), graph.nodes.end(),
                                  [&](const PatternNode& node) { return node.variable == variable; });
  const auto index = static_cast<std::size_t>(found - graph.nodes.begin());
  if (found == graph.nodes.end()) graph.nodes.push_back({variable, nullptr, contains(boundNodes_, variable)});
  return index;
}

void CreateBinder::searchProperties(const ExpressionPtr& properties, VariableId variable, PatternGraph& graph) const {
  if (!properties) return;
  for (const auto& [key, value] : properties->as<MapExpression>().entries) {
    auto property = std::make_shared<Property>();
    property->base = binding_.read(variable, value->span);
    property->key = key;
    property->span = value->span;
    graph.predicates.push_back(callFunction("=", {std::move(property), value}, value->span));
  }
}

void CreateBinder::searchRelationship(const CreateRelationship& created, PatternGraph& graph) const {
  PatternRelationship relationship;
  relationship.variable = created.variable;
  relationship.types =
      created.dynamicType ? searchDynamic(created.dynamicType, created.variable, graph) : nameCondition(created.type);
  relationship.direction = contains(undirected_, created.variable) ? Direction::kBoth : Direction::kOut;
  relationship.left = searchNode(created.start, graph);
  relationship.right = searchNode(created.end, graph);
  graph.relationships.push_back(std::move(relationship));
  searchProperties(created.properties, created.variable, graph);
}

PatternGraph CreateBinder::search() const {
  PatternGraph graph;
  for (const auto& element : create_.elements) {
    if (const auto* relationship = std::get_if<CreateRelationship>(&element)) {
      searchRelationship(*relationship, graph);
      continue;
    }
    const auto& node = std::get<CreateNode>(element);
    const std::size_t index = searchNode(node.variable, graph);
    for (const auto& label : node.labels) {
      graph.nodes[index].labels = bothLabels(graph.nodes[index].labels, nameCondition(label));
    }
    for (const auto& label : node.dynamicLabels) {
      graph.nodes[index].labels = bothLabels(graph.nodes[index].labels, searchDynamic(label, node.variable, graph));
    }
    searchProperties(node.properties, node.variable, graph);
  }
  for (const auto& named : create_.paths) {
    PatternPath path{named.variable, {}};
    for (std::size_t i = 0; i < named.nodes.size(); ++i) {
      path.steps.push_back({PatternPath::Step::Kind::kNode, searchNode(named.nodes[i], graph), false});
      if (i == named.relationships.size()) break;
      const auto found =
          std::find_if(graph.relationships.begin(), graph.relationships.end(),
                       [&](const PatternRelationship& r) { return r.variable == named.relationships[i]; });
      const bool reversed = graph.nodes[found->left].variable != named.nodes[i];
      path.steps.push_back({PatternPath::Step::Kind::kRelationship,
                            static_cast<std::size_t>(found - graph.relationships.begin()), reversed});
    }
    graph.paths.push_back(std::move(path));
  }
  return graph;
}

void ClauseBinder::bind(const ast::Merge& merge) {
  CreateBinder binder{binding_, scope_, true};
  binder.add(merge.path);
  BoundMerge bound;
  bound.graph = binder.search();
  bound.create = binder.take();
  for (const auto& item : merge.onCreate) bound.onCreate.push_back(bindSetItem(item));
  for (const auto& item : merge.onMatch) bound.onMatch.push_back(bindSetItem(item));
  add(std::move(bound));
}

}  // namespace plexus::bind
