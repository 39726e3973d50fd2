#include <gtest/gtest.h>

#include "tests/core/parse/support.h"

namespace plexus::parse {
namespace {

TEST(Query, Match) {
  EXPECT_EQ(queryTree("MATCH (n) RETURN n"), "MATCH (n) RETURN n");
  EXPECT_EQ(queryTree("match (n:A {x: 1})-[r:T]->(m), (k) where n.y RETURN *;"),
            "MATCH (n:A {x: 1})-[r:T]->(m), (k) where (. n y) RETURN *");
  EXPECT_EQ(queryTree("OPTIONAL MATCH p = (a)<-[:A|B]-()--(b) RETURN p"),
            "OPTIONAL MATCH p = (a)<-[:(| A B)]-()-[]-(b) RETURN p");
  EXPECT_EQ(queryTree("MATCH (a)<-->(b), (a)<--(b), (a)-->(b) FINISH"),
            "MATCH (a)-[]-(b), (a)<-[]-(b), (a)-[]->(b) FINISH");
  EXPECT_EQ(queryTree("MATCH (n:A) USING INDEX n:A(x, y) USING SCAN n:A USING JOIN ON n, m WHERE n.x RETURN n"),
            "MATCH (n:A) using INDEX n:A(x, y) using SCAN n:A using JOIN n, m where (. n x) RETURN n");
  EXPECT_EQ(queryTree("MATCH REPEATABLE ELEMENTS (n) MATCH DIFFERENT RELATIONSHIPS (m) RETURN 1"),
            "MATCH REPEATABLE (n) MATCH DIFFERENT (m) RETURN 1");
}

TEST(Query, Patterns) {
  EXPECT_EQ(queryTree("MATCH (n:A WHERE n.x > 1)-[r WHERE r.y]-(m IS B|C) RETURN 1"),
            "MATCH (n:A where ((. n x) > 1))-[r where (. r y)]-(m:(| B C)) RETURN 1");
  EXPECT_EQ(queryTree("MATCH (n $props) RETURN 1"), "MATCH (n $props) RETURN 1");
  EXPECT_EQ(queryTree("MATCH (match:Match)-[set:SET]-(order) RETURN match.x"),
            "MATCH (match:Match)-[set:SET]-(order) RETURN (. match x)");
  EXPECT_EQ(queryTree("MATCH ()-[*]-()-[*2]-()-[*..3]-()-[*1..]-()-[*0..5 {a: 1}]-() RETURN 1"),
            "MATCH ()-[*{1,}]-()-[*{2,2}]-()-[*{1,3}]-()-[*{1,}]-()-[*{0,5} {a: 1}]-() RETURN 1");
  EXPECT_EQ(queryTree("MATCH (a)-[:T]->{2,3}(b)-->+(c)--*(d)-->{4}(e)-->{,2}(f) RETURN 1"),
            "MATCH (a)-[:T]->{2,3}(b)-[]->{1,}(c)-[]-{0,}(d)-[]->{4,4}(e)-[]->{0,2}(f) RETURN 1");
  EXPECT_EQ(queryTree("MATCH (a) ((x)-[r]->(y) WHERE x.i < y.i){1,3} (b) RETURN 1"),
            "MATCH (a)((x)-[r]->(y) where ((. x i) < (. y i))){1,3}(b) RETURN 1");
  EXPECT_EQ(queryTree("MATCH (n:$(l))-[:$('T')]->(:$any(ls)) RETURN 1"),
            "MATCH (n:$(l))-[:$('T')]->(:$any(ls)) RETURN 1");
}

TEST(Query, PathSelectorsAndModes) {
  EXPECT_EQ(queryTree("MATCH p = SHORTEST 2 (a)-->+(b) RETURN p"), "MATCH p = SHORTEST 2 (a)-[]->{1,}(b) RETURN p");
  EXPECT_EQ(queryTree("MATCH ANY SHORTEST (a)-->+(b) RETURN 1"), "MATCH ANY SHORTEST (a)-[]->{1,}(b) RETURN 1");
  EXPECT_EQ(queryTree("MATCH ALL SHORTEST PATHS (a)-->+(b) RETURN 1"), "MATCH ALL SHORTEST (a)-[]->{1,}(b) RETURN 1");
  EXPECT_EQ(queryTree("MATCH SHORTEST 3 TRAIL PATH GROUPS (a)-->+(b) RETURN 1"),
            "MATCH SHORTEST GROUPS 3 TRAIL (a)-[]->{1,}(b) RETURN 1");
  EXPECT_EQ(queryTree("MATCH ANY 2 (a)-->+(b) RETURN 1"), "MATCH ANY 2 (a)-[]->{1,}(b) RETURN 1");
  EXPECT_EQ(queryTree("MATCH ACYCLIC (a)-->+(b) RETURN 1"), "MATCH ACYCLIC (a)-[]->{1,}(b) RETURN 1");
  EXPECT_EQ(queryTree("MATCH p = allShortestPaths((a)-[:T*..5]-(b)) RETURN p"),
            "MATCH p = allShortestPaths (a)-[:T*{1,5}]-(b) RETURN p");
}

TEST(Query, Projections) {
  EXPECT_EQ(
      queryTree(
          "MATCH (n) WITH DISTINCT n.a AS a, count(*) AS c ORDER BY c DESC, a SKIP 1 LIMIT 2 WHERE c > 1 RETURN *"),
      "MATCH (n) WITH DISTINCT (. n a) AS a (count *) AS c by c DESC by a skip 1 limit 2 where (c > 1) RETURN *");
  EXPECT_EQ(queryTree("WITH *, 1 AS x RETURN x OFFSET 2"), "WITH * 1 AS x RETURN x skip 2");
  EXPECT_EQ(queryTree("MATCH (n) ORDER BY n.x LIMIT 3 RETURN n"), "MATCH (n) WITH * by (. n x) limit 3 RETURN n");
  EXPECT_EQ(queryTree("RETURN 1 AS match, 2 AS end"), "RETURN 1 AS match 2 AS end");
}

TEST(Query, Writing) {
  EXPECT_EQ(queryTree("CREATE (a:A)-[:T {x: 1}]->(b), (c)"), "CREATE (a:A)-[:T {x: 1}]->(b), (c)");
  EXPECT_EQ(queryTree("MERGE (a:A) ON CREATE SET a.x = 1, a:B ON MATCH SET a += {y: 2}"),
            "MERGE (a:A) on create (. a x) = 1, a:B on match a += {y: 2}");
  EXPECT_EQ(queryTree("MATCH (n) SET n = {a: 1}, (n).b = 2, n['c'] = 3, n.d.e = 4, n:A:B, n IS C"),
            "MATCH (n) SET n := {a: 1}, (. n b) = 2, (index n 'c') = 3, (. (. n d) e) = 4, n:(: A B), n:C");
  EXPECT_EQ(queryTree("MATCH (n) REMOVE n.a, n:A:B, n['c']"), "MATCH (n) REMOVE (. n a) n:(: A B) (index n 'c')");
  EXPECT_EQ(queryTree("MATCH (n) DETACH DELETE n, n.x"), "MATCH (n) DETACH DELETE n (. n x)");
  EXPECT_EQ(queryTree("FOREACH (x IN [1] | CREATE (:A) MERGE (:B))"), "FOREACH x in [1] { CREATE (:A) MERGE (:B) }");
}

TEST(Query, Calls) {
  EXPECT_EQ(queryTree("CALL db.labels()"), "STANDALONE CALL db.labels()");
  EXPECT_EQ(queryTree("CALL db.labels"), "STANDALONE CALL db.labels");
  EXPECT_EQ(queryTree("CALL db.labels() YIELD *"), "STANDALONE CALL db.labels() yield *");
  EXPECT_EQ(queryTree("MATCH (n) CALL p.q(n, 1) YIELD a AS b, c WHERE c RETURN b"),
            "MATCH (n) CALL p.q() n 1 yield a AS b, c where c RETURN b");
  EXPECT_EQ(detailOf("MATCH (n) CALL p.q(n) YIELD * RETURN 1"), "UnexpectedSyntax");
}

TEST(Query, Subqueries) {
  EXPECT_EQ(queryTree("CALL { RETURN 1 AS x } RETURN x"), "CALL {RETURN 1 AS x} RETURN x");
  EXPECT_EQ(queryTree("MATCH (n) OPTIONAL CALL (n) { RETURN n.x AS x } RETURN x"),
            "MATCH (n) OPTIONAL CALL (n) {RETURN (. n x) AS x} RETURN x");
  EXPECT_EQ(queryTree("CALL (*) { RETURN 1 AS x } RETURN x"), "CALL (*) {RETURN 1 AS x} RETURN x");
  EXPECT_EQ(queryTree("CALL () { FINISH } FINISH"), "CALL () {FINISH} FINISH");
  EXPECT_EQ(queryTree("UNWIND [1] AS i CALL (i) { CREATE (:A) } IN 3 CONCURRENT TRANSACTIONS OF 10 ROWS "
                      "ON ERROR CONTINUE REPORT STATUS AS s RETURN s"),
            "UNWIND [1] AS i CALL (i) {CREATE (:A)} in concurrent 3 transactions of 10 on error CONTINUE report s "
            "RETURN s");
}

TEST(Query, Others) {
  EXPECT_EQ(queryTree("RETURN 1 AS x UNION RETURN 2 AS x UNION ALL RETURN 3 AS x UNION DISTINCT RETURN 4 AS x"),
            "RETURN 1 AS x UNION RETURN 2 AS x UNION ALL RETURN 3 AS x UNION RETURN 4 AS x");
  EXPECT_EQ(queryTree("LOAD CSV WITH HEADERS FROM 'file:///a.csv' AS row FIELDTERMINATOR ';' RETURN row"),
            "LOAD HEADERS 'file:///a.csv' AS row ; RETURN row");
  EXPECT_EQ(queryTree("/* a */ RETURN 1 // b"), "RETURN 1");
  EXPECT_EQ(queryTree("RETURN 1 /* a */ + /* b **/ 2"), "RETURN (+ 1 2)");
}

TEST(Statement, ModesAndOptions) {
  const auto explained = parse("CYPHER 5 inference=off Planner = 'cost' EXPLAIN RETURN 1");
  EXPECT_EQ(explained->mode, ast::Statement::Mode::kExplain);
  const std::vector<std::pair<std::string, std::string>> options = {
      {"version", "5"}, {"inference", "off"}, {"planner", "cost"}};
  EXPECT_EQ(explained->options, options);
  EXPECT_EQ(parse("PROFILE RETURN 1")->mode, ast::Statement::Mode::kProfile);
  EXPECT_EQ(parse("RETURN 1 ; ")->text, "RETURN 1 ; ");
}

TEST(Statement, Transactions) {
  using Kind = ast::TransactionCommand::Kind;
  const auto kind = [](std::string_view text) { return std::get<ast::TransactionCommand>(parse(text)->node).kind; };
  EXPECT_EQ(kind("BEGIN"), Kind::kBegin);
  EXPECT_EQ(kind("start transaction;"), Kind::kBegin);
  EXPECT_EQ(kind("COMMIT"), Kind::kCommit);
  EXPECT_EQ(kind("ROLLBACK TRANSACTION"), Kind::kRollback);
}

TEST(Statement, Indexes) {
  const auto statement = parse("CREATE TEXT INDEX names IF NOT EXISTS FOR (d:Drug) ON (d.name, d.code) OPTIONS {a: 1}");
  const auto& index = std::get<ast::CreateIndex>(statement->node);
  EXPECT_EQ(index.kind, "TEXT");
  EXPECT_EQ(index.name->name.text, "names");
  EXPECT_TRUE(index.ifNotExists);
  EXPECT_FALSE(index.onRelationship);
  EXPECT_EQ(index.labelsOrTypes[0].text, "Drug");
  EXPECT_EQ(index.properties[1].second.text, "code");
  EXPECT_EQ(ast::dump(index.options), "{a: 1}");
  const auto relation = parse("CREATE INDEX FOR ()-[r:T]-() ON (r.x)");
  EXPECT_TRUE(std::get<ast::CreateIndex>(relation->node).onRelationship);
  EXPECT_EQ(std::get<ast::CreateIndex>(relation->node).kind, "RANGE");
  const auto fullText = parse("CREATE FULLTEXT INDEX f FOR (n:A|B) ON EACH [n.x, n.y]");
  EXPECT_EQ(std::get<ast::CreateIndex>(fullText->node).labelsOrTypes.size(), 2U);
  EXPECT_TRUE(std::get<ast::DropIndex>(parse("DROP INDEX f IF EXISTS")->node).ifExists);
}

TEST(Statement, Constraints) {
  using Kind = ast::CreateConstraint::Kind;
  const auto constraint = [](const std::string& rest) {
    const auto statement = parse("CREATE CONSTRAINT c FOR (n:A) REQUIRE " + rest);
    return std::get<ast::CreateConstraint>(statement->node).kind;
  };
  EXPECT_EQ(constraint("n.x IS UNIQUE"), Kind::kUnique);
  EXPECT_EQ(constraint("n.x IS NOT NULL"), Kind::kExistence);
  EXPECT_EQ(constraint("(n.x, n.y) IS NODE KEY"), Kind::kKey);
  const auto typed = parse("CREATE CONSTRAINT FOR ()-[r:T]-() REQUIRE r.x IS :: LIST<STRING NOT NULL>");
  const auto& type = std::get<ast::CreateConstraint>(typed->node);
  EXPECT_EQ(ast::dump(type.type), "LIST<STRING NOT NULL>");
  EXPECT_TRUE(type.onRelationship);
  EXPECT_EQ(std::get<ast::DropConstraint>(parse("DROP CONSTRAINT c")->node).name.name.text, "c");
}

TEST(Statement, NodeTypes) {
  const auto statement = parse(
      "CREATE NODE TYPE Drug EXTENDS Intervention, Chemical ABSTRACT STRICT (name STRING UNIQUE NOT NULL, "
      "synonyms LIST<STRING>, phase INTEGER DEFAULT 1 IN [1, 2, 3], charge INTEGER DEFAULT -1)");
  const auto& type = std::get<ast::NodeTypeDeclaration>(std::get<ast::CreateType>(statement->node).declaration);
  EXPECT_EQ(type.name.text, "Drug");
  EXPECT_EQ(ast::names(type.parents), "Intervention, Chemical");
  EXPECT_TRUE(type.isAbstract && type.strict);
  ASSERT_EQ(type.properties.size(), 4U);
  EXPECT_TRUE(type.properties[0].unique && type.properties[0].notNull);
  EXPECT_EQ(ast::dump(type.properties[0].type), "STRING");
  EXPECT_EQ(ast::dump(type.properties[1].type), "LIST<STRING>");
  EXPECT_EQ(ast::dump(type.properties[2].defaultValue), "1");
  EXPECT_EQ(type.properties[2].enumeration.size(), 3U);
  EXPECT_EQ(ast::dump(type.properties[3].defaultValue), "-1");
}

TEST(Statement, RelationTypes) {
  const auto statement = parse(
      "ALTER RELATION TYPE treats EXTENDS affects FROM Drug|Surgery TO Disease SYMMETRIC TRANSITIVE ACYCLIC FUNCTIONAL "
      "INVERSE treated_by IMPLIED BY treats/is_a, cures DISJOINT WITH causes WITH EVIDENCE (evidence STRING NOT NULL)");
  const auto& create = std::get<ast::CreateType>(statement->node);
  const auto& type = std::get<ast::RelationTypeDeclaration>(create.declaration);
  EXPECT_TRUE(create.alter);
  EXPECT_EQ(ast::names(type.from) + " -> " + ast::names(type.to), "Drug, Surgery -> Disease");
  EXPECT_TRUE(type.symmetric && type.transitive && type.acyclic && type.functional && type.withEvidence);
  EXPECT_EQ(type.inverse->text, "treated_by");
  ASSERT_EQ(type.impliedBy.size(), 2U);
  EXPECT_EQ(ast::names(type.impliedBy[0], "/"), "treats/is_a");
  EXPECT_EQ(ast::names(type.disjointWith), "causes");
  EXPECT_TRUE(type.properties[0].notNull);
  EXPECT_TRUE(std::get<ast::DropType>(parse("DROP RELATION TYPE treats IF EXISTS")->node).relation);
}

TEST(Statement, Show) {
  const auto statement =
      parse("SHOW RANGE INDEXES YIELD name, type AS kind WHERE name = 'a' RETURN kind ORDER BY kind");
  const auto& show = std::get<ast::Show>(statement->node);
  EXPECT_EQ(show.subject, "INDEXES");
  EXPECT_EQ(show.filter, "RANGE");
  EXPECT_EQ(ast::dump(show.yield), "name, type AS kind");
  EXPECT_EQ(ast::dump(show.where), "(name = 'a')");
  EXPECT_EQ(ast::dump(*show.returns), " kind by kind");
  EXPECT_EQ(std::get<ast::Show>(parse("SHOW FUNCTION")->node).subject, "FUNCTIONS");
  EXPECT_EQ(std::get<ast::Show>(parse("SHOW NODE TYPES")->node).subject, "NODE TYPES");
  EXPECT_TRUE(std::get<ast::Show>(parse("SHOW CONSTRAINTS YIELD *")->node).yieldStar);
}

}  // namespace
}  // namespace plexus::parse
