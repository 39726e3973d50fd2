#include "tests/differential/query_maker.h"
#include "tests/differential/random_graph.h"

namespace plexus::test {

std::string QueryMaker::labels() {
  const std::string a = random_.of(kLabels), b = random_.of(kLabels);
  switch (random_.below(8)) {
    case 0:
      return ":" + a + "|" + b;
    case 1:
      return ":" + a + "&" + b;
    case 2:
      return ":!" + a;
    case 3:
      return ":" + a + "&!" + b;
    default:
      return ":" + a;
  }
}

std::string QueryMaker::types() {
  switch (random_.below(8)) {
    case 0:
    case 1:
    case 2:
      return "";
    case 3:
      return ":" + random_.of(kTypes) + "|" + random_.of(kTypes);
    case 4:
      return ":!" + random_.of(kTypes);
    default:
      return ":" + random_.of(kTypes);
  }
}

std::string QueryMaker::arrow(const std::string& inside) {
  const std::string middle = inside.empty() && random_.chance(50) ? "-" : "-[" + inside + "]-";
  const std::string line = middle == "-" ? "--" : middle;
  switch (random_.below(4)) {
    case 0:
      return line;
    case 1:
      return "<" + line;
    default:
      return line + ">";
  }
}

Piece QueryMaker::node() {
  Piece out{"(", "", ")", {}};
  std::string name = random_.chance(40) ? any(Kind::kNode) : "";
  std::string properties;
  if (random_.chance(15)) {
    properties = random_.chance(60)
                     ? " {i: " + (random_.chance(50) ? integer(0) : std::to_string(random_.between(0, 3))) + "}"
                     : " {" + random_.of({"m", "s", "k"}) + ": " + mixed(0) + "}";
  }
  if (name.empty() && random_.chance(75)) {
    name = newName("n");
    scope_.push_back({name, Kind::kNode});
  }
  Piece conditions{"", "", "", {}, true};
  if (random_.chance(35)) conditions.parts.push_back({labels()});
  if (!properties.empty()) conditions.parts.push_back({properties});
  out.before += name;
  out.parts.push_back(std::move(conditions));
  return out;
}

Piece QueryMaker::relationship() {
  const std::string name = newName("r");
  const bool named = random_.chance(50);
  std::string inside = (named ? name : "") + types();
  if (!named && inside.empty() && random_.chance(10) && has(Kind::kRelationship)) {
    return {arrow(any(Kind::kRelationship))};  // bound; twice in a pattern is refused, and the query not used
  }
  const bool longer = random_.chance(22);
  const bool anyLength = longer && inside.find(':') != std::string::npos && random_.chance(20);
  if (longer) {
    inside += anyLength ? random_.of({"*", "*0.."}) : random_.of({"*1..2", "*0..1", "*2", "*..2", "*0..2", "*2..3"});
  }
  if (random_.chance(12))
    inside += " {w: " + (random_.chance(70) ? std::to_string(random_.between(0, 3)) : integer(0)) + "}";
  if (named) scope_.push_back({name, longer ? Kind::kRelationships : Kind::kRelationship});
  if (anyLength) return {"-[" + inside + "]->"};  // undirected, there are too many
  return {arrow(inside)};
}

// ((x)-[r]->(y) WHERE ...){1,2}
Piece QueryMaker::quantified() {
  const std::string quantifier = random_.of({"{1,2}", "{0,2}", "{2}", "+", "*", "{,2}"});
  if (random_.chance(30)) return {"-[" + types() + "]->" + quantifier};
  const std::string x = newName("x"), r = newName("q"), y = newName("y");
  const Scope before = scope_;
  scope_ = {{x, Kind::kNode}, {y, Kind::kNode}, {r, Kind::kRelationship}};
  const bool both = quantifier[0] == '{' && random_.chance(30);
  const std::string inside = "(" + x + (random_.chance(30) ? labels() : "") + ")-[" + r + types() + "]-" +
                             (both ? "" : ">") + "(" + y + (random_.chance(20) ? labels() : "") + ")";
  Piece out{"(" + inside, "", ")" + quantifier, {}};
  subqueries_ = false;
  if (random_.chance(40)) out.parts.push_back({"", "", "", {{" WHERE " + simpleCondition(0)}}, true});
  subqueries_ = true;
  scope_ = before;
  scope_.push_back({x, Kind::kNodes});
  scope_.push_back({r, Kind::kRelationships});
  scope_.push_back({y, Kind::kNodes});
  return out;
}

Piece QueryMaker::hop(bool mayRepeat) {
  Piece out{"", "", "", {}};
  out.parts.push_back(mayRepeat && random_.chance(8) ? quantified() : relationship());
  out.parts.push_back(node());
  return out;
}

Piece QueryMaker::path(bool mayName) {
  Piece out{"", "", "", {}};
  const std::string name = newName("p");
  const bool named = mayName && random_.chance(12);
  if (named) out.before = name + " = ";
  out.parts.push_back(node());
  Piece hops{"", "", "", {}, true};
  const std::size_t count = random_.chance(12) ? 0 : 1 + random_.below(random_.chance(30) ? 4 : 2);
  for (std::size_t i = 0; i < count; ++i) hops.parts.push_back(hop(true));
  out.parts.push_back(std::move(hops));
  if (named) scope_.push_back({name, Kind::kPath});
  return out;
}

std::string QueryMaker::boundPattern() {
  const std::string from = any(Kind::kNode);
  std::string to = random_.chance(30) ? any(Kind::kNode) : "";
  if (random_.chance(30)) to += labels();
  std::string out = "(" + from + ")" + arrow(types());
  if (random_.chance(25)) out += "()" + arrow(types() + (random_.chance(30) ? "*1..2" : ""));
  return out + "(" + to + ")";
}

}  // namespace plexus::test
