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

// What of a statement's properties is in no assertion: " {status: 'established'}".
std::string qualifiersText(const Value& properties, const Value& assertions) {
  if (!properties.is(ValueKind::kMap) || !assertions.is(ValueKind::kList)) return "";
  std::vector<MapEntry> qualifiers;
  for (const auto& entry : properties.map().entries()) {
    const List& rows = assertions.list();
    if (rows.empty() || !rows.front().map().find(entry.first)) qualifiers.push_back(entry);
  }
  return qualifiers.empty() ? "" : " {" + lineOf(Map{std::move(qualifiers)}) + "}";
}

void print(std::ostream& out, Result& result) {
  bool any = false;
  for (; result.nextRow(); any = true) {
    const Value step = result.value(0), because = result.value(1), properties = result.value(2);
    const Value assertions = result.value(3);
    out << step.string() << qualifiersText(properties, assertions) << " (" << because.string() << ")\n";
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
                            "YIELD step, because, evidence, assertions RETURN step, because, evidence, assertions";
  try {
    const InterruptOnSignal interrupt{state.connection};
    Result result = state.connection.run(query, state.parameters);
    print(state.streams.out, result);
  } catch (const Error& error) {
    state.streams.err << error.render(query) << '\n';
  }
}

}  // namespace plexus::tools
