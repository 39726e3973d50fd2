// base.key: by column where the base is nodes or relationships, else value by value.
#include "core/exec/expression/composite.h"
#include "core/exec/expression/deleted.h"
#include "core/exec/expression/vector_builder.h"
#include "core/function/access.h"

namespace plexus::exec {
namespace {

class PropertyEvaluator final : public Composite {
 public:
  PropertyEvaluator(const bind::Property& property, std::vector<EvaluatorPtr> operands)
      : Composite{bind::BoundKind::kProperty, property.span, std::move(operands)}, key_{property.key} {}

  Column evaluate(Worker& worker, Scratch& scratch, const Batch& rows) const override {
    const Column base = evaluateOperand(0, worker, scratch, rows);
    switch (base.data->kind()) {
      case Vector::Kind::kNode:
        return ofNodes(worker, base, rows.rows());
      case Vector::Kind::kRelationship:
        return ofRelationships(worker, base, rows.rows());
      default:
        return ofValues(worker, base, rows.rows());
    }
  }

 private:
  Column ofNodes(Worker& worker, const Column& base, std::size_t rows) const {
    requireAllAlive<NodeId>(worker, base, rows);
    const auto key = worker.context.catalog().propertyKeys.find(key_);
    if (!key) return constantColumn(Value{}, rows);
    const auto column = worker.context.view.nodeProperty(*key);
    auto result = std::make_shared<Vector>(column.kind());
    const auto nodes = base.data->data<NodeId>();
    if (!base.rows || nodes.size() <= rows) {  // each distinct place once; the rows then share the selection
      column.gather(nodes, *result);
      return {std::move(result), base.rows};
    }
    std::vector<NodeId> ids(rows);
    for (std::size_t row = 0; row < rows; ++row) ids[row] = nodes[(*base.rows)[row]];
    column.gather(ids, *result);
    return {std::move(result), nullptr};
  }

  Column ofRelationships(Worker& worker, const Column& base, std::size_t rows) const {
    requireAllAlive<Relationship>(worker, base, rows);
    const auto key = worker.context.catalog().propertyKeys.find(key_);
    if (!key) return constantColumn(Value{}, rows);
    const RelTypeId type = commonType(base, rows);
    if (type != kNoId) return ofOneType(worker, base, rows, type, *key);
    const auto& view = worker.context.view;
    VectorBuilder result;
    for (std::size_t row = 0; row < rows; ++row) {
      const auto asserted = base.isNull(row) ? std::nullopt : inference::assertedOf(view, base.get<Relationship>(row));
      result.append(asserted ? view.property(*asserted, *key) : Value{});
    }
    return {result.finish(), nullptr};
  }

  // The type that all relationships have; kNoId if there are several, or nulls, or some without an id.
  static RelTypeId commonType(const Column& base, std::size_t rows) {
    RelTypeId type = kNoId;
    for (std::size_t row = 0; row < rows; ++row) {
      if (base.isNull(row)) return kNoId;
      const RelTypeId own = base.get<Relationship>(row).type;
      if (base.get<Relationship>(row).isEntailed()) return kNoId;
      if (row > 0 && own != type) return kNoId;
      type = own;
    }
    return type;
  }

  static Column ofOneType(Worker& worker, const Column& base, std::size_t rows, RelTypeId type, PropertyKeyId key) {
    std::vector<RelId> ids(rows);
    for (std::size_t row = 0; row < rows; ++row) ids[row] = base.get<Relationship>(row).id;
    const RelTypeId stored = worker.context.catalog().types().reading(type).type;  // an inverse name has no properties
    const auto column = worker.context.view.relProperty(stored, key);
    auto result = std::make_shared<Vector>(column.kind());
    column.gather(ids, *result);
    return {std::move(result), nullptr};
  }

  Column ofValues(Worker& worker, const Column& base, std::size_t rows) const {
    VectorBuilder result;
    try {
      for (std::size_t row = 0; row < rows; ++row) {
        result.append(function::property(worker.functions, base.value(row), key_));
      }
    } catch (const Error& error) {
      throw error.at(span());
    }
    return {result.finish(), nullptr};
  }

  template <typename Entity>
  void requireAllAlive(Worker& worker, const Column& base, std::size_t rows) const {
    if (!worker.functions.mayMeetDeleted) return;
    for (std::size_t row = 0; row < rows; ++row) {
      if (!base.isNull(row)) requireAlive(worker, base.get<Entity>(row), span());
    }
  }

  std::string key_;
};

}  // namespace

EvaluatorPtr compileProperty(const bind::Property& property, const Layout& layout, BuildContext& build) {
  return std::make_unique<PropertyEvaluator>(property, compileAll({property.base}, layout, build));
}

}  // namespace plexus::exec
