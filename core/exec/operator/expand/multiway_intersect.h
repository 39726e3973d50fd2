// core/exec/operator/expand/multiway_intersect.h: a new node that is a neighbour of several bound ones.
//
// A worst-case-optimal step: per row, the sorted neighbour lists of the bound nodes are intersected, driven by one of
// them and probing the others: by binary search, or, where a list is met again in the next row (rows come grouped by
// the node that was expanded first), in an array that marks its nodes. Cost a row: min over the drivers of
// (its neighbours x a probe). Where nobody reads the node, matches are only counted. Parallel relationships multiply.
#pragma once

#include <vector>

#include "core/exec/operator/expand/neighbourhood.h"
#include "core/exec/run/step.h"

namespace plexus::exec {

class MultiwayIntersect final : public Step {
 public:
  struct Leg {
    VariableId from, relationship;
    NameCondition types;
    Direction direction;
    std::vector<VariableId> differentFrom;  // bound ones and earlier legs'
  };
  MultiwayIntersect(Common common, VariableId to, NameCondition toLabels, std::vector<Leg> legs);

  std::unique_ptr<State> open(Worker& worker) const override;
  void reset(Worker& worker, State& state) const override;
  Sharing sharing() const override { return Sharing::kRowwise; }

 protected:
  bool produce(Worker& worker, State& state, Batch& out) const override;

 private:
  struct Side;
  struct Local;
  bool nextInput(Worker& worker, Local& state) const;
  void resolve(Worker& worker, Local& state) const;
  bool readRow(Local& state) const;
  bool legsMayMeet(const Local& state) const;
  std::size_t chooseDriver(const Local& state) const;
  static std::uint64_t countMarked(const Side& driver, const Side& other, const NodeSet& targets);
  std::uint64_t drive(Local& state, std::size_t driver) const;
  void enumerate(Local& state) const;
  void combine(Local& state, NodeId node, std::size_t leg) const;
  void finish(Local& state, Batch& out) const;

  VariableId to_;
  NameCondition toLabels_;
  std::vector<Leg> legs_;
  std::vector<ColumnIndex> fromColumns_;
  std::vector<Differing> differing_;                   // by leg: bound relationships
  std::vector<std::vector<std::size_t>> earlierLegs_;  // by leg: earlier legs that it must differ from
  Carry carry_;
  bool wantsTo_, wantsRelationships_ = false;
};

}  // namespace plexus::exec
