// plexus demo: the leiomyosarcoma sample, from data inside the binary.
#include <ostream>

#include <fmt/format.h>

#include "import/load/sample.h"
#include "import/load/sample_data.h"
#include "tools/command/options.h"
#include "tools/command/script.h"

namespace plexus::tools {

Exit runDemo(Arguments arguments, Streams& streams) {
  std::string path;
  OptionParser parser{
      "plexus demo",
      "Builds the leiomyosarcoma sample: 53 entities and 96 statements of an article, with their evidence."};
  parser.argument("DB", path, "the database to make");
  if (const auto done = parser.parse(arguments, streams)) return *done;
  const auto database = openDatabase(path);
  if (database->snapshot().nodeCount() > 0)
    throw Error{ErrorType::kInputError, Phase::kRuntime, "", path + " holds data already; name a new database"};
  runScript(*database->connect(), load::sampleSchema());
  const auto report = load::buildSample(database->store());
  streams.out << fmt::format("{} nodes, {} relationships. Next: plexus {}\n", report.nodes, report.relationships, path);
  return Exit::kDone;
}

}  // namespace plexus::tools
