#include "import/load/statement_merge.h"

#include <algorithm>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "core/catalog/evidence.h"
#include "core/storage/codec/value_codec.h"
#include "import/load/stored_columns.h"

namespace plexus::load {
namespace {

const catalog::RelationType* evidenceType(const catalog::Catalog& catalog, RelTypeId type) {
  const auto* declared = catalog.types().relationType(type);
  return declared && catalog.types().withEvidence(*declared) ? declared : nullptr;
}

std::size_t hashOf(const std::string& text) { return std::hash<std::string>{}(text); }

Value givenValue(PropertyKeyId key, const StoredColumns& columns, std::uint32_t row) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns.key(i) == key && !columns.values(i).isNull(row)) return columns.values(i).value(row);
  }
  return {};
}

// Those of `rows` that are not known yet; returns whether there are any.
bool addNew(const List& rows, std::set<std::string, std::less<>>& known, List& texts) {
  const std::size_t before = texts.size();
  for (const Value& row : rows) {
    if (known.emplace(row.string()).second) texts.push_back(row);
  }
  return texts.size() > before;
}

}  // namespace

bool StatementMerge::concerns(RelTypeId type) const { return evidenceType(graph_.catalog(), type) != nullptr; }

StatementMerge::OfType& StatementMerge::ofType(RelTypeId type) {
  const auto [entry, isNew] = types_.try_emplace(type);
  if (isNew) {
    const auto& declared = *evidenceType(graph_.catalog(), type);
    entry->second.symmetric = declared.symmetric;
    for (const auto* property : graph_.catalog().types().qualifiers(declared)) {
      entry->second.qualifiers.push_back({property->key, property->defaultValue});
    }
  }
  return entry->second;
}

std::string StatementMerge::keyOf(const OfType& of, NodeId start, NodeId end,
                                  const std::function<Value(const Qualifier&)>& value) {
  if (of.symmetric && end < start) std::swap(start, end);
  std::string key;
  storage::putBig(key, start);
  storage::putBig(key, end);
  for (const Qualifier& qualifier : of.qualifiers) storage::encodeSortable(key, value(qualifier));
  return key;
}

void StatementMerge::keepNew(RelTypeId type, const StoredColumns& columns, std::vector<NodeId>& starts,
                             std::vector<NodeId>& ends, std::vector<std::uint32_t>& rows) {
  OfType& of = ofType(type);
  std::vector<Statements::value_type*> made(rows.size()), unknown;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::string key = keyOf(of, starts[i], ends[i], [&](const Qualifier& qualifier) {
      Value value = givenValue(qualifier.key, columns, rows[i]);
      return value.isNull() ? qualifier.defaultValue : value;
    });
    const auto [entry, isNew] = of.statements.try_emplace(std::move(key));
    made[i] = &*entry;
    if (!isNew) continue;
    entry->second.relationship = {starts[i], ends[i], kNoRel, type};
    unknown.push_back(made[i]);
  }
  if (before_ != nullptr && before_->relationshipCount(type) > 0) findStored(of, std::move(unknown));
  std::size_t kept = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    Statement& statement = made[i]->second;
    if (statement.place != Statement::Place::kUnknown) {
      addEvidence(of, statement, columns, rows[i]);
      continue;
    }
    statement.place = Statement::Place::kImported;
    statement.ordinal = of.next++;
    auto evidence = evidenceIn(of, columns, rows[i]);
    if (!evidence.empty()) catalog::addDefaults(graph_.catalog(), type, evidence);
    statement.firstEvidence = hashOf(catalog::evidenceText(Map{std::move(evidence)}));
    starts[kept] = starts[i];
    ends[kept] = ends[i];
    rows[kept++] = rows[i];
  }
  starts.resize(kept);
  ends.resize(kept);
  rows.resize(kept);
}

// Both lists ascend, those of the statements and those of the neighbours.
void StatementMerge::findStored(OfType& of, std::vector<Statements::value_type*> unknown) const {
  for (int way = 0; way < (of.symmetric ? 2 : 1); ++way) {
    if (way > 0) {
      std::erase_if(unknown, [](const auto* s) { return s->second.place == Statement::Place::kStored; });
      for (auto* s : unknown) std::swap(s->second.relationship.start, s->second.relationship.end);
    }
    const auto ends = [](const Statements::value_type* s) {
      return std::pair{s->second.relationship.start, s->second.relationship.end};
    };
    std::sort(unknown.begin(), unknown.end(), [&](const auto* a, const auto* b) { return ends(a) < ends(b); });
    for (auto from = unknown.begin(); from != unknown.end();) {
      const NodeId start = ends(*from).first;
      const auto to = std::find_if(from, unknown.end(), [&](const auto* s) { return ends(s).first != start; });
      findStored(of, {from, to}, start);
      from = to;
    }
  }
}

void StatementMerge::findStored(OfType& of, std::span<Statements::value_type* const> withStart, NodeId start) const {
  const RelTypeId type = withStart.front()->second.relationship.type;
  const auto adjacency = before_->adjacency(type, Direction::kOut);
  const auto ends = adjacency.neighbours(start);
  if (ends.empty()) return;
  const auto ids = adjacency.relationships(start);
  auto at = ends.begin();
  for (auto* entry : withStart) {
    Statement& statement = entry->second;
    at = std::lower_bound(at, ends.end(), statement.relationship.end);
    for (auto same = at; same != ends.end() && *same == statement.relationship.end; ++same) {
      const Relationship stored{start, *same, ids[static_cast<std::size_t>(same - ends.begin())], type};
      if (keyOf(of, start, *same, [&](const Qualifier& q) { return before_->property(stored, q.key); }) != entry->first)
        continue;
      statement.place = Statement::Place::kStored;
      statement.relationship = stored;
      statement.bare = catalog::evidenceOf(*before_, stored).empty();
      break;
    }
  }
}

void StatementMerge::addEvidence(OfType& of, Statement& statement, const StoredColumns& columns, std::uint32_t row) {
  const bool stored = statement.place == Statement::Place::kStored;
  ++(stored ? of.ofStored : of.ofImported);
  auto evidence = evidenceIn(of, columns, row);
  if (evidence.empty()) return;
  catalog::addDefaults(graph_.catalog(), statement.relationship.type, evidence);
  if (statement.bare) {
    const Relationship& r = statement.relationship;
    for (const auto& [name, value] : evidence) graph_.changeRelProperty(r.type, graph_.key(name), r.id, value);
  }
  std::string text = catalog::evidenceText(Map{std::move(evidence)});
  if (statement.bare) statement.firstEvidence = hashOf(text);
  statement.bare = false;
  if (hashOf(text) == statement.firstEvidence) return;
  if (statement.further == 0) {
    of.further.push_back({&statement, {}});
    statement.further = static_cast<std::uint32_t>(of.further.size());
  }
  of.further[statement.further - 1].rows.emplace_back(std::move(text));
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
    // In the order in which properties lie.
    std::sort(of.further.begin(), of.further.end(), [](const Further& a, const Further& b) {
      return std::tuple{a.statement->place, a.statement->ordinal, a.statement->relationship.id} <
             std::tuple{b.statement->place, b.statement->ordinal, b.statement->relationship.id};
    });
    for (const Further& further : of.further) {
      if (further.statement->place == Statement::Place::kStored) {
        finishStored(further);
      } else {
        finishImported(type, further);
      }
    }
    const std::string& name = graph_.catalog().relTypes.name(type);
    const auto note = [&](std::uint64_t count, const char* what) {
      if (count == 0) return;
      notes.push_back(
          fmt::format("{} row{} of `{}` {} {}", count, count == 1 ? "" : "s", name, count == 1 ? "is" : "are", what));
    };
    note(of.ofImported, "further evidence of statements that other rows make");
    note(of.ofStored, "evidence of statements that were there before");
  }
}

void StatementMerge::finishImported(RelTypeId type, const Further& further) {
  List texts;
  std::set<std::string, std::less<>> known;
  addNew(further.rows, known, texts);
  graph_.setRelProperty(type, graph_.key(catalog::kMoreEvidence), further.statement->ordinal,
                        Vector::constant(Value{std::move(texts)}, 1));
}

void StatementMerge::finishStored(const Further& further) {
  const Relationship& stored = further.statement->relationship;
  std::set<std::string, std::less<>> known;
  for (const Value& row : catalog::evidenceOf(*before_, stored)) known.insert(catalog::evidenceText(row.map()));
  const PropertyKeyId key = graph_.key(catalog::kMoreEvidence);
  const Value more = before_->property(stored, key);
  List texts = more.is(ValueKind::kList) ? more.list() : List{};
  if (addNew(further.rows, known, texts)) {
    graph_.changeRelProperty(stored.type, key, stored.id, Value{std::move(texts)});
  }
}

}  // namespace plexus::load
