#include "tools/command/script.h"

#include "core/parse/parser.h"

namespace plexus::tools {

void runScript(Connection& connection, std::string_view text) {
  connection.run("BEGIN");
  try {
    for (const Span span : parse::splitStatements(text)) {
      connection.run(text.substr(span.begin, span.end - span.begin)).drain();
    }
    connection.run("COMMIT");
  } catch (...) {
    if (connection.inTransaction()) connection.run("ROLLBACK");
    throw;
  }
}

}  // namespace plexus::tools
