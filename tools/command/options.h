// tools/command/options.h: the command line of one sub-command, with our exit statuses. CLI11 reads it (options.cpp).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "tools/command/command.h"

namespace plexus::tools {

// What `--help` shows, and where the values go. The variables must live until parse() is over; one whose option is not
// given keeps its value.
class OptionParser {
 public:
  using Variable = std::variant<std::string*, std::optional<std::string>*, std::vector<std::string>*, unsigned*,
                                std::size_t*, double*>;
  enum class Need { kRequired, kOptional };

  OptionParser(const std::string& command, const std::string& summary);
  ~OptionParser();
  OptionParser(const OptionParser&) = delete;
  OptionParser& operator=(const OptionParser&) = delete;

  // By place, in order of declaration.
  void argument(const std::string& name, std::string& to, const std::string& help, Need need = Need::kRequired);
  // `names`: "-c,--command". A list takes a value each time the option is given.
  void option(const std::string& names, Variable to, const std::string& help);
  void choice(const std::string& names, std::string& to, const std::string& help,
              const std::vector<std::string>& values);
  void number(const std::string& names, unsigned& to, const std::string& help, unsigned least, unsigned most);
  void flag(const std::string& names, bool& to, const std::string& help);
  // What to say to one who gives more arguments by place than there are.
  void hintForStray(const std::string& hint);
  // Two options that may not be given together.
  void exclude(const std::string& one, const std::string& other);

  // kDone where `--help` was asked for and has been printed. Throws UsageError for anything wrong.
  std::optional<Exit> parse(Arguments arguments, Streams& streams);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace plexus::tools
