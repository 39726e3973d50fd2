#include "import/load/statement_merge.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/catalog/evidence.h"
#include "core/storage/codec/value_codec.h"
#include "import/load/stored_columns.h"

namespace plexus::load {
namespace {

const catalog::RelationType* evidenceType(const catalog::Catalog& catalog, RelTypeId type) {
  const auto* declared = catalog.types().relationType(type);
  return declared && declared->withEvidence ? declared : nullptr;
}

}  // namespace

bool StatementMerge::concerns(RelTypeId type) const { return evidenceType(graph_.catalog(), type) != nullptr; }

StatementMerge::OfType& StatementMerge::ofType(RelTypeId type) {
  const auto [entry, isNew] = types_.try_emplace(type);
  if (isNew) {
    const auto& declared = *evidenceType(graph_.catalog(), type);
    entry->second.symmetric = declared.symmetric;
    for (const auto* property : graph_.catalog().types().properties(declared)) {
      entry->second.qualifiers.push_back({property->key, property->defaultValue});
    }
  }
  return entry->second;
}

bool StatementMerge::isNew(RelTypeId type, NodeId start, NodeId end, const StoredColumns& columns, std::uint32_t row) {
  OfType& of = ofType(type);
  if (of.symmetric && end < start) std::swap(start, end);
  std::string key;
  storage::encodeValue(key, Value{std::int64_t{start}});
  storage::encodeValue(key, Value{std::int64_t{end}});
  for (const auto& qualifier : of.qualifiers) {
    Value value = qualifier.defaultValue;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (columns.key(i) == qualifier.key && !columns.values(i).isNull(row)) value = columns.values(i).value(row);
    }
    storage::encodeValue(key, value);
  }
  const auto [statement, added] = of.statements.emplace(std::move(key), of.next);
  if (added) {
    ++of.next;
    return true;
  }
  ++of.merged;
  auto evidence = evidenceIn(of, columns, row);
  if (!evidence.empty()) {
    of.more[statement->second].emplace_back(catalog::evidenceText(Map{std::move(evidence)}));
  }
  return false;
}

std::vector<MapEntry> StatementMerge::evidenceIn(const OfType& of, const StoredColumns& columns,
                                                 std::uint32_t row) const {
  std::vector<MapEntry> evidence;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const bool qualifies = std::any_of(of.qualifiers.begin(), of.qualifiers.end(),
                                       [&](const auto& qualifier) { return qualifier.key == columns.key(i); });
    const Value value = columns.values(i).value(row);
    if (qualifies || value.isNull()) continue;
    evidence.emplace_back(graph_.catalog().propertyKeys.name(columns.key(i)), value);
  }
  return evidence;
}

void StatementMerge::finish(std::vector<std::string>& notes) {
  for (auto& [type, of] : types_) {
    if (of.merged == 0) continue;
    const PropertyKeyId key = graph_.key(catalog::kMoreEvidence);
    for (auto& [ordinal, rows] : of.more) {
      graph_.setRelProperty(type, key, ordinal, Vector::constant(Value{std::move(rows)}, 1));
    }
    notes.push_back(fmt::format("{} rows of `{}` are further evidence of statements that other rows make", of.merged,
                                graph_.catalog().relTypes.name(type)));
  }
}

}  // namespace plexus::load
