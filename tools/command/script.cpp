#include "tools/command/script.h"

#include "core/parse/parser.h"

namespace plexus::tools {

std::vector<std::string> runScript(Connection& connection, std::string_view text) {
  std::vector<std::string> warnings;
  connection.run("BEGIN");
  try {
    for (const Span span : parse::splitStatements(text)) {
      Result result = connection.run(text.substr(span.begin, span.end - span.begin));
      result.drain();
      const auto& more = result.summary().warnings;
      warnings.insert(warnings.end(), more.begin(), more.end());
    }
    connection.run("COMMIT");
  } catch (...) {
    if (connection.inTransaction()) connection.run("ROLLBACK");
    throw;
  }
  return warnings;
}

}  // namespace plexus::tools
