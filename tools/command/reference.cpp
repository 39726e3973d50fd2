#include "core/function/reference.h"

#include <ostream>

#include "tools/command/options.h"

namespace plexus::tools {

Exit runReference(Arguments arguments, Streams& streams) {
  OptionParser parser{"plexus reference", "Prints the reference of functions, operators and procedures as Markdown."};
  if (const auto done = parser.parse(arguments, streams)) return *done;
  streams.out << function::referenceChapter();
  return Exit::kDone;
}

}  // namespace plexus::tools
