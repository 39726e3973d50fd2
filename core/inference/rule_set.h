// core/inference/rule_set.h: what entails what, as productions over relations: the schema's traits made ready for
// evaluation (docs/knowledge.md, "The rule").
//
// A relation read forwards or backwards is a step; steps one after another are a walk. Each relation type has bodies:
// walks whose ends it relates. EXTENDS gives walks of one step, IMPLIED BY longer ones; SYMMETRIC and TRANSITIVE are
// the bodies `T backwards` and `T T`. Which nodes a type relates to a given one is found in one of two ways:
//   regular     T occurs in its own bodies only first or last: the walks form a regular language, and a search from one
//               node answers (search.h). Sub-relations, symmetric, transitive relations and chains over closures are.
//   recursive   anything else, such as two types that imply each other: facts are derived until there are no new ones
//               (fixpoint.h).
// Thread safety: immutable.
#pragma once

#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "core/catalog/type_schema.h"

namespace plexus::inference {

using Step = catalog::RelationReading;
using Walk = std::vector<Step>;

// The walk backwards.
Walk reversed(const Walk& walk);

enum class Trait : std::uint8_t { kExtends, kSymmetric, kTransitive, kChain };

struct Body {
  Trait trait;
  Walk walk;
};

// Walks of a regular type, in the form (head* base tail*), repeated if transitive.
struct Grammar {
  std::vector<Walk> heads, bases, tails;  // a base of one step of the type itself stands for what is asserted
  bool repeats = false;
};

struct TypeRules {
  RelTypeId type = kNoId;
  bool symmetric = false, transitive = false;
  bool recursive = false;
  std::vector<Body> bodies;
  Grammar grammar[2];              // regular: from a start onwards, from an end backwards
  std::vector<RelTypeId> restsOn;  // types whose asserted relationships can entail this one, itself first
};

// A name that patterns may use, as the relation it reads.
struct Name {
  RelTypeId name = kNoId;
  Step reading;
};

class RuleSet {
 public:
  // kReadings: only what rests on a single asserted relationship; no closures and chains.
  enum class Scope : std::uint8_t { kAll, kReadings };
  explicit RuleSet(std::shared_ptr<const catalog::TypeSchema> schema, Scope scope = Scope::kAll);

  const catalog::TypeSchema& schema() const { return *schema_; }
  std::shared_ptr<const catalog::TypeSchema> sharedSchema() const { return schema_; }

  // Null: nothing but what is asserted makes up this relation.
  const TypeRules* rules(RelTypeId type) const;
  // Whether patterns with this name may see relationships under it that are not asserted so. A type of which only
  // sub-relations are declared sees those as themselves, so it does not count.
  bool infers(RelTypeId name) const { return inferring_.contains(name); }
  bool symmetric(RelTypeId name) const;
  // All names that infer, ascending.
  const std::vector<RelTypeId>& inferringNames() const { return names_; }
  // Names of relations that entail `name` between the same ends, itself not among them.
  const std::vector<Name>& subNames(RelTypeId name) const;
  // Names whose patterns match relationships of `name` too, itself not among them.
  const std::vector<RelTypeId>& superNames(RelTypeId name) const;

 private:
  void collectBodies(Scope scope);
  void classify();
  void collectNames();
  void collectSuperNames(RelTypeId name, const Step& reading);
  void addGrammar(TypeRules& rules) const;

  std::shared_ptr<const catalog::TypeSchema> schema_;
  std::unordered_map<RelTypeId, TypeRules> rules_;
  std::unordered_map<RelTypeId, bool> inferring_;
  std::vector<RelTypeId> names_;
  std::unordered_map<RelTypeId, std::vector<Name>> subNames_;
  std::unordered_map<RelTypeId, std::vector<RelTypeId>> superNames_;
};

}  // namespace plexus::inference
