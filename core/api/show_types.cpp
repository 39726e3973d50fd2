#include "core/api/show_types.h"

#include "core/catalog/type_text.h"

namespace plexus::api {
namespace {

using catalog::Catalog;

Value labelNames(const std::vector<LabelId>& labels, const Catalog& catalog) {
  List names;
  for (const LabelId label : labels) names.push_back(catalog.labels.name(label));
  return names;
}

Value propertyTexts(const std::vector<catalog::PropertyDeclaration>& properties, const Catalog& catalog) {
  List texts;
  for (const auto& property : properties) texts.push_back(catalog::propertyText(property, catalog));
  return texts;
}

std::vector<Value> typeRow(const catalog::NodeType& type, const Catalog& catalog) {
  List traits;
  if (type.isAbstract) traits.push_back("ABSTRACT");
  if (type.strict) traits.push_back("STRICT");
  return {catalog.labels.name(type.label),
          "NODE",
          labelNames(type.parents, catalog),
          Value{},
          Value{},
          traits,
          propertyTexts(type.properties, catalog),
          catalog::declarationText(type, catalog)};
}

std::vector<Value> typeRow(const catalog::RelationType& type, const Catalog& catalog) {
  List parents, traits;
  for (const auto& parent : type.parents) parents.push_back(catalog::readingName(parent, catalog));
  for (const auto& trait : catalog::traitTexts(type, catalog)) traits.push_back(trait);
  return {catalog.relTypes.name(type.type),
          "RELATION",
          parents,
          labelNames(catalog.types().from(type), catalog),
          labelNames(catalog.types().to(type), catalog),
          traits,
          propertyTexts(type.properties, catalog),
          catalog::declarationText(type, catalog)};
}

}  // namespace

ShowTable showTypes(const Catalog& catalog, bool ofNodes, bool ofRelations) {
  ShowTable table{{"name", "kind", "extends", "from", "to", "traits", "properties", "declaration"}, 7, {}};
  const auto undeclared = [&](const std::string& name, const char* kind) {
    table.rows.push_back({name, kind, List{}, Value{}, Value{}, List{}, List{}, Value{}});
  };
  if (ofNodes) {
    for (const auto& type : catalog.types().nodeTypes()) table.rows.push_back(typeRow(type, catalog));
    for (std::size_t id = 0; id < catalog.labels.size(); ++id) {
      const auto label = static_cast<LabelId>(id);
      if (!catalog.types().nodeType(label)) undeclared(catalog.labels.name(label), "NODE");
    }
  }
  if (ofRelations) {
    for (const auto& type : catalog.types().relationTypes()) table.rows.push_back(typeRow(type, catalog));
    for (std::size_t id = 0; id < catalog.relTypes.size(); ++id) {
      const auto type = static_cast<RelTypeId>(id);
      if (catalog.types().relationType(type) || catalog.types().isInverseName(type)) continue;
      undeclared(catalog.relTypes.name(type), "RELATION");
    }
  }
  return table;
}

}  // namespace plexus::api
