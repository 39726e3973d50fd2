// core/exec/operator/aggregate/message_term.h: a plan's term (plan/logical/operator.h: MessageAggregate::Term) with its
// names compiled. Immutable.
#pragma once

#include <vector>

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
  struct Group {
    std::vector<std::size_t> nodes;
    std::vector<Link> links;  // to children, those that touch least first
    std::vector<Relation> loops;
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
};

}  // namespace plexus::exec
