// CALL kg.lint() and CALL kg.conflicts(): what looks wrong in a graph, and which statements contradict each other.
#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

#include "core/catalog/conformance.h"
#include "core/catalog/evidence.h"
#include "core/function/procedures.h"
#include "core/inference/entailment.h"
#include "core/value/print.h"

namespace plexus::function {
namespace {

using catalog::Conformance;
using catalog::RelationReading;
using Emit = ProcedureEntry::Emit;

// --- kg.lint --------------------------------------------------------------------------------------------------------

// Findings by rule, with the first examples of each.
class Findings {
 public:
  void add(const std::string& rule, const std::string& message) {
    Finding& finding = findings_[rule];
    if (++finding.count <= kExamples) finding.examples.push_back(message);
  }
  void emit(const Emit& emit) const {
    for (const auto& [rule, finding] : findings_) {
      emit(std::vector<Value>{rule, static_cast<std::int64_t>(finding.count), finding.examples});
    }
  }

 private:
  static constexpr std::uint64_t kExamples = 3;
  struct Finding {
    std::uint64_t count = 0;
    List examples;
  };
  std::map<std::string, Finding> findings_;
};

constexpr std::size_t kNamed = 3;  // of the nodes that share a name

// Nodes of the same labels with one name: perhaps one thing with two ids.
void findSharedNames(const ProcedureContext& context, const Conformance& words, Findings& findings) {
  const auto key = context.catalog.propertyKeys.find("name");
  if (!key) return;
  std::map<std::pair<std::vector<LabelId>, std::string>, std::vector<NodeId>> byName;
  const auto names = context.view.nodeProperty(*key);
  for (const NodeId node : context.view.nodes()) {
    const Value name = names.get(node);
    if (name.is(ValueKind::kString)) byName[{context.view.labels(node), std::string{name.string()}}].push_back(node);
  }
  for (const auto& [labelsAndName, nodes] : byName) {
    if (nodes.size() < 2) continue;
    std::string examples;
    for (std::size_t i = 0; i < std::min(nodes.size(), kNamed); ++i) {
      examples += (i == 0 ? "" : ", ") + words.describe(nodes[i]);
    }
    findings.add("one name, several nodes", fmt::format("{} nodes have the same labels and name: {}{}", nodes.size(),
                                                        examples, nodes.size() > kNamed ? ", ..." : ""));
  }
}

// What tells a statement from others between the same ends: its qualifiers; all properties if its type is not declared.
std::string distinction(const ProcedureContext& context, const Relationship& r) {
  const bool declared = context.catalog.types().relationType(r.type) != nullptr;
  std::map<std::string, Value> entries;
  for (const auto& [key, value] : context.view.properties(r)) {
    if (declared && !catalog::isQualifier(context.catalog, r.type, key)) continue;
    entries.emplace(context.catalog.propertyKeys.name(key), value);
  }
  return toCypherText(Value{Map{std::vector<MapEntry>{entries.begin(), entries.end()}}});
}

// Relationships that say the same twice.
void findRepeated(const ProcedureContext& context, const Conformance& words, Findings& findings) {
  const auto sameEnds = [](const Relationship& a, const Relationship& b) {
    return a.start == b.start && a.end == b.end;
  };
  const auto& types = context.catalog.types();
  for (const RelTypeId type : context.view.relTypesInUse()) {
    const auto* declared = types.relationType(type);
    if (declared && types.withEvidence(*declared)) continue;  // Conformance tells
    const auto all = catalog::relationshipsOf(context.view, type);
    for (std::size_t begin = 0, end = 0; begin < all.size(); begin = end) {
      while (end < all.size() && sameEnds(all[begin], all[end])) ++end;
      std::set<std::string> statements;
      for (std::size_t i = begin; i < end && end - begin > 1; ++i) {
        if (statements.insert(distinction(context, all[i])).second) continue;
        findings.add(fmt::format("relation type `{}`: repeated statements", context.catalog.relTypes.name(type)),
                     fmt::format("{} is stored more than once", words.describe(all[i])));
      }
    }
  }
}

void lint(ProcedureContext& context, std::span<const Value>, const Emit& emit) {
  Findings findings;
  Conformance conformance{context.view,
                          [&](const catalog::Offence& offence) { findings.add(offence.rule, offence.message); }};
  conformance.checkAll();
  findSharedNames(context, conformance, findings);
  findRepeated(context, conformance, findings);
  findings.emit(emit);
}

// --- kg.conflicts ---------------------------------------------------------------------------------------------------

// Of the asserted relationships those that count under the statement's `trust`.
storage::Adjacency counting(const ProcedureContext& context, RelTypeId type, Direction direction) {
  return context.entailment ? context.entailment->asserted(type, direction) : context.view.adjacency(type, direction);
}

// The nodes that are kinds of a node, or of which it is a kind, itself among them.
class Taxonomy {
 public:
  Taxonomy(const ProcedureContext& context, const Value& relations) : context_{context} {
    for (const Value& name : relations.list()) {
      if (!name.is(ValueKind::kString)) continue;
      if (const auto type = context.catalog.relTypes.find(name.string())) types_.push_back(*type);
    }
  }

  const std::set<NodeId>& comparable(NodeId node) {
    const auto [entry, isNew] = known_.try_emplace(node);
    if (isNew) {
      for (const Direction direction : {Direction::kOut, Direction::kIn}) walk(node, direction, entry->second);
    }
    return entry->second;
  }

 private:
  void walk(NodeId from, Direction direction, std::set<NodeId>& met) const {
    std::vector<NodeId> open{from};
    std::set<NodeId> own{from};
    while (!open.empty()) {
      const NodeId node = open.back();
      open.pop_back();
      for (const RelTypeId type : types_) {
        for (const NodeId next : counting(context_, type, direction).neighbours(node)) {
          if (own.insert(next).second) open.push_back(next);
        }
      }
    }
    met.merge(own);
  }

  const ProcedureContext& context_;
  std::vector<RelTypeId> types_;
  std::unordered_map<NodeId, std::set<NodeId>> known_;
};

class Conflicts {
 public:
  Conflicts(const ProcedureContext& context, const Value& relations, const Emit& emit)
      : context_{context},
        schema_{context.catalog.types()},
        taxonomy_{context, relations},
        words_{context.view, {}},
        emit_{emit} {}

  void find() {
    for (const auto& type : schema_.relationTypes()) {
      for (const RelationReading& other : type.disjointWith) {
        for (const RelationReading& one : readings({type.type, false})) {
          for (const RelationReading& another : readings(other)) compare(one, another);
        }
      }
    }
  }

 private:
  // Of asserted relationships, those that say `reading`: its own, its sub-relations', and of symmetric ones the mirror.
  std::vector<RelationReading> readings(const RelationReading& reading) const {
    std::vector<RelationReading> all;
    const auto add = [&](RelTypeId type, bool reversed) {
      all.push_back({type, reversed});
      const auto* declared = schema_.relationType(type);
      if (declared && declared->symmetric) all.push_back({type, !reversed});
    };
    add(reading.type, reading.reversed);
    for (const auto& below : schema_.subRelations(reading.type)) add(below.type, below.reversed != reading.reversed);
    return all;
  }

  void compare(const RelationReading& one, const RelationReading& another) {
    const auto others = counting(context_, another.type, another.reversed ? Direction::kIn : Direction::kOut);
    const auto statements = counting(context_, one.type, Direction::kOut);
    for (const Relationship& r : catalog::relationshipsOf(context_.view, one.type, statements)) {
      const NodeId from = one.reversed ? r.end : r.start, to = one.reversed ? r.start : r.end;
      const auto& targets = taxonomy_.comparable(to);
      for (const NodeId start : taxonomy_.comparable(from)) {
        const auto ends = others.neighbours(start);
        for (std::size_t i = 0; i < ends.size(); ++i) {
          if (!targets.contains(ends[i])) continue;
          const RelId id = others.relationships(start)[i];
          tell(r, another.reversed ? Relationship{ends[i], start, id, another.type}
                                   : Relationship{start, ends[i], id, another.type});
        }
      }
    }
  }

  // A pair is found twice where both types name the other.
  void tell(const Relationship& one, const Relationship& another) {
    if (one == another || !told_.insert(std::minmax(one.number(), another.number())).second) return;
    const bool exact = std::minmax(one.start, one.end) == std::minmax(another.start, another.end);
    emit_(std::vector<Value>{Value{one}, Value{another},
                             fmt::format("{} contradicts {}{}", words_.describe(one), words_.describe(another),
                                         exact ? "" : ", which is about a kind or a super-kind of the same")});
  }

  const ProcedureContext& context_;
  const catalog::TypeSchema& schema_;
  Taxonomy taxonomy_;
  Conformance words_;
  const Emit& emit_;
  std::set<std::pair<std::int64_t, std::int64_t>> told_;
};

void conflicts(ProcedureContext& context, std::span<const Value> arguments, const Emit& emit) {
  Conflicts{context, arguments.front(), emit}.find();
}

}  // namespace

std::vector<ProcedureEntry> knowledgeProcedures() {
  const Type text{TypeKind::kString}, relationship{TypeKind::kRelationship};
  ProcedureEntry lintEntry;
  lintEntry.name = "kg.lint";
  lintEntry.outputs = {
      {"rule", text, false}, {"count", Type{TypeKind::kInteger}, false}, {"examples", Type::list(text), false}};
  lintEntry.description = "What looks wrong, by rule: a number and up to three examples each. Reads everything.";
  lintEntry.run = &lint;
  ProcedureEntry conflictsEntry;
  conflictsEntry.name = "kg.conflicts";
  conflictsEntry.inputs = {{"taxonomy", Type::list(text), Value{List{Value{"is_a"}, Value{"subclass_of"}}}, false}};
  conflictsEntry.outputs = {
      {"statement", relationship, false}, {"contradicts", relationship, false}, {"explanation", text, false}};
  conflictsEntry.description =
      "Pairs of statements of relation types that are DISJOINT, between the same nodes or kinds of them; `taxonomy`: "
      "the relations that say what is a kind of what.";
  conflictsEntry.run = &conflicts;
  return {std::move(lintEntry), std::move(conflictsEntry)};
}

}  // namespace plexus::function
