// What the planner's tests share: a graph that exists only as numbers, and statements made of text.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>

#include "core/bind/binder.h"
#include "core/parse/parser.h"
#include "core/plan/planning.h"

namespace plexus::plan {

// Labels and relation types with their counts; every relationship's ends have the labels given with it.
class FakeNumbers final : public GraphNumbers {
 public:
  void label(const std::string& name, double count) { labels_[name] = count; }
  void type(const std::string& name, const std::string& from, const std::string& to, double count) {
    types_[name] = {from, to, count};
  }
  void index(const std::string& label, const std::string& property, double distinct, bool unique = false) {
    distinct_[label + "." + property] = distinct;
    indexes_[label + "." + property] = {
        label + "_" + property, static_cast<IndexId>(indexes_.size()), {property}, unique};
  }

  double nodes() const override {
    double sum = 0;
    for (const auto& [name, count] : labels_) sum += count;
    return sum;
  }
  double nodes(const std::string& label) const override {
    const auto found = labels_.find(label);
    return found == labels_.end() ? 0 : found->second;
  }
  double relationships(const std::string& type) const override {
    const auto found = types_.find(type);
    return found == types_.end() ? 0 : found->second.count;
  }
  double relationships(const std::string& near, const std::string& type, Direction direction) const override {
    const auto found = types_.find(type);
    if (found == types_.end()) return 0;
    const auto& t = found->second;
    return near == (direction == Direction::kOut ? t.from : t.to) ? t.count : 0;
  }
  double relationships(const std::string& near, const std::string& type, Direction direction,
                       const std::string& far) const override {
    const Direction back = direction == Direction::kOut ? Direction::kIn : Direction::kOut;
    return std::min(relationships(near, type, direction), relationships(far, type, back));
  }
  std::vector<std::string> types() const override {
    std::vector<std::string> names;
    for (const auto& [name, t] : types_) names.push_back(name);
    return names;
  }
  double distinctValues(const std::string& label, const std::string& property) const override {
    const auto found = distinct_.find(label + "." + property);
    return found == distinct_.end() ? 100 : found->second;
  }
  std::vector<Index> indexes(const std::string& label, const std::string& property) const override {
    const auto found = indexes_.find(label + "." + property);
    return found == indexes_.end() ? std::vector<Index>{} : std::vector<Index>{found->second};
  }

 private:
  struct RelationType {
    std::string from, to;
    double count = 0;
  };
  std::map<std::string, double> labels_, distinct_;
  std::map<std::string, RelationType> types_;
  std::map<std::string, Index> indexes_;
};

// The counts of a small Hetionet.
inline FakeNumbers hetionet() {
  FakeNumbers n;
  n.label("Compound", 1552);
  n.label("Gene", 20945);
  n.label("Disease", 137);
  n.label("BiologicalProcess", 11381);
  n.type("BINDS_CbG", "Compound", "Gene", 11571);
  n.type("ASSOCIATES_DaG", "Disease", "Gene", 12623);
  n.type("PARTICIPATES_GpBP", "Gene", "BiologicalProcess", 559504);
  n.type("INTERACTS_GiG", "Gene", "Gene", 147164);
  n.type("TREATS_CtD", "Compound", "Disease", 755);
  n.type("PALLIATES_CpD", "Compound", "Disease", 390);
  n.index("Compound", "id", 1552, true);
  n.index("Disease", "id", 137, true);
  return n;
}

inline std::shared_ptr<const LogicalPlan> planText(const std::string& query, const GraphNumbers& numbers,
                                                   const std::set<std::string>& disabled = {}) {
  const auto statement = parse::parse(query);
  auto bound = std::make_shared<const bind::BoundStatement>(
      bind::bind(std::get<ast::Query>(statement->node), statement->text, bind::BindContext{}));
  return planWith(bound, numbers, disabled);
}

}  // namespace plexus::plan
