#include "tools/shell/why.h"

#include <ostream>

#include "tools/command/interrupt.h"

namespace plexus::tools {
namespace {

// "source: 'trial 1', publications: ['PMID:1']"
std::string lineOf(const Map& row) {
  std::string text;
  for (const auto& [name, value] : row.entries()) {
    text += (text.empty() ? "" : ", ") + name + ": " + toCypherText(value);
  }
  return text;
}

void print(std::ostream& out, Result& result) {
  bool any = false;
  for (; result.nextRow(); any = true) {
    const Value step = result.value(0), because = result.value(1), assertions = result.value(2);
    out << step.string() << " (" << because.string() << ")\n";
    const std::string indent(step.string().find_first_not_of(' ') + 4, ' ');
    if (!assertions.is(ValueKind::kList)) continue;
    for (const Value& row : assertions.list()) out << indent << "- " << lineOf(row.map()) << '\n';
  }
  if (!any) out << "no relationship matches\n";
}

}  // namespace

void tellWhy(ShellState& state, const std::string& pattern) {
  const std::string query = "MATCH p = " + pattern +
                            " UNWIND relationships(p) AS r WITH DISTINCT r CALL kg.explain(r) "
                            "YIELD step, because, assertions RETURN step, because, assertions";
  try {
    const InterruptOnSignal interrupt{state.connection};
    Result result = state.connection.run(query, state.parameters);
    print(state.streams.out, result);
  } catch (const Error& error) {
    state.streams.err << error.render(query) << '\n';
  }
}

}  // namespace plexus::tools
