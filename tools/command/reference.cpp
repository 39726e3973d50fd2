#include "core/function/reference.h"

#include <ostream>

#include "tools/command/options.h"

namespace plexus::tools {

Exit runReference(Arguments arguments, Streams& streams) {
  CLI::App app{"Prints the reference of functions, operators and procedures as Markdown.", "plexus reference"};
  if (const auto done = parseOptions(app, arguments, streams)) return *done;
  streams.out << function::referenceChapter();
  return Exit::kDone;
}

}  // namespace plexus::tools
