// core/parse/ast/statement.h: whatever may stand before a semicolon.
#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/parse/ast/clause.h"

namespace plexus::ast {

// CREATE [RANGE|TEXT|POINT|LOOKUP|FULLTEXT] INDEX name IF NOT EXISTS FOR (n:L) ON (n.a, n.b) OPTIONS {...}
// The name of an index or constraint: as it is written, or what a parameter says.
struct SchemaName {
  Name name;
  bool isParameter = false;
};

struct CreateIndex {
  std::string kind = "RANGE";
  Span kindSpan;  // of the word, if it is written
  std::optional<SchemaName> name;
  bool ifNotExists = false;
  bool onRelationship = false;
  Name variable;
  std::vector<Name> labelsOrTypes;                // several for FULLTEXT
  std::vector<std::pair<Name, Name>> properties;  // (variable, key)
  ExpressionPtr options;
};
struct DropIndex {
  SchemaName name;
  bool ifExists = false;
};

// CREATE CONSTRAINT name IF NOT EXISTS FOR (n:L) REQUIRE n.a IS UNIQUE | IS NOT NULL | IS NODE KEY | IS :: TYPE
struct CreateConstraint {
  enum class Kind : std::uint8_t { kUnique, kExistence, kKey, kPropertyType } kind;
  std::optional<SchemaName> name;
  bool ifNotExists = false;
  bool onRelationship = false;
  std::optional<bool> saysRelationship;  // IS NODE KEY, IS RELATIONSHIP UNIQUE, ...
  Span kindSpan;                         // IS ...
  Name variable, labelOrType;
  std::vector<std::pair<Name, Name>> properties;
  TypeName type;  // kPropertyType
  ExpressionPtr options;
};
struct DropConstraint {
  SchemaName name;
  bool ifExists = false;
};

// Declarations of knowledge (docs/knowledge.md).
struct PropertyDeclaration {
  Name name;
  TypeName type;
  bool unique = false;
  bool notNull = false;
  bool evidence = false;                   // a field of evidence rows
  ExpressionPtr defaultValue;              // may be null
  std::vector<ExpressionPtr> enumeration;  // IN [...]
};
struct NodeTypeDeclaration {
  Name name;
  bool ifNotExists = false;
  std::vector<Name> parents;
  bool isAbstract = false, strict = false;
  std::vector<PropertyDeclaration> properties;
};
struct RelationTypeDeclaration {
  Name name;
  bool ifNotExists = false;
  std::vector<Name> parents, from, to;
  bool symmetric = false, transitive = false, acyclic = false, functional = false, withEvidence = false, strict = false;
  std::optional<Name> inverse;
  std::vector<std::vector<Name>> impliedBy;  // chains: treats/is_a
  std::vector<Name> disjointWith;
  std::vector<PropertyDeclaration> properties;
};
struct CreateType {
  std::variant<NodeTypeDeclaration, RelationTypeDeclaration> declaration;
  bool alter = false;      // ALTER ... replaces the declaration
  bool orReplace = false;  // CREATE OR REPLACE ...
};
struct DropType {
  bool relation = false;
  Name name;
  bool ifExists = false;
};

// ALTER DATABASE SET STRICT | REMOVE STRICT
struct AlterDatabase {
  bool strict = false;
  Span span;
};

// SHOW INDEXES | CONSTRAINTS | FUNCTIONS | PROCEDURES | TRANSACTIONS | TYPES | DATABASES ... YIELD ... WHERE ... RETURN
// ...
struct Show {
  std::string subject;  // upper case, plural: "INDEXES", "CONSTRAINTS", "NODE TYPES", "RELATION TYPES", "TYPES", ...
  std::string filter;   // upper case words between SHOW and the subject: "", "ALL", "RANGE", "UNIQUE", ...
  bool yieldStar = false;
  std::vector<YieldItem> yield;
  std::optional<Projection> order;  // only ORDER BY, SKIP and LIMIT, before `where`
  ExpressionPtr where;
  std::optional<Projection> returns;
};

struct TransactionCommand {
  enum class Kind : std::uint8_t { kBegin, kCommit, kRollback } kind;
};

struct Statement {
  enum class Mode : std::uint8_t { kRun, kExplain, kProfile } mode = Mode::kRun;
  // CYPHER 5 inference=off ...: options in order, keys in lower case; values as written, quotes removed.
  std::vector<std::pair<std::string, std::string>> options;
  std::variant<Query, CreateIndex, DropIndex, CreateConstraint, DropConstraint, CreateType, DropType, AlterDatabase,
               Show, TransactionCommand>
      node;
  Span span;
  std::string text;  // the whole source that spans refer to
};

}  // namespace plexus::ast
