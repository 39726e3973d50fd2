#include "tools/command/parameters.h"

#include <algorithm>

#include <simdjson.h>

#include "core/parse/parser.h"
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

Value fromJson(const simdjson::dom::element& element) {
  using simdjson::dom::element_type;
  switch (element.type()) {
    case element_type::NULL_VALUE:
      return {};
    case element_type::BOOL:
      return Value{bool{element}};
    case element_type::INT64:
      return Value{std::int64_t{element}};
    case element_type::UINT64:
      return Value{static_cast<double>(std::uint64_t{element})};
    case element_type::DOUBLE:
      return Value{double{element}};
    case element_type::STRING:
      return Value{std::string_view{element}};
    case element_type::ARRAY: {
      List list;
      for (const auto item : simdjson::dom::array{element}) list.push_back(fromJson(item));
      return Value{std::move(list)};
    }
    case element_type::OBJECT: {
      std::vector<MapEntry> entries;
      for (const auto& [key, value] : simdjson::dom::object{element}) entries.emplace_back(key, fromJson(value));
      return Value{Map{std::move(entries)}};
    }
  }
  return {};
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
  simdjson::dom::parser parser;
  simdjson::dom::element document;
  if (const auto code = parser.load(file).get(document); code != simdjson::SUCCESS)
    throw Error{ErrorType::kInputError, Phase::kCompile, "", simdjson::error_message(code),
                RecordPosition{file, 0, {}}};
  simdjson::dom::object object;
  if (document.get(object) != simdjson::SUCCESS)
    throw Error{ErrorType::kInputError, Phase::kCompile, "", "expected a JSON object of parameters",
                RecordPosition{file, 1, {}}};
  for (const auto& [key, value] : object) parameters[std::string{key}] = fromJson(value);
}

}  // namespace plexus::tools
