#include "tools/shell/statement.h"

#include <ostream>

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "core/base/gql_status.h"
#include "tools/command/interrupt.h"

namespace plexus::tools {
namespace {

std::size_t terminalWidth() {
  winsize size{};
  return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

std::string timingText(const Summary& summary) {
  const Timings& t = summary.timings;
  return fmt::format("{} row{} in {:.1f} ms (parse {:.1f}, plan {:.1f}, run {:.1f})", summary.rows,
                     summary.rows == 1 ? "" : "s", t.parseMs + t.planMs + t.runMs, t.parseMs, t.planMs, t.runMs);
}

void print(ShellState& state, Result& result) {
  if (!result.columns().empty()) {
    const auto writer = makeWriter(state.format, state.streams.out, state.terminal ? terminalWidth() : 0);
    writer->begin(result.columns());
    std::vector<Value> row(result.columns().size());
    while (result.nextRow()) {
      for (std::size_t i = 0; i < row.size(); ++i) row[i] = result.value(i);
      writer->row(row, result.entities());
    }
    writer->end();
  }
  result.drain();
  const Summary& summary = result.summary();
  for (const auto& warning : summary.warnings) state.streams.err << "warning: " << warning << '\n';
  if (!summary.profile.empty()) state.streams.err << summary.profile;
  if (summary.counters.any()) state.streams.err << summary.counters.text() << '\n';
  if (state.timing) state.streams.err << timingText(summary) << std::endl;
}

}  // namespace

bool runStatement(ShellState& state, const std::string& statement) {
  try {
    const InterruptOnSignal interrupt{state.connection};
    Result result = state.connection.run(statement, state.parameters);
    print(state, result);
    return true;
  } catch (const Error& error) {
    state.streams.out.flush();
    state.streams.err << error.render(statement) << '\n' << statusLine(error) << std::endl;
    return false;
  }
}

}  // namespace plexus::tools
