#include <algorithm>

#include "tests/differential/query_maker.h"

namespace plexus::test {

bool QueryMaker::has(Kind kind) const {
  return std::any_of(scope_.begin(), scope_.end(), [&](const Variable& v) { return v.kind == kind; });
}

std::string QueryMaker::any(Kind kind) {
  std::vector<std::string> names;
  for (const auto& variable : scope_) {
    if (variable.kind == kind) names.push_back(variable.name);
  }
  return names.empty() ? "" : random_.of(names);
}

std::string QueryMaker::entity() {
  std::string node = any(Kind::kNode), relationship = any(Kind::kRelationship);
  if (node.empty() || (!relationship.empty() && random_.chance(35))) return relationship;
  return node;
}

std::string QueryMaker::literal() {
  return random_.of({"0", "1", "2", "1.0", "2.5", "'a'", "'b'", "true", "null", "[1, 2]", "-1", "''", "'ab'"});
}

std::string QueryMaker::integer(unsigned depth) {
  const std::string node = any(Kind::kNode), relationship = any(Kind::kRelationship);
  std::string number = any(Kind::kInteger);
  switch (random_.below(depth == 0 ? 5 : 11)) {
    case 0:
    case 1:
      if (!node.empty()) return node + (random_.chance(30) ? ".k" : ".i");
      break;
    case 2:
      if (!relationship.empty()) return relationship + ".w";
      break;
    case 3:
      if (!number.empty()) return number;
      break;
    case 5:
      return integer(depth - 1) + random_.of({" + ", " - "}) + integer(0);
    case 6:
      if (has(Kind::kShortest) && random_.chance(50)) return "length(" + any(Kind::kShortest) + ")";
      if (has(Kind::kPath)) return "length(" + any(Kind::kPath) + ")";
      break;
    case 7: {
      Kind element{};
      const std::string list = listOf(element);
      if (!list.empty()) return "size(" + list + ")";
      break;
    }
    case 8:
      return "coalesce(" + integer(depth - 1) + ", " + std::to_string(random_.between(0, 3)) + ")";
    case 9:
      return "CASE WHEN " + simpleCondition(depth - 1) + " THEN " + integer(0) + " ELSE " + integer(0) + " END";
    case 10:
      if (subqueries_) return subquery("COUNT");
      break;
    default:
      break;
  }
  return std::to_string(random_.between(-1, 3));
}

std::string QueryMaker::text(unsigned depth) {
  const std::string node = any(Kind::kNode), relationship = any(Kind::kRelationship);
  std::string string = any(Kind::kString);
  switch (random_.below(depth == 0 ? 4 : 6)) {
    case 0:
      if (!node.empty()) return node + ".s";
      break;
    case 1:
      if (!relationship.empty()) return "type(" + relationship + ")";
      break;
    case 2:
      if (!string.empty()) return string;
      break;
    case 4:
      return "toString(" + integer(0) + ")";
    case 5:
      return text(depth - 1) + " + " + text(0);
    default:
      break;
  }
  return random_.of({"'a'", "'b'", "'ab'", "''", "'R'"});
}

std::string QueryMaker::mixed(unsigned depth) {
  const std::string owner = entity();
  std::string variable = any(Kind::kMixed);
  switch (random_.below(6)) {
    case 0:
    case 1:
      if (!owner.empty()) return owner + ".m";
      break;
    case 2:
      if (!variable.empty()) return variable;
      break;
    case 3:
      return integer(depth);
    case 4:
      return text(depth);
    default:
      break;
  }
  return literal();
}

// A list in sight, and the kind of its elements; "" if there is none.
std::string QueryMaker::listOf(Kind& element) {
  std::vector<std::pair<std::string, Kind>> lists;
  for (const auto& [name, kind] : scope_) {
    if (kind == Kind::kNodes) lists.emplace_back(name, Kind::kNode);
    if (kind == Kind::kRelationships) lists.emplace_back(name, Kind::kRelationship);
    if (kind == Kind::kBag) lists.emplace_back(name, Kind::kMixed);
    if (kind == Kind::kPath) lists.emplace_back("nodes(" + name + ")", Kind::kNode);
    if (kind == Kind::kPath) lists.emplace_back("relationships(" + name + ")", Kind::kRelationship);
  }
  if (lists.empty()) return "";
  const auto& chosen = random_.of(lists);
  element = chosen.second;
  return chosen.first;
}

std::string QueryMaker::expression(Kind kind, unsigned depth) {
  switch (kind) {
    case Kind::kInteger:
      return integer(depth);
    case Kind::kString:
      return text(depth);
    case Kind::kBoolean:
      return "(" + condition(depth).text() + ")";
    default:
      return mixed(depth);
  }
}

std::string QueryMaker::comparison(unsigned depth) {
  const std::string op = random_.of({" = ", " = ", " <> ", " < ", " <= ", " > ", " >= "});
  switch (random_.below(5)) {
    case 0:
      return mixed(depth) + op + mixed(0);
    case 3:
      if (has(Kind::kNode)) {
        const std::string key = random_.of({".k", ".i", ".s", ".m"});
        return any(Kind::kNode) + key + op + any(Kind::kNode) + key;
      }
      break;
    case 1:
      return text(depth) + op + text(0);
    case 2:
      return integer(0) + op + integer(0) + random_.of({" < ", " <= ", " = "}) + integer(0);
    default:
      break;
  }
  return integer(depth) + op + integer(0);
}

// all(x IN list WHERE ...); the list's elements become a variable for the condition.
std::string QueryMaker::quantifier(unsigned depth) {
  Kind element = Kind::kMixed;
  std::string list = listOf(element);
  if (list.empty()) list = random_.of({"[1, 2, null]", "[]", "[0, 'a']"});
  const std::string name = newName("e");
  const Scope before = scope_;
  scope_.push_back({name, element});
  const std::string condition = simpleCondition(depth);
  scope_ = before;
  return random_.of({"all(", "any(", "none(", "single("}) + name + " IN " + list + " WHERE " + condition + ")";
}

std::string QueryMaker::subquery(const std::string& keyword) {
  const Scope before = scope_;
  subqueries_ = random_.chance(15);  // nested ones are rare
  std::string inside;
  if (random_.chance(40)) {
    inside = boundPattern();
  } else {
    inside = random_.chance(50) ? "MATCH " : "";
    inside += path(false).text();
    if (random_.chance(50)) inside += " WHERE " + condition(1).text();
  }
  subqueries_ = true;
  scope_ = before;
  return keyword + " { " + inside + " }";
}

std::string QueryMaker::simpleCondition(unsigned depth) {
  const std::string node = any(Kind::kNode), other = any(Kind::kNode), owner = entity();
  switch (random_.below(depth == 0 ? 8 : 12)) {
    case 0:
      if (!node.empty()) return node + labels();
      break;
    case 1:
      if (node != other) return node + random_.of({" = ", " <> "}) + other;
      break;
    case 2:
      return mixed(0) + random_.of({" IS NULL", " IS NOT NULL"});
    case 3:
      return text(0) + random_.of({" STARTS WITH ", " ENDS WITH ", " CONTAINS "}) + text(0);
    case 4:
      return mixed(0) + " IN [" + mixed(0) + ", " + literal() + ", " + literal() + "]";
    case 5:
      if (has(Kind::kBoolean)) return any(Kind::kBoolean);
      if (has(Kind::kBag)) return mixed(0) + " IN " + any(Kind::kBag);
      break;
    case 8:
      return quantifier(depth - 1);
    case 9:
      if (subqueries_) return subquery("EXISTS");
      break;
    case 10:
      if (subqueries_ && !node.empty()) return boundPattern();
      break;
    default:
      break;
  }
  return comparison(depth);
}

Piece QueryMaker::condition(unsigned depth) {
  const auto operand = [&] { return condition(depth - 1); };
  if (depth > 0) {
    switch (random_.below(7)) {
      case 0:
        return {"(", random_.of({" AND ", " OR ", " OR ", " XOR "}), ")", {operand(), operand()}, false, true};
      case 1:
        return {"NOT (", "", ")", {operand()}, false, true};
      default:
        break;
    }
  }
  if (random_.chance(2)) return {random_.of({"true", "false", "null"})};
  return {simpleCondition(depth)};
}

}  // namespace plexus::test
