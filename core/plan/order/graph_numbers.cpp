#include "core/plan/order/graph_numbers.h"

namespace plexus::plan {

namespace {

// Where nothing is known: numbers that make labels and types worth using.
constexpr double kUnknownNodes = 1000, kUnknownRelationships = 3000, kUnknownDistinct = 100;

class StoredNumbers final : public GraphNumbers {
 public:
  StoredNumbers(const catalog::Catalog* catalog, const catalog::Statistics* statistics)
      : catalog_{catalog}, statistics_{statistics} {}

  double nodes() const override { return statistics_ ? statistics_->nodeCount() : kUnknownNodes; }

  double nodes(const std::string& label) const override {
    if (!known()) return kUnknownNodes / 10;
    const auto id = catalog_->labels.find(label);
    return id ? statistics_->nodeCount(*id) : 0;
  }

  double relationships(const std::string& type) const override {
    if (!known()) return kUnknownRelationships / 10;
    const auto id = catalog_->relTypes.find(type);
    return id ? statistics_->relationshipCount(*id) : 0;
  }

  double relationships(const std::string& nearLabel, const std::string& type, Direction direction) const override {
    if (!known()) return kUnknownRelationships / 20;
    const auto label = catalog_->labels.find(nearLabel);
    const auto id = catalog_->relTypes.find(type);
    return label && id ? statistics_->relationshipCount(*label, *id, direction) : 0;
  }

  std::vector<std::string> types() const override {
    return catalog_ ? catalog_->relTypes.names() : std::vector<std::string>{};
  }

  double distinctValues(const std::string& label, const std::string& property) const override {
    if (!known()) return kUnknownDistinct;
    const auto id = catalog_->labels.find(label);
    const auto key = catalog_->propertyKeys.find(property);
    return id && key ? statistics_->distinctValues(*id, *key) : 1;
  }

  std::vector<Index> indexes(const std::string& label, const std::string& property) const override {
    std::vector<Index> out;
    if (!catalog_) return out;
    const auto id = catalog_->labels.find(label);
    const auto key = catalog_->propertyKeys.find(property);
    if (!id || !key) return out;
    for (const auto& rule : catalog_->rules()) {
      if (!rule.hasIndex || rule.spec.text || rule.spec.onRelationships || rule.spec.labelOrType != *id) continue;
      if (rule.spec.properties.empty() || rule.spec.properties[0] != *key) continue;
      Index index{rule.name, rule.spec.id, {}, rule.spec.unique};
      for (auto p : rule.spec.properties) index.properties.push_back(catalog_->propertyKeys.name(p));
      out.push_back(std::move(index));
    }
    return out;
  }

 private:
  bool known() const { return catalog_ && statistics_; }

  const catalog::Catalog* catalog_;
  const catalog::Statistics* statistics_;
};

}  // namespace

std::unique_ptr<GraphNumbers> numbersOf(const catalog::Catalog* catalog, const catalog::Statistics* statistics) {
  return std::make_unique<StoredNumbers>(catalog, statistics);
}

}  // namespace plexus::plan
