#include "tools/command/options.h"

#include <CLI/CLI.hpp>
#include <algorithm>

namespace plexus::tools {

struct OptionParser::Impl {
  Impl(const std::string& command, const std::string& summary) : app{summary, command} {}
  CLI::App app;
  std::string hintForStray;
};

OptionParser::OptionParser(const std::string& command, const std::string& summary)
    : impl_{std::make_unique<Impl>(command, summary)} {}
OptionParser::~OptionParser() = default;

void OptionParser::argument(const std::string& name, std::string& to, const std::string& help, Need need) {
  impl_->app.add_option(name, to, help)->required(need == Need::kRequired);
}

void OptionParser::option(const std::string& names, Variable to, const std::string& help) {
  std::visit([&](auto* variable) { impl_->app.add_option(names, *variable, help)->allow_extra_args(false); }, to);
}

void OptionParser::choice(const std::string& names, std::string& to, const std::string& help,
                          const std::vector<std::string>& values) {
  impl_->app.add_option(names, to, help)->check(CLI::IsMember(values));
}

void OptionParser::number(const std::string& names, unsigned& to, const std::string& help, unsigned least,
                          unsigned most) {
  impl_->app.add_option(names, to, help)->check(CLI::Range(least, most));
}

void OptionParser::flag(const std::string& names, bool& to, const std::string& help) {
  impl_->app.add_flag(names, to, help);
}

void OptionParser::exclude(const std::string& one, const std::string& other) {
  impl_->app.get_option(one)->excludes(impl_->app.get_option(other));
}

void OptionParser::hintForStray(const std::string& hint) { impl_->hintForStray = "; " + hint; }

std::optional<Exit> OptionParser::parse(Arguments arguments, Streams& streams) {
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());  // CLI11 takes them from the back
  CLI::App& app = impl_->app;
  try {
    app.parse(std::move(reversed));
    return std::nullopt;
  } catch (const CLI::CallForHelp&) {
    streams.out << app.help();
    return Exit::kDone;
  } catch (const CLI::ParseError& error) {
    const auto extra = app.remaining();
    const bool isStray = std::any_of(extra.begin(), extra.end(), [](const auto& a) { return a.rfind('-', 0) != 0; });
    throw UsageError{app.get_name() + ": " + error.what() + (isStray ? impl_->hintForStray : "") + " (see " +
                     app.get_name() + " --help)"};
  }
}

}  // namespace plexus::tools
