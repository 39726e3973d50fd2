// tests/differential/random_query.h: random queries over the graphs of random_graph.h. They bind, their answers are
// determined as bags (lists gathered by collect() have names that start with `bag`), and run-time errors are rare.
#pragma once

#include <string>

#include "tests/differential/piece.h"
#include "tests/differential/random.h"

namespace plexus::test {

struct QuerySpec {
  Piece text;
  bool ordered = false;  // the order of the rows is determined too
};

QuerySpec makeQuery(Random& random);

}  // namespace plexus::test
