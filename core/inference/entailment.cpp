#include "core/inference/entailment.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/catalog/catalog.h"
#include "core/inference/affected.h"
#include "core/inference/entailed_source.h"
#include "core/storage/relation_changes.h"

namespace plexus::inference {

std::shared_ptr<const Entailment> Entailment::of(const storage::GraphView& view, std::shared_ptr<Cache> cache,
                                                 Trusted trusted, bool infers) {
  static const auto kNothing = std::make_shared<const catalog::TypeSchema>();
  const auto& schema = infers ? catalog::Catalog::of(view).sharedTypes() : kNothing;
  if (!schema->hasTraits() && !trusted) return nullptr;
  RulesPtr rules = cache->rules(schema);
  return std::shared_ptr<const Entailment>{
      new Entailment{view, std::move(cache), std::move(rules), std::move(trusted)}};
}

Entailment::Entailment(storage::GraphView view, std::shared_ptr<Cache> cache, RulesPtr rules, Trusted trusted)
    : view_{std::move(view)},
      cache_{std::move(cache)},
      own_{view_.writing() ? nullptr : cache_},
      rules_{std::move(rules)},
      trusted_{std::move(trusted)} {}

std::shared_ptr<const Entailment> Entailment::readings() const {
  auto rules = std::make_shared<const RuleSet>(rules_->sharedSchema(), RuleSet::Scope::kReadings);
  return std::shared_ptr<const Entailment>{
      new Entailment{view_, std::make_shared<Cache>(), std::move(rules), trusted_}};
}

std::vector<RelTypeId> Entailment::restsOn(RelTypeId type) const {
  const TypeRules* rules = rules_->rules(type);
  return rules ? rules->restsOn : std::vector<RelTypeId>{type};
}

bool Entailment::mayHaveRelationships(RelTypeId name) const {
  if (!rules_->infers(name)) return view_.relationshipCount(name) > 0;
  const auto types = restsOn(rules_->schema().reading(name).type);
  return std::any_of(types.begin(), types.end(), [&](RelTypeId t) { return view_.relationshipCount(t) > 0; });
}

std::vector<RelTypeId> Entailment::names() const {
  std::vector<RelTypeId> out = view_.relTypesInUse();
  for (const RelTypeId name : rules_->inferringNames()) {
    if (mayHaveRelationships(name)) out.push_back(name);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::vector<RelTypeId> Entailment::namesOf(RelTypeId name) const {
  std::vector<RelTypeId> out{name};
  for (const Name& sub : rules_->subNames(name)) out.push_back(sub.name);
  std::erase_if(out, [&](RelTypeId n) { return !mayHaveRelationships(n); });
  std::sort(out.begin(), out.end());
  return out;
}

bool Entailment::isA(RelTypeId name, RelTypeId super) const {
  const auto& supers = rules_->superNames(name);
  return name == super || std::find(supers.begin(), supers.end(), super) != supers.end();
}

Search::FactsOf Entailment::factsOf() const {
  return [view = view_, cache = own_, rules = rules_, trusted = trusted_](RelTypeId type) {
    const auto make = [&] {
      Asserted asserted{view, trusted};
      return std::make_shared<const Facts>(*rules, type, asserted, std::span<const NodeId>{});
    };
    return cache ? cache->facts(rules, type, stampOf(view, rules->rules(type)->restsOn), make) : make();
  };
}

// Of a transaction: the database's lists if it has not changed what they rest on.
std::shared_ptr<Lists> Entailment::listsOf(const ListKey& key, const Stamp& stamp) const {
  if (!own_) {
    if (auto found = cache_->findLists(rules_, key, stamp)) return found;
  }
  if (!own_) return std::make_shared<Lists>(view_.nodeBound(), std::make_shared<ListBudget>());
  return own_->lists(rules_, key, stamp, view_.version(), view_.nodeBound(), [&](std::uint64_t version) {
    Asserted asserted{view_, trusted_};
    return affectedNodes(*rules_, key, asserted,
                         [&](RelTypeId type) { return storage::changedSince(view_, type, version); });
  });
}

storage::Adjacency Entailment::adjacency(RelTypeId name, Direction direction) const {
  return rules_->infers(name) ? made({name, direction, false}) : trustedAdjacency(view_, name, direction, trusted_);
}

storage::Adjacency Entailment::undirected(RelTypeId name) const { return made({name, Direction::kOut, true}); }

storage::Adjacency Entailment::asserted(RelTypeId type, Direction direction) const {
  return trustedAdjacency(view_, type, direction, trusted_);
}

storage::Adjacency Entailment::made(const ListKey& key) const {
  const Stamp stamp = stampOf(view_, restsOn(rules_->schema().reading(key.name).type));
  return storage::Adjacency{
      std::make_shared<const EntailedSource>(listsOf(key, stamp), key, rules_, Asserted{view_, trusted_}, factsOf())};
}

bool Entailment::inferred(const Relationship& r) const {
  if (r.isEntailed() || rules_->schema().isInverseName(r.type)) return true;
  if (!rules_->symmetric(r.type)) return false;
  const auto stored = view_.relationship(r.type, r.id);
  return stored && stored->start != r.start;
}

namespace {

// An asserted relationship of `type` between the ends, or nothing.
std::optional<Relationship> storedBetween(const storage::GraphView& view, RelTypeId type, NodeId start, NodeId end) {
  const auto adjacency = view.adjacency(type, Direction::kOut);
  const auto neighbours = adjacency.neighbours(start);
  const auto place = std::lower_bound(neighbours.begin(), neighbours.end(), end);
  if (place == neighbours.end() || *place != end) return std::nullopt;
  const RelId id = adjacency.relationships(start)[static_cast<std::size_t>(place - neighbours.begin())];
  return Relationship{start, end, id, type};
}

// One sub-relation says it, perhaps turned round: by a reversed EXTENDS, or because the relation is symmetric.
std::optional<Relationship> readingOfSubRelation(const storage::GraphView& view, const catalog::TypeSchema& schema,
                                                 const Step& reading, const Relationship& r) {
  const auto* relation = schema.relationType(reading.type);
  const bool symmetric = relation != nullptr && relation->symmetric;
  const auto between = [&](RelTypeId type, bool back) {
    return back ? storedBetween(view, type, r.end, r.start) : storedBetween(view, type, r.start, r.end);
  };
  for (const Step& sub : schema.subRelations(reading.type)) {
    const bool back = sub.reversed != reading.reversed;
    if (const auto found = between(sub.type, back)) return found;
    if (!symmetric) continue;
    if (const auto found = between(sub.type, !back)) return found;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Relationship> assertedOf(const storage::GraphView& view, const Relationship& r) {
  const catalog::TypeSchema& schema = catalog::Catalog::of(view).types();
  if (!schema.hasTraits()) return r;
  const Step reading = schema.reading(r.type);
  if (r.isEntailed()) return readingOfSubRelation(view, schema, reading, r);
  if (reading.reversed) return Relationship{r.end, r.start, r.id, reading.type};
  const auto* relation = schema.relationType(r.type);
  return relation != nullptr && relation->symmetric ? view.relationship(r.type, r.id) : r;
}

bool exists(const storage::GraphView& view, const Relationship& r) {
  if (r.isEntailed()) return true;
  const auto asserted = assertedOf(view, r);
  return asserted && view.exists(*asserted);
}

// --- Why ------------------------------------------------------------------------------------------------------------

namespace {

// Derivations nest as deep as their steps are many, in the worst case.
constexpr std::uint64_t kMostSupport = 10'000;

Entailment::Derivation derivationOf(const Facts& facts, const Fact& fact, bool backwards) {
  Entailment::Derivation out;
  const bool asserted = fact.body == nullptr;
  out.conclusion = {fact.start, fact.end, asserted ? fact.asserted : kEntailedRel, fact.type};
  if (asserted) return out;
  out.trait = fact.body->trait;
  // The links of a chain, last to first: it is one step, however long.
  const Fact* chain = &fact;
  for (; *out.trait == Trait::kTransitive && chain->body == fact.body; chain = &facts[chain->premises[0]]) {
    out.from.push_back(derivationOf(facts, facts[chain->premises[1]], backwards));
  }
  if (chain != &fact) {
    out.from.push_back(derivationOf(facts, *chain, backwards));
    if (!backwards) std::reverse(out.from.begin(), out.from.end());
    return out;
  }
  for (std::size_t i = 0; i < fact.premises.size(); ++i) {
    const bool turn = fact.body->walk[i].reversed != backwards;
    out.from.push_back(derivationOf(facts, facts[fact.premises[i]], turn));
  }
  if (backwards) std::reverse(out.from.begin(), out.from.end());
  return out;
}

void collectSupport(const Entailment::Derivation& derivation, std::vector<Relationship>& out) {
  if (derivation.from.empty()) {
    out.push_back(derivation.conclusion);
    return;
  }
  for (const auto& part : derivation.from) collectSupport(part, out);
}

}  // namespace

// The nodes that a walk from one end to the other can meet, ascending; none: any.
std::vector<NodeId> Entailment::between(const Step& relation, NodeId start, NodeId end) const {
  const auto types = restsOn(relation.type);
  const auto recursive = [&](RelTypeId type) {
    const TypeRules* rules = rules_->rules(type);
    return rules && rules->recursive;
  };
  if (std::any_of(types.begin(), types.end(), recursive)) return {};
  const auto metFrom = [&](const Step& step, NodeId node) {
    Search search{*rules_, Asserted{view_, trusted_}, factsOf()};
    std::vector<NodeId> met{node};
    search.trace(&met);
    search.related(step, node);
    std::sort(met.begin(), met.end());
    met.erase(std::unique(met.begin(), met.end()), met.end());
    return met;
  };
  const auto forwards = metFrom(relation, start), backwards = metFrom({relation.type, !relation.reversed}, end);
  std::vector<NodeId> both;
  std::set_intersection(forwards.begin(), forwards.end(), backwards.begin(), backwards.end(), std::back_inserter(both));
  return both;
}

std::optional<Entailment::Derivation> Entailment::derive(const Relationship& r) const {
  if (!inferred(r)) return Derivation{r, std::nullopt, false, {}};
  const Step reading = rules_->schema().reading(r.type);
  Derivation out;
  if (!r.isEntailed()) {
    const auto asserted = assertedOf(view_, r);
    if (!asserted) return std::nullopt;
    out.from.push_back({*asserted, std::nullopt, false, {}});
    if (!reading.reversed) out.trait = Trait::kSymmetric;
  } else {
    const NodeId start = reading.reversed ? r.end : r.start, end = reading.reversed ? r.start : r.end;
    const auto among = between({reading.type, false}, start, end);
    Asserted asserted{view_, trusted_};
    const Facts facts{*rules_, reading.type, asserted, among, start};
    const Fact* fact = facts.find(reading.type, start, end);
    if (fact == nullptr) return std::nullopt;
    if (fact->support > kMostSupport) {
      throw Error{ErrorType::kLimitExceeded, Phase::kRuntime, "",
                  fmt::format("the relationship rests on {} others: up to {} are told", fact->support, kMostSupport)};
    }
    out = derivationOf(facts, *fact, reading.reversed);
    if (reading.reversed) out = {r, std::nullopt, true, {std::move(out)}};
  }
  out.renamed = reading.reversed;
  out.conclusion = r;
  return out;
}

std::vector<Relationship> Entailment::support(const Relationship& r) const {
  std::vector<Relationship> out;
  if (const auto derivation = derive(r)) collectSupport(*derivation, out);
  return out;
}

}  // namespace plexus::inference
