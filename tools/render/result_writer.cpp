#include "tools/render/result_writer.h"

#include <algorithm>

#include "tools/render/writers.h"

namespace plexus::tools {

const std::vector<std::string>& formatNames() {
  static const std::vector<std::string> names{"table", "csv", "tsv", "json", "jsonl", "markdown"};
  return names;
}

std::optional<Format> parseFormat(std::string_view name) {
  const auto& names = formatNames();
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Format>(found - names.begin());
}

std::unique_ptr<ResultWriter> makeWriter(Format format, std::ostream& out, std::size_t width) {
  switch (format) {
    case Format::kTable:
      return makeTableWriter(out, width);
    case Format::kCsv:
      return makeDelimitedWriter(out, ',');
    case Format::kTsv:
      return makeDelimitedWriter(out, '\t');
    case Format::kJson:
      return makeJsonWriter(out);
    case Format::kJsonLines:
      return makeJsonLinesWriter(out);
    case Format::kMarkdown:
      return makeMarkdownWriter(out);
  }
  return nullptr;
}

}  // namespace plexus::tools
