#include "core/plan/order/graph_numbers.h"

#include <algorithm>

#include "core/inference/entailment.h"
namespace plexus::plan {

namespace {

// Where nothing is known: numbers that make labels and types worth using.
constexpr double kUnknownNodes = 1000, kUnknownRelationships = 3000, kUnknownDistinct = 100;

class StoredNumbers final : public GraphNumbers {
 public:
  StoredNumbers(const catalog::Catalog* catalog, const catalog::Statistics* statistics,
                const inference::Entailment* entailment)
      : catalog_{catalog}, statistics_{statistics}, entailment_{entailment} {}

  double nodes() const override { return statistics_ ? statistics_->nodeCount() : kUnknownNodes; }

  double nodes(const std::string& label) const override {
    if (!known()) return kUnknownNodes / 10;
    const auto id = catalog_->labels.find(label);
    return id ? statistics_->nodeCount(*id) : 0;
  }

  double relationships(const std::string& type) const override {
    if (!known()) return kUnknownRelationships / 10;
    const auto id = catalog_->relTypes.find(type);
    if (!id) return 0;
    if (isStored(*id)) return statistics_->relationshipCount(*id);
    return static_cast<double>(entailment_->adjacency(*id, Direction::kOut).statistics().relationships);
  }

  double relationships(const std::string& nearLabel, const std::string& type, Direction direction) const override {
    if (!known()) return kUnknownRelationships / 20;
    const auto label = catalog_->labels.find(nearLabel);
    const auto id = catalog_->relTypes.find(type);
    if (!label || !id) return 0;
    return isStored(*id) ? statistics_->relationshipCount(*label, *id, direction) : sampled(*label, *id, direction);
  }

  double relationships(const std::string& nearLabel, const std::string& type, Direction direction,
                       const std::string& farLabel) const override {
    if (!known()) return kUnknownRelationships / 20;
    const auto near = catalog_->labels.find(nearLabel), far = catalog_->labels.find(farLabel);
    const auto id = catalog_->relTypes.find(type);
    return near && far && id ? statistics_->relationshipCount(*near, *id, direction, *far) : 0;
  }

  std::vector<std::string> types() const override {
    return catalog_ ? catalog_->relTypes.names() : std::vector<std::string>{};
  }

  std::vector<std::string> superTypes(const std::string& type) const override {
    std::vector<std::string> out;
    const auto id = entailment_ ? catalog_->relTypes.find(type) : std::nullopt;
    if (!id) return out;
    for (const RelTypeId super : entailment_->rules().superNames(*id)) out.push_back(catalog_->relTypes.name(super));
    return out;
  }

  bool symmetric(const std::string& type) const override {
    const auto id = entailment_ ? catalog_->relTypes.find(type) : std::nullopt;
    return id && entailment_->symmetric(*id);
  }

  bool hasTraits() const override { return entailment_ != nullptr; }

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
  bool isStored(RelTypeId type) const { return !entailment_ || entailment_->isStored(type); }

  // From the lists of some of the nodes.
  double sampled(LabelId label, RelTypeId type, Direction direction) const {
    constexpr std::uint64_t kSample = 64;
    const Roaring& nodes = entailment_->view().labelled(label);
    const std::uint64_t all = nodes.cardinality(), step = std::max<std::uint64_t>(1, all / kSample);
    double found = 0, seen = 0;
    const auto count = [&](Direction way) {
      const auto adjacency = entailment_->adjacency(type, way);
      std::uint64_t place = 0;
      for (const NodeId node : nodes) {
        if (place++ % step != 0) continue;
        found += static_cast<double>(adjacency.degree(node));
        ++seen;
      }
    };
    if (direction != Direction::kIn) count(Direction::kOut);
    if (direction != Direction::kOut) count(Direction::kIn);
    return seen == 0 ? 0 : found / seen * static_cast<double>(all);
  }

  const catalog::Catalog* catalog_;
  const catalog::Statistics* statistics_;
  const inference::Entailment* entailment_;
};

}  // namespace

std::unique_ptr<GraphNumbers> numbersOf(const catalog::Catalog* catalog, const catalog::Statistics* statistics,
                                        const inference::Entailment* entailment) {
  return std::make_unique<StoredNumbers>(catalog, statistics, entailment);
}

}  // namespace plexus::plan
