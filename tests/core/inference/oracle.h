// tests/core/inference/oracle.h: the rule of docs/knowledge.md, computed the plain way: all facts by repeating all
// rules until nothing is new, then the relationships that a pattern sees. Shares no code with core/inference.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <tuple>
#include <vector>

#include "core/catalog/type_schema.h"

namespace plexus::inference {

using catalog::RelationReading;
using catalog::RelationType;

// A random schema over relation types 0..types-1; inverse names follow them.
inline std::vector<RelationType> randomRelations(std::mt19937& random, unsigned types) {
  const auto chance = [&](unsigned percent) { return random() % 100 < percent; };
  std::vector<RelationType> out;
  RelTypeId nextName = static_cast<RelTypeId>(types);
  for (unsigned t = 0; t < types; ++t) {
    RelationType r;
    r.type = static_cast<RelTypeId>(t);
    r.symmetric = chance(25);
    r.transitive = chance(30);
    if (!r.symmetric && chance(30)) r.inverse = nextName++;
    for (unsigned p = 0; p < t; ++p) {
      if (chance(20)) r.parents.push_back({static_cast<RelTypeId>(p), chance(25)});
    }
    for (int chains = 0; chains < 2; ++chains) {
      if (!chance(20)) continue;
      auto& chain = r.impliedBy.emplace_back();
      for (unsigned steps = 1 + random() % 3; steps > 0; --steps) {
        chain.push_back({static_cast<RelTypeId>(random() % types), chance(20)});
      }
    }
    out.push_back(r);
  }
  return out;
}

struct Statement {
  RelTypeId type;
  NodeId start, end;
  RelId id;
};

// A relationship that patterns see. Two with the same identity are one.
struct Seen {
  RelTypeId name;
  NodeId start, end;
  std::tuple<RelTypeId, std::int64_t, std::int64_t> identity;  // (name, id, -1), or (name, -2 - start, end)
  bool inferred;
};

class Oracle {
 public:
  using Fact = std::tuple<RelTypeId, NodeId, NodeId>;

  Oracle(const std::vector<RelationType>& relations, const std::vector<Statement>& statements)
      : relations_{relations}, statements_{statements} {
    for (const Statement& s : statements) weights_[{s.type, s.start, s.end}] = 1;
    while (round()) {
    }
    for (const RelationType& r : relations) {
      addName(r.type, {r.type, false});
      if (r.inverse != kNoId) addName(r.inverse, {r.type, true});
    }
  }

  const std::vector<RelTypeId>& names() const { return names_; }
  // What `-[:name]->` matches.
  std::vector<Seen> directed(RelTypeId name) const {
    std::vector<Seen> out;
    for (const auto& [sub, reading] : answering(name)) {
      const auto& own = seen_.at(sub);
      out.insert(out.end(), own.begin(), own.end());
    }
    return out;
  }
  // What `-[:name]-` matches, once for each way in which it can be walked: from `start` to `end`.
  std::vector<Seen> undirected(RelTypeId name) const {
    std::vector<Seen> out;
    for (const auto& [sub, reading] : answering(name)) {
      if (relations_[reading.type].symmetric) {
        const auto own = eitherWay(sub);
        out.insert(out.end(), own.begin(), own.end());
        continue;
      }
      for (Seen seen : seen_.at(sub)) {
        out.push_back(seen);
        if (seen.start == seen.end) continue;
        std::swap(seen.start, seen.end);
        out.push_back(seen);
      }
    }
    return out;
  }
  // Asserted relationships that the fact takes, at least. Nothing: it does not hold.
  std::optional<unsigned> weight(const RelationReading& reading, NodeId start, NodeId end) const {
    if (reading.reversed) std::swap(start, end);
    const auto found = weights_.find({reading.type, start, end});
    return found == weights_.end() ? std::nullopt : std::optional{found->second};
  }
  // The ends that the relation of a name relates: each must show in what a pattern with the name matches.
  std::set<std::pair<NodeId, NodeId>> related(RelTypeId name) const {
    std::set<std::pair<NodeId, NodeId>> out;
    const RelationReading reading = readings_.at(name);
    for (const auto& [fact, w] : weights_) {
      const auto& [type, start, end] = fact;
      if (type == reading.type) out.insert(reading.reversed ? std::pair{end, start} : std::pair{start, end});
    }
    return out;
  }
  RelationReading reading(RelTypeId name) const { return readings_.at(name); }
  // Whether patterns with `name` match relationships of `other`.
  bool answers(RelTypeId other, RelTypeId name) const {
    return other == name ||
           (readings_.at(other).type != readings_.at(name).type && isA(readings_.at(other), readings_.at(name)));
  }

 private:
  bool propose(const Fact& fact, unsigned weight) {
    const auto [place, isNew] = weights_.try_emplace(fact, weight);
    if (!isNew && place->second <= weight) return false;
    place->second = weight;
    return true;
  }

  // All ends of a walk from `node`, with the weight it takes.
  using Steps = std::map<std::tuple<RelTypeId, bool, NodeId>, std::vector<std::pair<NodeId, unsigned>>>;
  static void follow(const std::vector<RelationReading>& walk, std::size_t step, NodeId node, unsigned weight,
                     std::map<NodeId, unsigned>& ends, const Steps& steps) {
    if (step == walk.size()) {
      const auto [place, isNew] = ends.try_emplace(node, weight);
      place->second = std::min(place->second, weight);
      return;
    }
    const auto found = steps.find({walk[step].type, walk[step].reversed, node});
    if (found == steps.end()) return;
    for (const auto& [end, more] : found->second) follow(walk, step + 1, end, weight + more, ends, steps);
  }

  bool round() {
    const auto facts = weights_;
    bool changed = false;
    Steps steps;
    for (const auto& [fact, weight] : facts) {
      const auto& [type, start, end] = fact;
      steps[{type, false, start}].emplace_back(end, weight);
      steps[{type, true, end}].emplace_back(start, weight);
    }
    for (const auto& [fact, weight] : facts) {
      const auto& [type, start, end] = fact;
      for (const RelationReading& p : relations_[type].parents) {
        changed |= propose({p.type, p.reversed ? end : start, p.reversed ? start : end}, weight);
      }
      if (relations_[type].symmetric) changed |= propose({type, end, start}, weight);
      const auto further = steps.find({type, false, end});
      if (!relations_[type].transitive || further == steps.end()) continue;
      for (const auto& [last, more] : further->second) changed |= propose({type, start, last}, weight + more);
    }
    std::set<NodeId> nodes;
    for (const Statement& s : statements_) nodes.insert({s.start, s.end});
    for (const RelationType& r : relations_) {
      for (const auto& chain : r.impliedBy) {
        for (const NodeId node : nodes) {
          std::map<NodeId, unsigned> ends;
          follow(chain, 0, node, 0, ends, steps);
          for (const auto& [end, weight] : ends) changed |= propose({r.type, node, end}, weight);
        }
      }
    }
    return changed;
  }

  // Whether reading `a` is declared to entail reading `b`, by EXTENDS, and by SYMMETRIC of `a` and of what is between.
  // A relation turned round says nothing that the symmetric relation above it does not say of itself.
  bool isA(const RelationReading& a, const RelationReading& b) const {
    if (a == b) return true;
    const bool symmetric = relations_[a.type].symmetric;
    for (const RelationReading& parent : relations_[a.type].parents) {
      if (relations_[parent.type].symmetric) {
        if ((symmetric || !a.reversed) && isA({parent.type, false}, b)) return true;
      } else if (isA({parent.type, parent.reversed != a.reversed}, b) ||
                 (symmetric && isA({parent.type, parent.reversed == a.reversed}, b))) {
        return true;
      }
    }
    return false;
  }

  // Names whose relationships a pattern with `name` matches.
  std::vector<std::pair<RelTypeId, RelationReading>> answering(RelTypeId name) const {
    std::vector<std::pair<RelTypeId, RelationReading>> out;
    for (const auto& [other, reading] : readings_) {
      if (answers(other, name)) out.emplace_back(other, reading);
    }
    return out;
  }

  bool coveredBySub(RelTypeId name, NodeId start, NodeId end) const {
    for (const auto& [other, reading] : answering(name)) {
      if (other != name && weight(reading, start, end)) return true;
    }
    return false;
  }

  const Statement* asserted(const RelationReading& reading, NodeId start, NodeId end) const {
    if (reading.reversed) std::swap(start, end);
    for (const Statement& s : statements_) {
      if (s.type == reading.type && s.start == start && s.end == end) return &s;
    }
    return nullptr;
  }

  void addName(RelTypeId name, const RelationReading& reading) {
    names_.push_back(name);
    readings_[name] = reading;
    for (const RelationType& r : relations_) {
      readings_[r.type] = {r.type, false};
      if (r.inverse != kNoId) readings_[r.inverse] = {r.type, true};
    }
    auto& out = seen_[name];
    for (const Statement& s : statements_) {
      if (s.type == name) out.push_back({name, s.start, s.end, {name, s.id, -1}, false});
    }
    for (const auto& [fact, w] : weights_) {
      if (std::get<0>(fact) != reading.type) continue;
      const NodeId start = reading.reversed ? std::get<2>(fact) : std::get<1>(fact);
      const NodeId end = reading.reversed ? std::get<1>(fact) : std::get<2>(fact);
      if ((!reading.reversed && asserted(reading, start, end)) || coveredBySub(name, start, end)) continue;
      out.push_back(entailed(name, start, end));
    }
  }

  Seen entailed(RelTypeId name, NodeId start, NodeId end) const {
    const RelationReading reading = readings_.at(name);
    const bool symmetric = relations_[reading.type].symmetric;
    const Statement* from = reading.reversed ? asserted(reading, start, end)
                            : symmetric      ? asserted(reading, end, start)
                                             : nullptr;
    if (from) return {name, start, end, {name, from->id, -1}, true};
    const NodeId a = symmetric ? std::min(start, end) : start, b = symmetric ? std::max(start, end) : end;
    return {name, start, end, {name, -2 - std::int64_t{a}, b}, true};
  }

  // Of a symmetric name: for each pair of nodes what is asserted from the lower one, else what is asserted from the
  // higher one, else one entailed relationship unless a sub-relation joins the two; from both ends.
  std::vector<Seen> eitherWay(RelTypeId name) const {
    std::vector<Seen> out;
    const auto add = [&](NodeId start, NodeId end, const Seen& seen) {
      out.push_back({name, start, end, seen.identity, seen.inferred});
      if (start != end) out.push_back({name, end, start, seen.identity, seen.inferred});
    };
    for (const auto& [fact, w] : weights_) {
      const auto& [type, low, high] = fact;
      if (type != name || low > high) continue;  // both ways round hold
      const bool fromLow = asserted({name, false}, low, high), fromHigh = asserted({name, false}, high, low);
      for (const Statement& s : statements_) {
        const bool counts = fromLow ? s.start == low && s.end == high : s.start == high && s.end == low;
        if (s.type == name && counts) add(low, high, {name, s.start, s.end, {name, s.id, -1}, false});
      }
      if (fromLow || fromHigh || coveredBySub(name, low, high) || coveredBySub(name, high, low)) continue;
      add(low, high, {name, low, high, {name, -2 - std::int64_t{low}, high}, true});
    }
    return out;
  }

  std::vector<RelationType> relations_;
  std::vector<Statement> statements_;
  std::map<Fact, unsigned> weights_;
  std::vector<RelTypeId> names_;
  std::map<RelTypeId, RelationReading> readings_;
  std::map<RelTypeId, std::vector<Seen>> seen_;
};

}  // namespace plexus::inference
