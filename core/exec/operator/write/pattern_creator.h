// core/exec/operator/write/pattern_creator.h: makes the nodes and relationships of a CREATE or MERGE pattern for each
// row of a batch.
#pragma once

#include <memory>
#include <vector>

#include "core/bind/bound_query.h"
#include "core/exec/expression/evaluator.h"
#include "core/exec/operator/write/property_source.h"

namespace plexus::exec {

class PatternCreator {
 public:
  // `layout` is that of the rows; the variables of what is made are added to it.
  // `merging`: a property that is null is an error (it could never be found again).
  PatternCreator(const bind::BoundCreate& create, Layout& layout, bool merging, BuildContext& build);
  ~PatternCreator();

  struct Scratch {
    struct OfElement {
      std::vector<std::unique_ptr<Evaluator::Scratch>> dynamic;
      PropertySource::Scratch properties;
    };
    std::vector<OfElement> elements;
  };
  std::unique_ptr<Scratch> open(Worker& worker) const;

  // Element by element, for all rows; the columns of what was made are set in `rows`.
  void create(Worker& worker, Scratch& scratch, Batch& rows) const;

 private:
  struct Element;
  struct NamedPath {
    ColumnIndex column;
    std::vector<ColumnIndex> nodes, relationships;
  };
  void createNodes(Worker& worker, const Element& element, std::size_t index, Scratch& scratch, Batch& rows) const;
  void createRelationships(Worker& worker, const Element& element, std::size_t index, Scratch& scratch,
                           Batch& rows) const;
  template <typename Entity>
  void setProperties(Worker& worker, const Element& element, const PropertySource::Values& values, std::size_t row,
                     const Entity& entity) const;
  Relationship createRelationship(Worker& worker, const Element& element, const PropertySource::Values& values,
                                  std::size_t row, RelTypeId type, NodeId start, NodeId end) const;
  // Calls back with each property of the row; refuses nulls in MERGE, passes over them in CREATE.
  template <typename Give>
  void forEachProperty(Worker& worker, const Element& element, const PropertySource::Values& values, std::size_t row,
                       Give give) const;
  static Column buildPaths(const NamedPath& path, const Batch& rows);

  std::vector<Element> elements_;
  std::vector<NamedPath> paths_;
  bool merging_;
};

}  // namespace plexus::exec
