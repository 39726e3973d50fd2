#include "tools/command/parameters.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "core/parse/parser.h"
#include "core/value/json.h"
#include "tools/command/command.h"

namespace plexus::tools {
namespace {

bool isLiteral(const ast::Expression& e) {
  const auto all = [](const auto& items, auto get) {
    return std::all_of(items.begin(), items.end(), [&](const auto& item) { return isLiteral(*get(item)); });
  };
  switch (e.kind()) {
    case ast::ExpressionKind::kLiteral:
      return true;
    case ast::ExpressionKind::kUnary:
      return e.as<ast::Unary>().op != ast::UnaryOperator::kNot && isLiteral(*e.as<ast::Unary>().operand);
    case ast::ExpressionKind::kList:
      return all(e.as<ast::ListExpression>().elements, [](const auto& x) { return x.get(); });
    case ast::ExpressionKind::kMap:
      return all(e.as<ast::MapExpression>().entries, [](const auto& x) { return x.second.get(); });
    default:
      return false;
  }
}

}  // namespace

Value parseLiteral(Connection& connection, const std::string& text) {
  try {
    if (!isLiteral(*parse::parseExpression(text))) return Value{text};
    Result result = connection.run("RETURN " + text);
    return result.nextRow() ? result.value(0) : Value{};
  } catch (const Error&) {
    return Value{text};
  }
}

void addParameter(Connection& connection, const std::string& assignment, Parameters& parameters) {
  const auto equals = assignment.find('=');
  if (equals == std::string::npos || equals == 0)
    throw UsageError{"a parameter is given as name=LITERAL, not `" + assignment + "`"};
  parameters[assignment.substr(0, equals)] = parseLiteral(connection, assignment.substr(equals + 1));
}

void addParametersFromFile(const std::string& file, Parameters& parameters) {
  std::ifstream stream{file, std::ios::binary};
  if (!stream) throw Error{ErrorType::kInputError, Phase::kCompile, "", "cannot be read", RecordPosition{file, 0, {}}};
  std::stringstream text;
  text << stream.rdbuf();
  std::string why;
  const auto document = readJson(text.str(), why);
  if (!document) throw Error{ErrorType::kInputError, Phase::kCompile, "", why, RecordPosition{file, 0, {}}};
  if (!document->is(ValueKind::kMap))
    throw Error{ErrorType::kInputError, Phase::kCompile, "", "expected a JSON object of parameters",
                RecordPosition{file, 1, {}}};
  for (const auto& [key, value] : document->map().entries()) parameters[std::string{key}] = value;
}

}  // namespace plexus::tools
