#include "import/load/import_arguments.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/base/nearest_name.h"

namespace plexus::load {
namespace {

[[noreturn]] void fail(std::string message, std::string hint = {}) {
  throw Error{
      ErrorType::kArgumentError, Phase::kCompile, "InvalidArgumentValue", std::move(message), {}, std::move(hint)};
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

// "A:B=x,y" -> "A:B" and the files; what stands before `=` may be missing.
std::pair<std::string, std::vector<std::filesystem::path>> readFiles(const std::string& option,
                                                                     const std::string& text) {
  const std::size_t equals = text.find('=');
  const std::string names = equals == std::string::npos ? "" : text.substr(0, equals);
  std::vector<std::filesystem::path> files;
  for (const std::string& file : split(equals == std::string::npos ? text : text.substr(equals + 1), ',')) {
    if (file.empty()) fail(fmt::format("{} `{}`: a file name is empty", option, text));
    files.emplace_back(file);
  }
  return {names, files};
}

// COLUMN[=PROPERTY][:TYPE], separated by commas.
std::vector<PropertyColumn> readProperties(const std::string& text) {
  std::vector<PropertyColumn> properties;
  for (const std::string& part : split(text, ',')) {
    PropertyColumn property;
    std::string name = part;
    if (const std::size_t colon = part.rfind(':'); colon != std::string::npos) {
      property.type = part.substr(colon + 1);
      name = part.substr(0, colon);
    }
    const std::size_t equals = name.find('=');
    property.column = name.substr(0, equals);
    if (equals != std::string::npos) property.property = name.substr(equals + 1);
    if (property.column.empty()) fail(fmt::format("--properties `{}`: a column name is empty", text));
    properties.push_back(std::move(property));
  }
  return properties;
}

RelationshipSource::End readEnd(const std::string& option, const std::string& text) {
  const std::size_t dot = text.find('.');
  if (dot == std::string::npos || dot == 0 || dot + 1 == text.size()) {
    fail(fmt::format("{} `{}`: expected LABEL.COLUMN", option, text));
  }
  return {text.substr(0, dot), text.substr(dot + 1)};
}

char readCharacter(const std::string& option, const std::string& text) {
  const std::string word = lower(text);
  if (word == "tab" || text == "\\t") return '\t';
  if (word == "none" || text.empty()) return 0;
  if (text.size() != 1) fail(fmt::format("{} `{}`: expected one character, TAB or NONE", option, text));
  return text[0];
}

std::size_t readNumber(const std::string& option, std::string text) {
  std::size_t unit = 1;
  if (option == "--memory" && !text.empty()) {
    static const std::string kUnits = "kmgt";
    const std::size_t power = kUnits.find(lower(text).back());
    if (power != std::string::npos) {
      unit = std::size_t{1} << (10 * (power + 1));
      text.pop_back();
    }
  }
  std::size_t number = 0;
  const auto [ptr, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (code != std::errc{} || ptr != text.data() + text.size())
    fail(fmt::format("{} `{}`: expected a number", option, text));
  return number * unit;
}

class ArgumentReader {
 public:
  explicit ArgumentReader(std::span<const std::string> arguments) : rest_{arguments} {}

  ImportOptions read() {
    while (!rest_.empty()) {
      std::string argument = take();
      if (argument.size() < 2 || argument[0] != '-') {
        options_.files.emplace_back(argument);
        continue;
      }
      attached_.reset();
      if (const std::size_t equals = argument.find('='); equals != std::string::npos) {
        attached_ = argument.substr(equals + 1);
        argument.resize(equals);
      }
      readOption(argument);
    }
    return std::move(options_);
  }

 private:
  struct Option {
    std::string_view name;
    void (ArgumentReader::*action)(const std::string& name);
  };
  static const std::vector<Option>& known();

  std::string take() {
    std::string first = rest_.front();
    rest_ = rest_.subspan(1);
    return first;
  }

  void readOption(const std::string& name) {
    const auto& options = known();
    const auto found = std::find_if(options.begin(), options.end(), [&](const Option& o) { return o.name == name; });
    if (found == options.end()) {
      std::vector<std::string> names;
      names.reserve(options.size());
      for (const Option& option : options) names.emplace_back(option.name);
      fail(fmt::format("unknown option `{}` of import", name), didYouMean(name, names));
    }
    (this->*found->action)(name);
    if (attached_) fail(fmt::format("{} takes no value", name));
  }

  std::string value(const std::string& name) {
    if (attached_) return *std::exchange(attached_, std::nullopt);
    if (rest_.empty()) fail(fmt::format("{} needs a value", name));
    return take();
  }

  void format(const std::string& name) {
    const std::string text = value(name);
    if (text == "csv" || text == "tsv") {
      options_.format = Format::kCsv;
      if (text == "tsv") options_.dialect.delimiter = '\t';
    } else if (text == "neo4j") {
      options_.format = Format::kNeo4j;
    } else if (text == "hetionet") {
      options_.format = Format::kHetionet;
    } else {
      static const std::vector<std::string> kFormats{"csv", "tsv", "neo4j", "hetionet"};
      fail(fmt::format("--format: there is no format `{}`; there are csv, tsv, neo4j, hetionet", text),
           didYouMean(text, kFormats));
    }
  }

  void nodes(const std::string& name) {
    const auto [labels, files] = readFiles(name, value(name));
    NodeSource source;
    if (!labels.empty()) source.labels = split(labels, ':');
    source.files = files;
    options_.nodes.push_back(std::move(source));
    last_ = Last::kNodes;
  }

  void relationships(const std::string& name) {
    const auto [type, files] = readFiles(name, value(name));
    RelationshipSource source;
    source.type = type;
    source.files = files;
    options_.relationships.push_back(std::move(source));
    last_ = Last::kRelationships;
  }

  void id(const std::string& name) { lastNodes(name).idColumn = value(name); }
  void from(const std::string& name) { lastRelationships(name).from = readEnd(name, value(name)); }
  void to(const std::string& name) { lastRelationships(name).to = readEnd(name, value(name)); }

  void properties(const std::string& name) {
    auto list = readProperties(value(name));
    if (last_ == Last::kNothing) fail("--properties belongs behind --nodes or --relationships");
    (last_ == Last::kNodes ? options_.nodes.back().properties : options_.relationships.back().properties) =
        std::move(list);
  }

  NodeSource& lastNodes(const std::string& name) {
    if (last_ != Last::kNodes) fail(fmt::format("{} belongs behind --nodes", name));
    return options_.nodes.back();
  }

  RelationshipSource& lastRelationships(const std::string& name) {
    if (last_ != Last::kRelationships) fail(fmt::format("{} belongs behind --relationships", name));
    return options_.relationships.back();
  }

  void delimiter(const std::string& name) {
    options_.dialect.delimiter = readCharacter(name, value(name));
    if (options_.dialect.delimiter == 0) fail("--delimiter: there must be one");
  }
  void quote(const std::string& name) { options_.dialect.quote = readCharacter(name, value(name)); }
  void escape(const std::string& name) { options_.dialect.escape = readCharacter(name, value(name)); }
  void comment(const std::string& name) { options_.dialect.comment = readCharacter(name, value(name)); }
  void arrayDelimiter(const std::string& name) { options_.arrayDelimiter = readCharacter(name, value(name)); }
  void null(const std::string& name) { options_.nullText = value(name); }
  void noHeader(const std::string&) { options_.dialect.header = false; }
  void shortRows(const std::string&) { options_.allowShortRows = true; }
  void maxErrors(const std::string& name) { options_.examplesPerKind = readNumber(name, value(name)); }
  void memory(const std::string& name) { options_.memoryBytes = readNumber(name, value(name)); }
  void threads(const std::string& name) { options_.threads = static_cast<unsigned>(readNumber(name, value(name))); }

  void idType(const std::string& name) {
    const std::string type = lower(value(name));
    if (type != "string" && type != "integer") fail("--id-type: expected string or integer");
    options_.integerIds = type == "integer";
  }

  void onError(const std::string& name) {
    const std::string text = value(name);
    if (text == "stop") {
      options_.onError = OnError::kStop;
    } else if (text == "skip") {
      options_.onError = OnError::kSkip;
    } else if (text == "reject" || text.starts_with("reject=")) {
      options_.onError = OnError::kReject;
      options_.rejectFile = text == "reject" ? value("--on-error reject") : text.substr(7);
    } else {
      fail(fmt::format("--on-error `{}`: expected stop, skip or reject FILE", text));
    }
  }

  enum class Last { kNothing, kNodes, kRelationships };
  std::span<const std::string> rest_;
  std::optional<std::string> attached_;  // what stands behind `=` in the option's own argument
  ImportOptions options_;
  Last last_ = Last::kNothing;
};

const std::vector<ArgumentReader::Option>& ArgumentReader::known() {
  using R = ArgumentReader;
  static const std::vector<Option> kOptions{
      {"--format", &R::format},  {"--nodes", &R::nodes},           {"--relationships", &R::relationships},
      {"--id", &R::id},          {"--properties", &R::properties}, {"--from", &R::from},
      {"--to", &R::to},          {"--delimiter", &R::delimiter},   {"--quote", &R::quote},
      {"--escape", &R::escape},  {"--comment", &R::comment},       {"--array-delimiter", &R::arrayDelimiter},
      {"--null", &R::null},      {"--no-header", &R::noHeader},    {"--short-rows", &R::shortRows},
      {"--id-type", &R::idType}, {"--on-error", &R::onError},      {"--max-errors", &R::maxErrors},
      {"--memory", &R::memory},  {"--threads", &R::threads},
  };
  return kOptions;
}

}  // namespace

ImportOptions parseImportArguments(std::span<const std::string> arguments) { return ArgumentReader{arguments}.read(); }

std::string importUsage() {
  return R"(  --format csv|tsv|neo4j|hetionet
  --nodes LABEL[:LABEL...]=FILE[,FILE...]   a group of files with the same columns
                                            (neo4j: without LABEL=, a :LABEL column says it)
  --relationships TYPE=FILE[,FILE...]       (neo4j: without TYPE=, a :TYPE column says it)
  --id COLUMN                               csv: the id of the --nodes before it
  --from LABEL.COLUMN --to LABEL.COLUMN     csv: the ends of the --relationships before it
  --properties COLUMN[=NAME][:TYPE],...     csv: of the --nodes or --relationships before it; default: all
                                            columns, with the type that all their values suit
  FILE...                                   hetionet: nodes.tsv and .sif files, plain or gzip
  --delimiter C, --quote C, --escape C, --comment C, --array-delimiter C
                                            one character, TAB or NONE; default: , " NONE NONE ;
  --no-header                               csv: columns are called 1, 2, ...
  --null TEXT                               unquoted cells that read so are absent
  --short-rows                              missing cells at the end of a row are absent, not an error
  --id-type string|integer                  neo4j: how ids are stored
  --on-error stop|skip|reject FILE          default: stop at the first wrong row, and store nothing
  --max-errors N                            examples shown of each kind of error (5)
  --memory BYTES, --threads N               for sorting; BYTES as 512M or 4G
)";
}

}  // namespace plexus::load
