// CALL kg.lint() and CALL kg.conflicts(): what looks wrong in a graph, and which statements contradict each other.
#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

#include "core/catalog/conformance.h"
#include "core/function/procedures.h"
#include "core/value/print.h"

namespace plexus::function {
namespace {

using catalog::Catalog;
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
    findings.add("one name, several nodes", fmt::format("{} nodes have the labels and the name of {}", nodes.size(),
                                                        words.describe(nodes.front())));
  }
}

// Relationships that say the same twice.
void findRepeated(const ProcedureContext& context, const Conformance& words, Findings& findings) {
  for (const RelTypeId type : context.view.relTypesInUse()) {
    const auto all = catalog::relationshipsOf(context.view, type);
    for (std::size_t i = 1; i < all.size(); ++i) {
      if (all[i].start != all[i - 1].start || all[i].end != all[i - 1].end) continue;
      findings.add(fmt::format("relation type `{}`: repeated statements", context.catalog.relTypes.name(type)),
                   fmt::format("{} is stored more than once", words.describe(all[i])));
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

// The nodes that are kinds of a node, or of which it is a kind, itself among them.
class Taxonomy {
 public:
  Taxonomy(const ProcedureContext& context, const Value& relations) : view_{context.view} {
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
        for (const NodeId next : view_.adjacency(type, direction).neighbours(node)) {
          if (own.insert(next).second) open.push_back(next);
        }
      }
    }
    met.merge(own);
  }

  const storage::GraphView& view_;
  std::vector<RelTypeId> types_;
  std::unordered_map<NodeId, std::set<NodeId>> known_;
};

class Conflicts {
 public:
  Conflicts(const ProcedureContext& context, const Value& relations, const Emit& emit)
      : view_{context.view}, catalog_{context.catalog}, taxonomy_{context, relations}, words_{view_, {}}, emit_{emit} {}

  void find() {
    for (const auto& type : catalog_.types().relationTypes()) {
      for (const RelationReading& other : type.disjointWith) {
        for (const RelationReading& one : withSubRelations({type.type, false})) {
          for (const RelationReading& another : withSubRelations(other)) compare(one, another);
        }
      }
    }
  }

 private:
  std::vector<RelationReading> withSubRelations(const RelationReading& reading) const {
    std::vector<RelationReading> all{reading};
    for (const auto& below : catalog_.types().subRelations(reading.type)) {
      all.push_back({below.type, below.reversed != reading.reversed});
    }
    return all;
  }

  void compare(const RelationReading& one, const RelationReading& another) {
    const auto others = view_.adjacency(another.type, another.reversed ? Direction::kIn : Direction::kOut);
    for (const Relationship& r : catalog::relationshipsOf(view_, one.type)) {
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
    const bool exact = one.start == another.start && one.end == another.end;
    emit_(std::vector<Value>{Value{one}, Value{another},
                             fmt::format("{} contradicts {}{}", words_.describe(one), words_.describe(another),
                                         exact ? "" : ", which is about a kind or a super-kind of the same")});
  }

  const storage::GraphView& view_;
  const Catalog& catalog_;
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
