// core/exec/operator/aggregate/message_term.h: a plan's term (plan/logical/operator.h: MessageAggregate::Term) with its
// names compiled. Immutable.
#pragma once

#include <optional>
#include <vector>

#include "core/exec/expression/evaluator.h"
#include "core/exec/run/name_condition.h"

namespace plexus::exec {

struct MessageTerm {
  struct Relation {
    NameCondition types;
    Direction direction;  // seen from the parent, or the core link's `from`
    bool exists = false;  // joins a pair once at most, however many relationships there are
  };
  struct Link {
    std::size_t child = 0;
    std::vector<Relation> relations;
    bool optional = false;
    double rows = 0;
  };
  // That the key of one node is less than that of another.
  struct Order {
    static constexpr std::size_t kParent = ~std::size_t{0};
    std::size_t less = 0, greater = 0;  // of the group's ordered links, or the group itself
    EvaluatorPtr lessKey, greaterKey;
    bool strict = true;

    bool isOfParent() const { return less == kParent || greater == kParent; }
  };
  struct Group {
    std::vector<std::size_t> nodes;
    std::vector<Link> links;  // to children, those that touch least first
    std::vector<Relation> loops;
    std::vector<Link> ordered;  // to children that have orders, with each other or with this
    std::vector<Order> orders;
  };
  struct CoreLink {
    std::size_t from = 0, to = 0;  // groups
    std::vector<Relation> relations;
  };
  // What is no tree: groups joined in cycles. Trees hang on its groups; it hangs on the root's tree by `groups[0]`.
  struct Core {
    std::vector<std::size_t> groups;
    std::vector<CoreLink> links;
  };
  int sign = 1;
  bool opens = false;         // the first of those that belong together
  std::vector<Group> groups;  // [0] is the root
  Core core;                  // empty: the term is a tree
  std::size_t counted = 0;    // the group whose counts are wanted: [0], unless orders are to be counted from there
};

}  // namespace plexus::exec
