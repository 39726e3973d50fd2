// tests/differential/query_maker.h: makes one random query, clause after clause, over the variables in scope. Private
// to random_*.cpp.
#pragma once

#include <string>
#include <vector>

#include "tests/differential/random_query.h"

namespace plexus::test {

class QueryMaker {
 public:
  explicit QueryMaker(Random& random) : random_{random} {}

  QuerySpec query();

 private:
  // What is known of a variable, and so how it may be used. kMixed: anything that compares. kBag: a list whose order is
  // not determined. kShortest: a path of which only the length is determined.
  enum class Kind {
    kNode,
    kRelationship,
    kNodes,
    kRelationships,
    kPath,
    kShortest,
    kInteger,
    kString,
    kBoolean,
    kMixed,
    kBag
  };
  struct Variable {
    std::string name;
    Kind kind;
  };
  using Scope = std::vector<Variable>;

  // random_query.cpp: clauses
  Piece reading(unsigned depth);
  Piece match(bool optional);
  Piece matchShortest();
  void selectedParts(Piece& out, bool determined);
  Piece unwind();
  Piece with();
  Piece call(unsigned depth);
  Piece unionQuery();
  Piece countingQuery();
  Piece projection(const std::string& keyword, Scope& made, bool& ordered);
  Piece aggregate(Scope& made);
  Piece item(Scope& made);
  Piece where(const std::string& keyword = " WHERE ");

  // random_pattern.cpp
  Piece path(bool mayName);
  Piece node();
  Piece hop(bool quantified);
  Piece relationship();
  Piece quantified();
  std::string boundPattern();  // a pattern that names nothing new
  std::string arrow(const std::string& inside);
  std::string types();
  std::string labels();

  // random_expression.cpp
  Piece condition(unsigned depth);
  std::string simpleCondition(unsigned depth);
  std::string comparison(unsigned depth);
  std::string quantifier(unsigned depth);
  std::string subquery(const std::string& keyword);
  std::string integer(unsigned depth);
  std::string text(unsigned depth);
  std::string mixed(unsigned depth);
  std::string listOf(Kind& element);
  std::string literal();
  std::string expression(Kind kind, unsigned depth);

  std::string newName(const std::string& prefix) { return prefix + std::to_string(++names_); }
  bool has(Kind kind) const;
  std::string any(Kind kind);
  std::string entity();  // a node or relationship, or ""

  Random& random_;
  Scope scope_;
  unsigned names_ = 0;
  bool subqueries_ = true;  // whether expressions may hold some
};

}  // namespace plexus::test
