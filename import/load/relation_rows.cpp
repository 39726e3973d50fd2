#include "import/load/relation_rows.h"

namespace plexus::load {

RelationRows::RelationRows(RelTypeId named, StoredColumns& columns, LoadContext& context)
    : context_{context},
      columns_{columns},
      type_{context.graph.catalog().types().reading(named).type},
      reversed_{context.graph.catalog().types().reading(named).reversed},
      mayCycle_{context.cycles.concerns(type_)},
      keepsEvidence_{context.statements.concerns(type_)},
      properties_{PropertyRules::ofRelationships(type_, columns, context.graph.catalog())},
      relation_{type_, context.graph, context.before} {}

void RelationRows::clear() {
  starts_.clear();
  ends_.clear();
  rows_.clear();
}

void RelationRows::check(std::size_t startColumn, std::size_t endColumn, RowErrors& errors) {
  if (rows_.empty()) return;
  if (!properties_.empty()) properties_.check(columns_, rows_, context_.unique, errors);
  if (relation_.empty()) return;
  relation_.check(starts_, ends_, rows_, reversed_ ? endColumn : startColumn, reversed_ ? startColumn : endColumn,
                  errors);
}

void RelationRows::leaveOut(const RowErrors& errors) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (errors.isBad(rows_[i])) continue;
    starts_[kept] = starts_[i];
    ends_[kept] = ends_[i];
    rows_[kept++] = rows_[i];
  }
  starts_.resize(kept);
  ends_.resize(kept);
  rows_.resize(kept);
}

void RelationRows::store(const RowErrors& errors, const format::RowBatch& batch) {
  if (errors.any()) leaveOut(errors);
  if (keepsEvidence_) context_.statements.keepNew(type_, columns_, starts_, ends_, rows_);
  if (rows_.empty()) return;
  const std::uint64_t first = context_.graph.addRelationships(type_, starts_, ends_);
  properties_.store(columns_, rows_, [&](PropertyKeyId key, const Vector& values) {
    context_.graph.setRelProperty(type_, key, first, values);
  });
  if (!mayCycle_) return;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    context_.cycles.add(type_, starts_[i], ends_[i], batch.line(rows_[i]));
  }
}

}  // namespace plexus::load
