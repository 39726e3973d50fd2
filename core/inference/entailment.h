// core/inference/entailment.h: a view of the graph as if everything that is entailed were stored (docs/knowledge.md,
// "The rule").
//
// Patterns ask for adjacencies by name: of a type without rules they get the asserted arrays, else lists that are made
// when asked for (list_memo.h), in the same shape, so operators do not know the difference. Relationships that are read
// off one asserted relationship (an inverse name, a symmetric relation turned round) keep its id under the name they
// were read by; others have kEntailedRel or kEntailedEitherWay in its place.
// Thread safety: all calls, concurrently. In a transaction's view adjacencies are as of the call.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/inference/asserted.h"
#include "core/inference/cache.h"
#include "core/inference/search.h"

namespace plexus::inference {

class Entailment {
 public:
  // Null if there is nothing to infer in this view and all relationships count: then it is plain Cypher. `cache` is for
  // views in which the same relationships count. `infers` false: what counts is all there is.
  static std::shared_ptr<const Entailment> of(const storage::GraphView& view, std::shared_ptr<Cache> cache,
                                              Trusted trusted = {}, bool infers = true);

  // The same view with no more than readings of single asserted relationships: inverse names, symmetric relations from
  // the other end, sub-relations. What MERGE looks for.
  std::shared_ptr<const Entailment> readings() const;

  const RuleSet& rules() const { return *rules_; }
  const storage::GraphView& view() const { return view_; }

  // Types and names under which there may be relationships, ascending.
  std::vector<RelTypeId> names() const;
  // Those that patterns with `name` match: itself and its sub-relations.
  std::vector<RelTypeId> namesOf(RelTypeId name) const;
  // Whether patterns with `super` match relationships of `name`.
  bool isA(RelTypeId name, RelTypeId super) const;
  // A symmetric relation relates nodes either way: undirected() is all that an undirected pattern sees of it, the same
  // from both ends. Others are asked for both directions.
  bool symmetric(RelTypeId name) const { return rules_->symmetric(name); }
  // Its adjacency is that of the asserted relationships, all of them.
  bool isStored(RelTypeId name) const { return !trusted_ && !rules_->infers(name); }
  storage::Adjacency adjacency(RelTypeId name, Direction direction) const;
  storage::Adjacency undirected(RelTypeId name) const;
  // What is asserted of a type and counts.
  storage::Adjacency asserted(RelTypeId type, Direction direction = Direction::kOut) const;

  // Whether `r` is not asserted as it stands.
  bool inferred(const Relationship& r) const;

  struct Derivation {
    Relationship conclusion;
    std::optional<Trait> trait;    // nothing: it is asserted, or is read under another name
    bool renamed = false;          // read under an inverse name
    std::vector<Derivation> from;  // in order, as they lie between the ends
  };
  // Why `r` holds, by as few asserted relationships as can be. Nothing if it does not (any more).
  std::optional<Derivation> derive(const Relationship& r) const;
  // Its asserted relationships, from its start to its end.
  std::vector<Relationship> support(const Relationship& r) const;

 private:
  Entailment(storage::GraphView view, std::shared_ptr<Cache> cache, RulesPtr rules, Trusted trusted);
  std::vector<RelTypeId> restsOn(RelTypeId type) const;
  bool mayHaveRelationships(RelTypeId name) const;
  storage::Adjacency made(const ListKey& key) const;
  std::shared_ptr<Lists> listsOf(const ListKey& key, const Stamp& stamp) const;
  Search::FactsOf factsOf() const;
  std::vector<NodeId> between(const Step& relation, NodeId start, NodeId end) const;

  storage::GraphView view_;
  std::shared_ptr<Cache> cache_;
  std::shared_ptr<Cache> own_;  // where new things are kept; null in a transaction, whose changes may be undone
  RulesPtr rules_;
  Trusted trusted_;
};

// The asserted relationship that `r` is a reading of: itself, turned round, or under its own name instead of an
// inverse. It has r's properties. Nothing if r rests on several, or there is none. By the schema of the view.
std::optional<Relationship> assertedOf(const storage::GraphView& view, const Relationship& r);
// Whether it is there to be read: what is entailed is as long as the query runs that found it.
bool exists(const storage::GraphView& view, const Relationship& r);
inline bool exists(const storage::GraphView& view, NodeId node) { return view.exists(node); }

}  // namespace plexus::inference
