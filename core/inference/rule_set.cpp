#include "core/inference/rule_set.h"

#include <algorithm>
#include <set>

namespace plexus::inference {
namespace {

using catalog::RelationType;

bool mentions(const Walk& walk, RelTypeId type) {
  return std::any_of(walk.begin(), walk.end(), [&](const Step& step) { return step.type == type; });
}

// Types that can be reached over bodies from `type`, itself first.
std::vector<RelTypeId> reachable(RelTypeId type, const std::unordered_map<RelTypeId, TypeRules>& rules) {
  std::vector<RelTypeId> out{type};
  std::set<RelTypeId> seen{type};
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto found = rules.find(out[i]);
    if (found == rules.end()) continue;
    for (const Body& body : found->second.bodies) {
      for (const Step& step : body.walk) {
        if (seen.insert(step.type).second) out.push_back(step.type);
      }
    }
  }
  return out;
}

// Where `type` stands in a body of its own that a regular language allows.
bool isTail(const Walk& walk, RelTypeId type) {
  return walk.size() > 1 && walk.front().type == type && !mentions({walk.begin() + 1, walk.end()}, type);
}
bool isHead(const Walk& walk, RelTypeId type) {
  return walk.size() > 1 && walk.back().type == type && !mentions({walk.begin(), walk.end() - 1}, type);
}

}  // namespace

Walk reversed(const Walk& walk) {
  Walk out{walk.rbegin(), walk.rend()};
  for (Step& step : out) step.reversed = !step.reversed;
  return out;
}

RuleSet::RuleSet(std::shared_ptr<const catalog::TypeSchema> schema, Scope scope) : schema_{std::move(schema)} {
  collectBodies(scope);
  classify();
  collectNames();
}

const TypeRules* RuleSet::rules(RelTypeId type) const {
  const auto found = rules_.find(type);
  return found == rules_.end() ? nullptr : &found->second;
}

bool RuleSet::symmetric(RelTypeId name) const {
  const TypeRules* found = rules(schema_->reading(name).type);
  return found && found->symmetric;
}

const std::vector<Name>& RuleSet::subNames(RelTypeId name) const {
  static const std::vector<Name> kNone;
  const auto found = subNames_.find(name);
  return found == subNames_.end() ? kNone : found->second;
}

const std::vector<RelTypeId>& RuleSet::superNames(RelTypeId name) const {
  static const std::vector<RelTypeId> kNone;
  const auto found = superNames_.find(name);
  return found == superNames_.end() ? kNone : found->second;
}

void RuleSet::collectBodies(Scope scope) {
  const bool all = scope == Scope::kAll;
  for (const RelationType& relation : schema_->relationTypes()) {
    for (const Step& parent : relation.parents) {
      rules_[parent.type].bodies.push_back({Trait::kExtends, {{relation.type, parent.reversed}}});
    }
    const bool derives = all && (relation.transitive || !relation.impliedBy.empty());
    if (!relation.symmetric && !derives) continue;
    TypeRules& own = rules_[relation.type];
    own.symmetric = relation.symmetric;
    if (!all) continue;
    own.transitive = relation.transitive;
    for (const Walk& chain : relation.impliedBy) own.bodies.push_back({Trait::kChain, chain});
  }
  for (auto& [type, own] : rules_) {
    own.type = type;
    if (own.symmetric) own.bodies.push_back({Trait::kSymmetric, {{type, true}}});
    if (own.transitive) own.bodies.push_back({Trait::kTransitive, {{type, false}, {type, false}}});
  }
}

void RuleSet::classify() {
  for (auto& [type, own] : rules_) own.restsOn = reachable(type, rules_);
  for (auto& [type, own] : rules_) {
    const auto restsOnThis = [&, t = type](RelTypeId other) {
      const TypeRules* rules = this->rules(other);
      return other != t && rules && std::find(rules->restsOn.begin(), rules->restsOn.end(), t) != rules->restsOn.end();
    };
    own.recursive = std::any_of(own.restsOn.begin(), own.restsOn.end(), restsOnThis);
    for (Body& body : own.bodies) {
      if (own.symmetric) {  // either way round is the same: make the form plain
        for (Step& step : body.walk) step.reversed = step.reversed && (step.type != type || body.walk.size() == 1);
      }
      if (!mentions(body.walk, type) || body.trait == Trait::kSymmetric) continue;
      if (body.walk.size() == 1) {  // a chain that says the relation is symmetric, or nothing
        own.recursive = own.recursive || (body.walk[0].reversed && !own.symmetric);
        continue;
      }
      const bool atEnd =
          isTail(body.walk, type) ? !body.walk.front().reversed : isHead(body.walk, type) && !body.walk.back().reversed;
      const bool twice = body.walk == Walk{{type, false}, {type, false}};
      own.recursive = own.recursive || (!atEnd && !twice);
    }
    if (!own.recursive) addGrammar(own);
  }
}

void RuleSet::addGrammar(TypeRules& rules) const {
  Grammar& out = rules.grammar[0];
  out.repeats = rules.transitive;
  const auto add = [&](const Walk& walk) {
    if (!mentions(walk, rules.type)) {
      out.bases.push_back(walk);
    } else if (isTail(walk, rules.type)) {
      out.tails.emplace_back(walk.begin() + 1, walk.end());
    } else if (isHead(walk, rules.type)) {
      out.heads.emplace_back(walk.begin(), walk.end() - 1);
    } else if (walk.size() == 2) {
      out.repeats = true;
    }
  };
  out.bases.push_back({{rules.type, false}});
  for (const Body& body : rules.bodies) add(body.walk);
  if (rules.symmetric) {
    Grammar turned = out;
    for (const Walk& base : turned.bases) out.bases.push_back(reversed(base));
    for (const Walk& tail : turned.tails) out.heads.push_back(reversed(tail));
    for (const Walk& head : turned.heads) out.tails.push_back(reversed(head));
  }
  Grammar& back = rules.grammar[1];
  back.repeats = out.repeats;
  for (const Walk& base : out.bases) back.bases.push_back(reversed(base));
  for (const Walk& tail : out.tails) back.heads.push_back(reversed(tail));
  for (const Walk& head : out.heads) back.tails.push_back(reversed(head));
}

// EXTENDS between readings that have a name. A symmetric relation is one reading, and both of what it extends; below it
// a relation counts as it is stored only: turned round it is what the symmetric relation infers.
void RuleSet::collectSuperNames(RelTypeId name, const Step& reading) {
  std::vector<Step> open{reading};
  std::set<std::pair<RelTypeId, bool>> seen{{reading.type, reading.reversed}};
  const auto meet = [&](const Step& above) {
    if (seen.insert({above.type, above.reversed}).second) open.push_back(above);
  };
  for (std::size_t i = 0; i < open.size(); ++i) {
    const Step at = open[i];
    const RelationType& relation = *schema_->relationType(at.type);
    const RelTypeId superName = at.reversed ? relation.inverse : at.type;
    if (i > 0 && superName != kNoId) {
      superNames_[name].push_back(superName);
      subNames_[superName].push_back({name, reading});
    }
    for (const Step& parent : relation.parents) {
      if (schema_->relationType(parent.type)->symmetric) {
        if (relation.symmetric || !at.reversed) meet({parent.type, false});
        continue;
      }
      meet({parent.type, parent.reversed != at.reversed});
      if (relation.symmetric) meet({parent.type, !parent.reversed});
    }
  }
}

void RuleSet::collectNames() {
  for (const RelationType& relation : schema_->relationTypes()) {
    collectSuperNames(relation.type, {relation.type, false});
    const TypeRules* own = rules(relation.type);
    const auto adds = [](const Body& body) { return body.trait != Trait::kExtends || body.walk.front().reversed; };
    if (own && std::any_of(own->bodies.begin(), own->bodies.end(), adds)) inferring_[relation.type] = true;
    if (relation.inverse == kNoId) continue;
    collectSuperNames(relation.inverse, {relation.type, true});
    inferring_[relation.inverse] = true;
  }
  for (const auto& entry : inferring_) names_.push_back(entry.first);
  std::sort(names_.begin(), names_.end());
}

}  // namespace plexus::inference
