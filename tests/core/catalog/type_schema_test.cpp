#include "core/catalog/type_schema.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/catalog/catalog.h"

namespace plexus::catalog {
namespace {

class TypeSchemaTest : public ::testing::Test {
 protected:
  LabelId label(const char* name) { return catalog_.labels.add(name); }
  RelTypeId rel(const char* name) { return catalog_.relTypes.add(name); }
  NodeType node(const char* name, const std::vector<const char*>& parents = {}) {
    NodeType type;
    type.label = label(name);
    type.parents.reserve(parents.size());
    type.parents.reserve(parents.size());
    for (const char* parent : parents) type.parents.push_back(label(parent));
    return type;
  }
  RelationType relation(const char* name, const std::vector<const char*>& parents = {}) {
    RelationType type;
    type.type = rel(name);
    for (const char* parent : parents) type.parents.push_back({rel(parent), false});
    return type;
  }
  std::shared_ptr<const TypeSchema> build(std::vector<NodeType> nodes, std::vector<RelationType> relations = {}) {
    return TypeSchema::build(std::move(nodes), std::move(relations), false, catalog_);
  }
  std::string refusal(std::vector<NodeType> nodes, std::vector<RelationType> relations = {}) {
    try {
      build(std::move(nodes), std::move(relations));
    } catch (const Error& error) {
      EXPECT_EQ(error.type(), ErrorType::kSchemaError);
      return error.what() + (error.hint().empty() ? "" : "; " + error.hint());
    }
    return "accepted";
  }
  static std::vector<LabelId> list(std::span<const LabelId> labels) { return {labels.begin(), labels.end()}; }

  Catalog catalog_;
};

TEST_F(TypeSchemaTest, ClosesOverSeveralParentsNearestFirst) {
  const auto schema = build({node("Drug", {"Intervention", "Chemical"}), node("Entity"),
                             node("Intervention", {"Entity"}), node("Chemical", {"Entity"})});
  EXPECT_EQ(list(schema->ancestors(label("Drug"))),
            (std::vector<LabelId>{label("Intervention"), label("Chemical"), label("Entity")}));
  EXPECT_EQ(list(schema->descendants(label("Entity"))),
            (std::vector<LabelId>{label("Intervention"), label("Chemical"), label("Drug")}));
  EXPECT_TRUE(schema->isSubtype(label("Drug"), label("Entity")));
  EXPECT_TRUE(schema->isSubtype(label("Undeclared"), label("Undeclared")));
  EXPECT_FALSE(schema->isSubtype(label("Entity"), label("Drug")));
  EXPECT_EQ(schema->nodeType(label("Undeclared")), nullptr);
  EXPECT_EQ(schema->nodeTypes().front().label, label("Entity"));
  EXPECT_FALSE(schema->hasTraits());
}

TEST_F(TypeSchemaTest, ACycleIsSpelledOut) {
  EXPECT_EQ(refusal({node("A", {"B"}), node("B", {"C"}), node("C", {"A"})}),
            "a type cannot extend itself: A EXTENDS B EXTENDS C EXTENDS A");
  EXPECT_EQ(refusal({}, {relation("cures", {"cures"})}), "a type cannot extend itself: cures EXTENDS cures");
}

TEST_F(TypeSchemaTest, ParentsMustBeDeclared) {
  EXPECT_EQ(refusal({node("Entity"), node("Drug", {"Entty"})}),
            "`Drug` extends `Entty`, which is not a declared node type; did you mean `Entity`?");
}

TEST_F(TypeSchemaTest, InverseNamesAreReadTurnedRound) {
  auto treats = relation("treats");
  treats.inverse = rel("treated_by");
  auto cures = relation("cures", {"treats"});
  auto curedBy = relation("responds_to", {"treated_by"});
  auto helps = relation("helps");
  helps.impliedBy = {{{rel("treated_by"), false}, {rel("is_a"), false}}};
  const auto schema = build({}, {curedBy, cures, helps, treats});
  EXPECT_EQ(schema->reading(rel("treated_by")), (RelationReading{rel("treats"), true}));
  EXPECT_EQ(schema->reading(rel("undeclared")), (RelationReading{rel("undeclared"), false}));
  EXPECT_TRUE(schema->isInverseName(rel("treated_by")));
  EXPECT_EQ(schema->relationType(rel("treated_by")), nullptr);
  EXPECT_EQ(schema->superRelations(rel("responds_to")).front(), (RelationReading{rel("treats"), true}));
  EXPECT_EQ(schema->subRelations(rel("treats")).size(), 2U);
  EXPECT_EQ(schema->relationType(rel("helps"))->impliedBy.front(),
            (std::vector<RelationReading>{{rel("treats"), true}, {rel("is_a"), false}}));
  EXPECT_TRUE(schema->hasTraits());
}

TEST_F(TypeSchemaTest, TraitsThatContradictAreRefused) {
  auto both = relation("near");
  both.symmetric = both.acyclic = true;
  EXPECT_EQ(refusal({}, {both}), "`near` cannot be both SYMMETRIC and ACYCLIC");
  auto inverse = relation("near");
  inverse.symmetric = true;
  inverse.inverse = rel("near_to");
  EXPECT_EQ(refusal({}, {inverse}), "`near` is SYMMETRIC: it is its own inverse");
  auto ends = relation("near");
  ends.symmetric = true;
  ends.from = {label("A")};
  EXPECT_EQ(refusal({}, {ends}), "`near` is SYMMETRIC: FROM and TO must name the same types");
  auto before = relation("precedes"), after = relation("follows");
  before.inverse = after.type;
  EXPECT_EQ(refusal({}, {before, after}),
            "`follows` cannot name the inverse of `precedes`: it is a relation type of its own");
  auto earlier = relation("is_before");
  earlier.inverse = rel("follows");
  EXPECT_EQ(refusal({}, {before, earlier}), "`follows` cannot name the inverse of both `precedes` and `is_before`");
}

TEST_F(TypeSchemaTest, PropertiesAndEndsAreInherited) {
  auto entity = node("Entity"), drug = node("Drug", {"Entity"});
  const auto name = catalog_.propertyKeys.add("name"), dose = catalog_.propertyKeys.add("dose");
  entity.properties = {{.key = name, .type = {"STRING"}}};
  drug.properties = {{.key = dose, .type = {"FLOAT"}}, {.key = name, .type = {"STRING"}, .notNull = true}};
  auto affects = relation("affects"), occursIn = relation("occurs_in", {"affects"});
  affects.from = {label("Entity")};
  affects.to = {label("Drug")};
  const auto schema = build({entity, drug}, {affects, occursIn});
  const auto properties = schema->properties(*schema->nodeType(label("Drug")));
  ASSERT_EQ(properties.size(), 2U);
  EXPECT_TRUE(properties[1]->notNull);
  EXPECT_EQ(schema->to(*schema->relationType(rel("occurs_in"))), std::vector<LabelId>{label("Drug")});
}

TEST_F(TypeSchemaTest, TravelsWithTheCatalog) {
  auto phase = node("Trial", {"Entity"});
  phase.isAbstract = phase.strict = true;
  phase.properties = {{.key = catalog_.propertyKeys.add("phase"),
                       .type = {"STRING"},
                       .notNull = true,
                       .unique = true,
                       .defaultValue = Value{"phase 1"},
                       .enumeration = {Value{"phase 1"}, Value{"phase 2"}}}};
  auto treats = relation("treats");
  treats.transitive = treats.acyclic = treats.functional = treats.withEvidence = treats.strict = true;
  treats.inverse = rel("treated_by");
  treats.from = {label("Trial")};
  treats.to = {label("Entity")};
  treats.impliedBy = {{{rel("is_a"), false}, {rel("treats"), true}}};
  treats.disjointWith = {{rel("contraindicated_in"), false}};
  catalog_.setTypes(build({node("Entity"), phase}, {treats}));
  const auto read = Catalog::deserialize(catalog_.serialize());
  EXPECT_EQ(read->serialize(), catalog_.serialize());
  const NodeType& type = *read->types().nodeType(label("Trial"));
  EXPECT_TRUE(type.isAbstract && type.strict && type.properties.front().unique);
  EXPECT_EQ(type.properties.front().enumeration.size(), 2U);
  const RelationType& relation = *read->types().relationType(rel("treats"));
  EXPECT_TRUE(relation.transitive && relation.acyclic && relation.functional && relation.withEvidence);
  EXPECT_EQ(relation.impliedBy.front().back(), (RelationReading{rel("treats"), true}));
  EXPECT_EQ(relation.disjointWith.front().type, rel("contraindicated_in"));
  EXPECT_EQ(&catalog_.copy()->types(), &catalog_.types());
}

TEST(Catalog, OfTheFirstVersionHasNoTypes) {
  Catalog catalog;
  catalog.labels.add("Gene");
  std::string first = catalog.serialize();
  const std::string noTypes = " 0 0 0";
  ASSERT_TRUE(first.starts_with("4 ") && first.ends_with(noTypes)) << first;
  first[0] = '1';
  first.resize(first.size() - noTypes.size());
  const auto read = Catalog::deserialize(first);
  EXPECT_EQ(read->labels.find("Gene"), 0);
  EXPECT_TRUE(read->types().empty());
}

}  // namespace
}  // namespace plexus::catalog
