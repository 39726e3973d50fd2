#include "core/exec/operator/write/pattern_creator.h"

#include <algorithm>

#include "core/exec/expression/deleted.h"
#include "core/exec/expression/labels.h"
#include "core/exec/expression/vector_builder.h"
#include "core/exec/operator/write/assertion.h"
#include "core/exec/operator/write/write_context.h"
#include "core/exec/run/columns.h"

namespace plexus::exec {

struct PatternCreator::Element {
  bool isNode = true;
  ColumnIndex column = 0, start = 0, end = 0;
  std::vector<std::string> names;     // labels, or the one type
  std::vector<EvaluatorPtr> dynamic;  // more of them
  PropertySource properties;
  Span span;  // of a relationship
};

PatternCreator::PatternCreator(const bind::BoundCreate& create, Layout& layout, bool merging, BuildContext& build)
    : merging_{merging} {
  for (const auto& element : create.elements) {
    Element made;
    if (const auto* node = std::get_if<bind::CreateNode>(&element)) {
      made.names = node->labels;
      for (const auto& label : node->dynamicLabels) made.dynamic.push_back(compile(*label, layout, build));
      made.properties = PropertySource{node->properties, layout, build};
      made.column = layout.add(node->variable);
    } else {
      const auto& relationship = std::get<bind::CreateRelationship>(element);
      made.isNode = false;
      made.span = relationship.span;
      if (relationship.dynamicType) {
        made.dynamic.push_back(compile(*relationship.dynamicType, layout, build));
      } else {
        made.names = {relationship.type};
      }
      made.properties = PropertySource{relationship.properties, layout, build};
      made.start = layout.column(relationship.start);
      made.end = layout.column(relationship.end);
      made.column = layout.add(relationship.variable);
    }
    elements_.push_back(std::move(made));
  }
  for (const auto& path : create.paths) {
    NamedPath named;
    for (const auto node : path.nodes) named.nodes.push_back(layout.column(node));
    for (const auto relationship : path.relationships) named.relationships.push_back(layout.column(relationship));
    named.column = layout.add(path.variable);
    paths_.push_back(std::move(named));
  }
}

PatternCreator::~PatternCreator() = default;

std::unique_ptr<PatternCreator::Scratch> PatternCreator::open(Worker& worker) const {
  auto scratch = std::make_unique<Scratch>();
  for (const Element& element : elements_) {
    Scratch::OfElement own;
    for (const auto& name : element.dynamic) own.dynamic.push_back(name->open(worker));
    own.properties = element.properties.open(worker);
    scratch->elements.push_back(std::move(own));
  }
  return scratch;
}

void PatternCreator::create(Worker& worker, Scratch& scratch, Batch& rows) const {
  for (std::size_t i = 0; i < elements_.size(); ++i) {
    if (elements_[i].isNode) {
      createNodes(worker, elements_[i], i, scratch, rows);
    } else {
      createRelationships(worker, elements_[i], i, scratch, rows);
    }
  }
  for (const NamedPath& path : paths_) putColumn(rows, path.column, buildPaths(path, rows));
}

namespace {

// The names that each row gives besides the fixed ones.
std::vector<std::string> moreNames(const std::vector<Column>& dynamic, std::size_t row, Span span) {
  std::vector<std::string> names;
  for (const Column& column : dynamic) {
    const auto given = dynamicNames(column.value(row), span);
    names.insert(names.end(), given.begin(), given.end());
  }
  return names;
}

template <typename Scratches>
std::vector<Column> evaluateAll(const std::vector<EvaluatorPtr>& evaluators, Scratches& scratches, Worker& worker,
                                const Batch& rows) {
  std::vector<Column> columns;
  for (std::size_t i = 0; i < evaluators.size(); ++i) {
    columns.push_back(evaluators[i]->evaluate(worker, *scratches[i], rows));
  }
  return columns;
}

void addLabelIds(WriteContext& writes, const std::vector<std::string>& names, std::vector<LabelId>& ids) {
  for (const auto& name : names) {
    const LabelId id = writes.label(name);
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
  }
}

}  // namespace

void PatternCreator::createNodes(Worker& worker, const Element& element, std::size_t index, Scratch& scratch,
                                 Batch& rows) const {
  WriteContext& writes = *worker.context.writes;
  auto& own = scratch.elements[index];
  const auto dynamic = evaluateAll(element.dynamic, own.dynamic, worker, rows);
  const auto properties = element.properties.evaluate(worker, own.properties, rows);
  std::vector<LabelId> fixed;
  addLabelIds(writes, element.names, fixed);
  auto made = std::make_shared<Vector>(Vector::Kind::kNode, rows.rows());
  const auto nodes = made->data<NodeId>();
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    std::vector<LabelId> labels = fixed;
    if (!dynamic.empty()) addLabelIds(writes, moreNames(dynamic, row, element.dynamic.front()->span()), labels);
    nodes[row] = writes.createNode(labels);
    setProperties(worker, element, properties, row, nodes[row]);
  }
  putColumn(rows, element.column, {std::move(made), nullptr});
}

void PatternCreator::createRelationships(Worker& worker, const Element& element, std::size_t index, Scratch& scratch,
                                         Batch& rows) const {
  WriteContext& writes = *worker.context.writes;
  auto& own = scratch.elements[index];
  const auto dynamic = evaluateAll(element.dynamic, own.dynamic, worker, rows);
  const auto properties = element.properties.evaluate(worker, own.properties, rows);
  std::vector<NodeId> startScratch, endScratch;
  const auto starts = nodesOf(rows.column(element.start), rows.rows(), startScratch);
  const auto ends = nodesOf(rows.column(element.end), rows.rows(), endScratch);
  auto made = std::make_shared<Vector>(Vector::Kind::kRelationship, rows.rows());
  const auto relationships = made->data<Relationship>();
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    if (starts[row] == kNoNode || ends[row] == kNoNode) {
      throwRuntime(ErrorType::kTypeError, "InvalidArgumentValue",
                   "a relationship cannot be created: one of its nodes is null", element.span);
    }
    requireAlive(worker, starts[row], element.span);
    requireAlive(worker, ends[row], element.span);
    const auto names = dynamic.empty() ? element.names : moreNames(dynamic, row, element.dynamic.front()->span());
    if (names.size() != 1) {
      throwRuntime(ErrorType::kArgumentError, "InvalidArgumentValue", "a relationship has exactly one type");
    }
    relationships[row] =
        createRelationship(worker, element, properties, row, writes.relType(names.front()), starts[row], ends[row]);
  }
  putColumn(rows, element.column, {std::move(made), nullptr});
}

Relationship PatternCreator::createRelationship(Worker& worker, const Element& element,
                                                const PropertySource::Values& values, std::size_t row, RelTypeId type,
                                                NodeId start, NodeId end) const {
  WriteContext& writes = *worker.context.writes;
  if (!keepsEvidence(writes, type)) {
    const Relationship made = writes.createRelationship(type, start, end);
    setProperties(worker, element, values, row, made);
    return made;
  }
  std::vector<storage::PropertyValue> given;
  forEachProperty(worker, element, values, row, [&](PropertyKeyId key, const Value& value) {
    given.push_back({key, value});
  });
  return assertStatement(writes, type, start, end, given);
}

template <typename Entity>
void PatternCreator::setProperties(Worker& worker, const Element& element, const PropertySource::Values& values,
                                   std::size_t row, const Entity& entity) const {
  WriteContext& writes = *worker.context.writes;
  forEachProperty(worker, element, values, row,
                  [&](PropertyKeyId key, const Value& value) { writes.setProperty(entity, key, value); });
}

template <typename Give>
void PatternCreator::forEachProperty(Worker& worker, const Element& element, const PropertySource::Values& values,
                                     std::size_t row, Give give) const {
  WriteContext& writes = *worker.context.writes;
  try {
    values.forEach(worker, row, [&](const std::string& key, const Value& value) {
      if (!value.isNull()) {
        give(writes.propertyKey(key), value);
      } else if (merging_) {
        throwRuntime(ErrorType::kSemanticError, "MergeReadOwnWrites",
                     "MERGE cannot look for an entity whose property `" + key + "` is null");
      }
    });
  } catch (const Error& error) {
    throw error.at(element.properties.span());
  }
}

Column PatternCreator::buildPaths(const NamedPath& path, const Batch& rows) {
  auto paths = std::make_shared<Vector>(Vector::Kind::kValue, rows.rows());
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    Path made;
    bool complete = true;
    for (const ColumnIndex node : path.nodes) {
      const Value value = rows.column(node).value(row);
      complete = complete && value.is(ValueKind::kNode);
      if (complete) made.nodes.push_back(value.node());
    }
    for (const ColumnIndex relationship : path.relationships) {
      made.relationships.push_back(rows.column(relationship).value(row).relationship());
    }
    if (complete) paths->data<Value>()[row] = std::move(made);
  }
  return {std::move(paths), nullptr};
}

}  // namespace plexus::exec
