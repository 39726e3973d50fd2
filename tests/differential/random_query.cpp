#include "tests/differential/random_query.h"

#include <algorithm>

#include "tests/differential/query_maker.h"

namespace plexus::test {

Piece QueryMaker::where(const std::string& keyword) {
  Piece out{keyword, " AND ", "", {}, true};
  const std::size_t count = 1 + random_.below(3);
  for (std::size_t i = 0; i < count; ++i) out.parts.push_back(condition(2));
  return out;
}

Piece QueryMaker::match(bool optional) {
  Piece out{optional ? "OPTIONAL MATCH " : "MATCH ", "", "", {}};
  Piece patterns{"", ", ", "", {}, true};
  const std::size_t count = random_.chance(25) ? 2 : 1;
  for (std::size_t i = 0; i < count; ++i) patterns.parts.push_back(path(true));
  out.parts.push_back(std::move(patterns));
  if (random_.chance(50)) out.parts.push_back(where());
  return out;
}

Piece QueryMaker::matchShortest() {
  const std::string optional = random_.chance(30) ? "OPTIONAL MATCH " : "MATCH ";
  const std::string name = newName("p");
  struct Form {
    const char *before, *after;
    Kind kind;
    bool function;
  };
  static const std::vector<Form> forms{
      {"shortestPath(", ")", Kind::kShortest, true}, {"allShortestPaths(", ")", Kind::kPath, true},
      {"ANY SHORTEST ", "", Kind::kShortest, false}, {"SHORTEST 2 ", "", Kind::kShortest, false},
      {"ALL SHORTEST ", "", Kind::kPath, false},     {"SHORTEST 2 GROUPS ", "", Kind::kPath, false}};
  const Form& form = random_.of(forms);
  Piece out{optional + name + " = " + form.before, "", form.after, {}};
  out.parts.push_back(node());
  if (form.function) {
    std::string step = arrow(types() + random_.of({"*", "*..3", "*1..2", "*0..2"}));
    if (step.find('[') == std::string::npos) step = "-[*]->";
    out.parts.push_back({step});
    out.parts.push_back(node());
  } else {
    selectedParts(out, form.kind == Kind::kPath);
  }
  scope_.push_back({name, form.kind});
  return out;
}

// One to three parts after the first node, and the last node. What lies between is determined if all paths are taken.
void QueryMaker::selectedParts(Piece& out, bool determined) {
  const Scope before = scope_;
  const unsigned count = random_.chance(60) ? 1 : random_.chance(75) ? 2 : 3;
  for (unsigned i = 0; i < count; ++i) {
    if (i > 0) out.parts.push_back(node());
    switch (count == 1 ? 0 : random_.below(3)) {
      case 0:
        out.parts.push_back({arrow(types()) + random_.of({"+", "{1,3}", "{0,2}", "*", "{2,3}"})});
        break;
      case 1:
        out.parts.push_back(quantified());
        break;
      default:
        out.parts.push_back(relationship());
        break;
    }
  }
  const std::size_t within = scope_.size();
  out.parts.push_back(node());
  if (determined) return;
  Scope ends{scope_.begin() + static_cast<std::ptrdiff_t>(within), scope_.end()};
  scope_ = before;
  scope_.insert(scope_.end(), ends.begin(), ends.end());
}

Piece QueryMaker::unwind() {
  const std::string name = newName("u");
  std::string list = has(Kind::kBag) && random_.chance(50) ? any(Kind::kBag) : "";
  Kind kind = Kind::kMixed;
  if (list.empty() && random_.chance(50)) list = listOf(kind);
  if (list.empty()) {
    list = random_.chance(50) ? "[" + mixed(1) + ", " + mixed(0) + "]"
                              : random_.of({"[1, 1, 2]", "[]", "[null, 1]", "range(0, 3)"});
  }
  scope_.push_back({name, kind});
  return {"UNWIND " + list + " AS " + name};
}

// One aggregate with its name.
Piece QueryMaker::aggregate(Scope& made) {
  const std::string name = newName("a");
  const std::string distinct = random_.chance(30) ? "DISTINCT " : "";
  const std::string owner = scope_.empty() ? "" : random_.of(scope_).name;
  const bool countable = !owner.empty() && !(any(Kind::kBag) == owner || any(Kind::kShortest) == owner);
  switch (random_.below(7)) {
    case 0:
    case 1:
      made.push_back({name, Kind::kInteger});
      return {"count(*) AS " + name};
    case 2:
      made.push_back({name, Kind::kInteger});
      if (countable && !has(Kind::kBag) && !has(Kind::kShortest)) return {"count(" + distinct + owner + ") AS " + name};
      return {"count(" + distinct + mixed(1) + ") AS " + name};
    case 3:
      made.push_back({name, Kind::kInteger});
      return {"sum(" + distinct + integer(1) + ") AS " + name};
    case 4:
      made.push_back({name, Kind::kMixed});
      return {random_.of({"min(", "max("}) + mixed(1) + ") AS " + name};
    case 5: {
      const std::string bag = newName("bag");
      made.push_back({bag, Kind::kBag});
      return {"collect(" + distinct + mixed(1) + ") AS " + bag};
    }
    default:
      made.push_back({name, Kind::kMixed});
      return {"avg(" + distinct + integer(0) + ") AS " + name};
  }
}

// A variable that is kept, or something computed.
Piece QueryMaker::item(Scope& made) {
  if (!scope_.empty() && random_.chance(60)) {
    const Variable variable = random_.of(scope_);
    if (variable.kind == Kind::kShortest) {  // of which only the length is determined
      const std::string name = newName("c");
      made.push_back({name, Kind::kInteger});
      return {"length(" + variable.name + ") AS " + name};
    }
    const bool known =
        std::any_of(made.begin(), made.end(), [&](const Variable& v) { return v.name == variable.name; });
    if (!known) {
      made.push_back(variable);
      return {variable.name};
    }
  }
  const Kind kind =
      random_.of(std::vector<Kind>{Kind::kInteger, Kind::kString, Kind::kMixed, Kind::kMixed, Kind::kBoolean});
  const std::string name = newName("c");
  const std::string text = expression(kind, random_.chance(30) ? 2 : 1);
  made.push_back({name, kind});
  return {text + " AS " + name};
}

// WITH or RETURN, up to its WHERE.
Piece QueryMaker::projection(const std::string& keyword, Scope& made, bool& ordered) {
  const bool aggregating = random_.chance(45);
  const bool distinct = !aggregating && random_.chance(25);
  Piece items{"", ", ", "", {}, true};
  const std::size_t keys = aggregating ? random_.below(3) : 1 + random_.below(3);
  for (std::size_t i = 0; i < keys; ++i) items.parts.push_back(item(made));
  const std::size_t aggregates = aggregating ? 1 + random_.below(2) : 0;
  for (std::size_t i = 0; i < aggregates; ++i) items.parts.push_back(aggregate(made));
  Piece out{keyword + (distinct ? " DISTINCT " : " "), "", "", {}};
  out.parts.push_back(std::move(items));
  const bool determined =
      std::none_of(made.begin(), made.end(), [](const Variable& v) { return v.kind == Kind::kBag; });
  if (!random_.chance(25)) return out;
  std::vector<std::string> order;
  for (const auto& variable : made) order.push_back(variable.name + (random_.chance(40) ? " DESC" : ""));
  if (determined) {
    ordered = true;
    Piece by{" ORDER BY ", ", ", "", {}};
    for (const auto& key : order) by.parts.push_back({key});
    out.parts.push_back(std::move(by));
    if (random_.chance(30)) out.parts.push_back({"", "", "", {{" SKIP " + std::to_string(random_.below(3))}}, true});
    if (random_.chance(50)) out.parts.push_back({"", "", "", {{" LIMIT " + std::to_string(random_.below(5))}}, true});
  } else {
    out.parts.push_back({"", "", "", {{" ORDER BY " + integer(0)}}, true});
  }
  return out;
}

Piece QueryMaker::with() {
  Scope made;
  bool ordered = false;
  Piece out = projection("WITH", made, ordered);
  scope_ = made;
  if (random_.chance(40)) out.parts.push_back(where());
  return out;
}

// CALL (...) { ... RETURN ... }
Piece QueryMaker::call(unsigned depth) {
  const Scope before = scope_;
  std::string imported;
  Scope inner;
  for (const auto& variable : scope_) {
    if (!random_.chance(60)) continue;
    inner.push_back(variable);
    imported += (imported.empty() ? "" : ", ") + variable.name;
  }
  scope_ = inner;
  Piece out{(random_.chance(20) ? "OPTIONAL CALL (" : "CALL (") + imported + ") { ", " ", " }", {}};
  out.parts.push_back(reading(depth - 1));
  Scope made;
  Piece items{"", ", ", "", {}, true};
  const std::string name = newName("c");
  if (random_.chance(40)) {
    items.parts.push_back(aggregate(made));
  } else {
    made.push_back({name, Kind::kMixed});
    items.parts.push_back({mixed(1) + " AS " + name});
    std::vector<std::string> nodes;
    for (const auto& variable : scope_) {
      const bool outside =
          std::any_of(before.begin(), before.end(), [&](const Variable& v) { return v.name == variable.name; });
      if (outside || variable.kind != Kind::kNode) continue;
      made.push_back(variable);
      items.parts.push_back({variable.name});
      break;
    }
  }
  out.parts.push_back({"RETURN ", "", "", {std::move(items)}});
  scope_ = before;
  scope_.insert(scope_.end(), made.begin(), made.end());
  return out;
}

Piece QueryMaker::reading(unsigned depth) {
  Piece out{"", " ", "", {}, true};
  const std::size_t count = 1 + random_.below(depth > 0 ? 4 : 2);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t choice = random_.below(20);
    if (i == 0 && choice != 13) {
      out.parts.push_back(match(random_.chance(5)));
    } else if (choice < 7) {
      out.parts.push_back(match(false));
    } else if (choice < 12) {
      out.parts.push_back(match(true));
    } else if (choice < 14) {
      out.parts.push_back(unwind());
    } else if (choice < 16) {
      out.parts.push_back(matchShortest());
    } else if (choice == 16 && depth > 0) {
      out.parts.push_back(call(depth));
    } else {
      out.parts.push_back(with());
    }
  }
  return out;
}

// Two parts with the same columns.
Piece QueryMaker::unionQuery() {
  const auto part = [&] {
    scope_.clear();
    Piece out{"", " ", "", {}};
    out.parts.push_back(reading(0));
    out.parts.push_back({"RETURN ", "", "", {{mixed(1) + " AS u, "}, {integer(1) + " AS v"}}});
    return out;
  };
  Piece out{"", random_.of({" UNION ", " UNION ALL "}), "", {}};
  out.parts.push_back(part());
  out.parts.push_back(part());
  return out;
}

// Patterns of which little is read: what the planner may count without listing the matches.
Piece QueryMaker::countingQuery() {
  Piece clauses{"", " ", "", {}, true};
  const std::size_t count = 1 + random_.below(3);
  for (std::size_t i = 0; i < count; ++i) clauses.parts.push_back(match(i > 0 && random_.chance(40)));
  Piece items{" RETURN ", ", ", "", {}, true};
  const std::string node = any(Kind::kNode), other = any(Kind::kNode), key = newName("c"), name = newName("a");
  const bool distinct = random_.chance(15);
  if (distinct) items.before = " RETURN DISTINCT ";
  if (!node.empty() && random_.chance(60))
    items.parts.push_back({node + random_.of({"", "", ".i", ".m"}) + " AS " + key});
  if (!node.empty() && random_.chance(10)) items.parts.push_back({other + " AS " + key + "2"});
  Scope made;
  if (!distinct || items.parts.empty()) items.parts.push_back({"count(*) AS " + name});
  if (!distinct && random_.chance(30)) items.parts.push_back(aggregate(made));
  return {"", "", "", {std::move(clauses), std::move(items)}};
}

QuerySpec QueryMaker::query() {
  QuerySpec spec;
  if (random_.chance(25)) {
    spec.text = countingQuery();
    return spec;
  }
  if (random_.chance(6)) {
    spec.text = unionQuery();
    return spec;
  }
  Scope made;
  spec.text = {"", " ", "", {}};
  spec.text.parts.push_back(reading(1));
  spec.text.parts.push_back(projection("RETURN", made, spec.ordered));
  return spec;
}

QuerySpec makeQuery(Random& random) { return QueryMaker{random}.query(); }

}  // namespace plexus::test
