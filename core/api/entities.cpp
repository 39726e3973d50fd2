#include "core/api/entities.h"

#include <algorithm>

#include "core/catalog/catalog.h"
#include "core/inference/entailment.h"

namespace plexus::api {

using catalog::Catalog;

namespace {

std::vector<MapEntry> named(const std::vector<storage::PropertyValue>& properties, const Catalog& catalog) {
  std::vector<MapEntry> entries;
  entries.reserve(properties.size());
  for (const auto& [key, value] : properties) entries.emplace_back(catalog.propertyKeys.name(key), value);
  std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  return entries;
}

}  // namespace

std::vector<std::string> ViewEntities::labels(NodeId node) const {
  const auto view = view_();
  std::vector<std::string> names;
  if (!view.exists(node)) return names;
  for (const LabelId label : view.labels(node)) names.push_back(Catalog::of(view).labels.name(label));
  return names;
}

std::vector<MapEntry> ViewEntities::properties(NodeId node) const {
  const auto view = view_();
  if (!view.exists(node)) return {};
  return named(view.properties(node), Catalog::of(view));
}

std::string ViewEntities::typeName(const Relationship& r) const {
  const auto view = view_();
  const auto& types = Catalog::of(view).relTypes;
  return r.type < types.size() ? types.name(r.type) : "";
}

std::vector<MapEntry> ViewEntities::properties(const Relationship& r) const {
  const auto view = view_();
  const auto asserted = inference::assertedOf(view, r);
  if (!asserted || !view.exists(*asserted)) return {};
  return named(view.properties(*asserted), Catalog::of(view));
}

}  // namespace plexus::api
