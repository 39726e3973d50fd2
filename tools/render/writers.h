// tools/render/writers.h: the writers behind result_writer.h, a file each.
#pragma once

#include <iosfwd>
#include <memory>

#include "tools/render/result_writer.h"

namespace plexus::tools {

// A box of lines. Columns share `width` so that the table fits; longer cells are cut and end in an ellipsis.
std::unique_ptr<ResultWriter> makeTableWriter(std::ostream& out, std::size_t width);
// RFC 4180: fields with the delimiter, quotes or line ends are quoted; null is an empty field, an empty string is "".
std::unique_ptr<ResultWriter> makeDelimitedWriter(std::ostream& out, char delimiter);
// One array of objects, keys in column order.
std::unique_ptr<ResultWriter> makeJsonWriter(std::ostream& out);
// One object a line, keys in column order.
std::unique_ptr<ResultWriter> makeJsonLinesWriter(std::ostream& out);
// A GitHub table; bars and line ends in cells are escaped.
std::unique_ptr<ResultWriter> makeMarkdownWriter(std::ostream& out);

}  // namespace plexus::tools
