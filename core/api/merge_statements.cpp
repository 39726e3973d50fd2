#include "core/api/merge_statements.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/catalog/conformance.h"
#include "core/catalog/evidence.h"
#include "core/storage/codec/value_codec.h"

namespace plexus::api {
namespace {

using Qualifiers = std::vector<const catalog::PropertyDeclaration*>;

// Equal for relationships that are one statement.
std::string statementKey(const storage::GraphView& view, const Relationship& r, const Qualifiers& qualifiers,
                         bool symmetric) {
  std::string key;
  storage::putBig(key, symmetric ? std::min(r.start, r.end) : r.start);
  storage::putBig(key, symmetric ? std::max(r.start, r.end) : r.end);
  for (const auto* qualifier : qualifiers) storage::encodeSortable(key, view.property(r, qualifier->key));
  return key;
}

// Rows that `kept` does not have yet: the first becomes its own properties if it has no evidence.
void addRows(storage::WriteTransaction& transaction, catalog::Catalog& catalog, const Relationship& kept,
             const std::vector<Relationship>& others) {
  const storage::GraphView& view = transaction.view();
  List rows = catalog::evidenceOf(view, kept);
  std::set<std::string> known;
  for (const Value& row : rows) known.insert(catalog::evidenceText(row.map()));
  List further;
  for (const Relationship& other : others) {
    for (const Value& row : catalog::evidenceOf(view, other)) {
      std::string text = catalog::evidenceText(row.map());
      if (!known.insert(text).second) continue;
      if (known.size() > 1) {
        further.emplace_back(std::move(text));
        continue;
      }
      for (const auto& [name, value] : row.map().entries()) {
        transaction.setProperty(kept, catalog.propertyKeys.add(name), value);
      }
    }
  }
  if (further.empty()) return;
  const PropertyKeyId key = catalog.propertyKeys.add(catalog::kMoreEvidence);
  const Value before = view.property(kept, key);
  List texts = before.is(ValueKind::kList) ? before.list() : List{};
  for (const Value& text : further) texts.push_back(text);
  transaction.setProperty(kept, key, Value{std::move(texts)});
}

}  // namespace

std::size_t mergeStatements(storage::WriteTransaction& transaction, catalog::Catalog& catalog, RelTypeId type) {
  const catalog::RelationType& declared = *catalog.types().relationType(type);
  const Qualifiers qualifiers = catalog.types().qualifiers(declared);
  std::map<std::string, std::vector<Relationship>> statements;
  for (const Relationship& r : catalog::relationshipsOf(transaction.view(), type)) {
    statements[statementKey(transaction.view(), r, qualifiers, declared.symmetric)].push_back(r);
  }
  std::size_t merged = 0;
  for (auto& [key, same] : statements) {
    if (same.size() < 2) continue;
    std::sort(same.begin(), same.end(), [](const Relationship& a, const Relationship& b) { return a.id < b.id; });
    const std::vector<Relationship> others{same.begin() + 1, same.end()};
    addRows(transaction, catalog, same.front(), others);
    for (const Relationship& other : others) transaction.deleteRelationship(other);
    merged += others.size();
  }
  return merged;
}

}  // namespace plexus::api
