// core/plan/rewrite/message_cost.h: what counting a pattern by messages costs, against enumerating its matches.
//
// Both in nanoseconds of one thread on warm arrays, as measured; only their ratio decides. The model follows the
// executor (exec/operator/aggregate): a pass over a link costs the nodes of the parent's range and the relationships
// met; a leaf is a degree, read from offsets; a total n:1 relation to a leaf is nothing.
#pragma once

#include <optional>
#include <vector>

#include "core/plan/order/cardinality.h"
#include "core/plan/rewrite/tree_pattern.h"

namespace plexus::plan {

// Of all operators of a plan.
double enumerationCost(const LogicalOperator& op, const Estimator& estimator);

class MessageCosts {
 public:
  using Term = MessageAggregate::Term;

  MessageCosts(const TreePattern& pattern, const Estimator& estimator) : pattern_{pattern}, estimator_{estimator} {}

  // One term's messages. Sets each link's `rows`: relationships met when pushed from the child.
  double term(Term& term) const;
  // Rows of a sparse product from a node's group to the root, for all its nodes.
  double paths(const Term& term, std::size_t from) const;
  // What it takes to find the candidates that are not just nodes with labels.
  double sources() const;

 private:
  // What is known of a term's groups and links while it is costed.
  struct Sizes {
    std::vector<double> rows;            // of a group: candidates that are left
    std::vector<double> domain;          // at most so many are asked for from above
    std::vector<double> all, perParent;  // of a link: relationships; of a node of its parent
    std::vector<bool> set;               // a group whose candidates are all nodes with labels
    std::vector<bool> plain;             // and that has no links but those on which nothing depends
    std::vector<bool> ordered;           // a group that is taken with others of its parent, in an order
  };
  Sizes sizes(const Term& term) const;
  double link(const Term& term, std::size_t l, Sizes& sizes) const;
  double made(const Term& term, std::size_t group, const Sizes& sizes) const;
  double core(const Term& term, const std::vector<double>& rows) const;
  double triangles(const Term& term, const MessageAggregate::Core& core) const;
  std::optional<MessageAggregate::Core> withoutImage(const Term& term) const;
  double fanOut(const Term& term, const MessageAggregate::Link& link, std::size_t from) const;
  double walk(const Term& term, std::size_t start, const std::vector<double>& rows) const;
  double perBound(const Term& term, std::size_t group, const std::vector<bool>& bound, bool touched) const;
  double relationships(const Term& term, const MessageAggregate::Link& link) const;
  double nodes(const Term& term, std::size_t group) const { return estimator_.nodes(labels(term.groups[group])); }
  double groupRows(const std::vector<std::size_t>& group) const;
  double nodeRows(const TreePattern::Node& node) const;
  LabelsPtr labels(const std::vector<std::size_t>& group) const;

  const TreePattern& pattern_;
  const Estimator& estimator_;
};

}  // namespace plexus::plan
