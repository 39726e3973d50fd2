#include "bench/patterns/schema.h"

namespace plexus::bench {

std::vector<Way> readWays(Connection& connection) {
  std::vector<Way> ways;
  auto result = connection.run(
      "MATCH (a)-[r]->(b) RETURN type(r) AS type, labels(a)[0] AS from, labels(b)[0] AS to, count(*) AS n "
      "ORDER BY type, from, to");
  while (result.nextRow()) {
    ways.push_back({std::string{result.value(0).string()}, std::string{result.value(1).string()},
                    std::string{result.value(2).string()}, static_cast<std::uint64_t>(result.value(3).integer())});
  }
  return ways;
}

}  // namespace plexus::bench
