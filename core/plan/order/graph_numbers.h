// core/plan/order/graph_numbers.h: the counts on which estimates rest, by name; the planner's only window on the data.
//
// An interface so that tests can plan over graphs of any size that exist only as numbers.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/ids.h"
#include "core/catalog/catalog.h"
#include "core/catalog/statistics.h"

namespace plexus::inference {
class Entailment;
}

namespace plexus::plan {

class GraphNumbers {
 public:
  struct Index {
    std::string name;
    IndexId id = kNoId;
    std::vector<std::string> properties;
    bool unique = false;
  };

  virtual ~GraphNumbers() = default;
  virtual double nodes() const = 0;
  // 0 for names that nothing has.
  virtual double nodes(const std::string& label) const = 0;
  virtual double relationships(const std::string& type) const = 0;
  virtual double relationships(const std::string& nearLabel, const std::string& type, Direction direction) const = 0;
  // With a label at each end; `direction` seen from `nearLabel`.
  virtual double relationships(const std::string& nearLabel, const std::string& type, Direction direction,
                               const std::string& farLabel) const = 0;
  virtual std::vector<std::string> types() const = 0;
  // Types whose patterns match relationships of `type` too: what it is a sub-relation of.
  virtual std::vector<std::string> superTypes(const std::string&) const { return {}; }
  // Whether a relationship of the type leads from either of its ends to the other, whichever way a pattern points.
  virtual bool symmetric(const std::string&) const { return false; }
  // Whether either can be true of any type.
  virtual bool hasTraits() const { return false; }
  // At least 1.
  virtual double distinctValues(const std::string& label, const std::string& property) const = 0;
  // Indexes of nodes with the label whose first property is that one.
  virtual std::vector<Index> indexes(const std::string& label, const std::string& property) const = 0;
};

// Over a catalog and statistics; either may be null: then names are unknown, and counts are guesses. `entailment` may
// be null: then nothing is inferred.
std::unique_ptr<GraphNumbers> numbersOf(const catalog::Catalog* catalog, const catalog::Statistics* statistics,
                                        const inference::Entailment* entailment = nullptr);

}  // namespace plexus::plan
