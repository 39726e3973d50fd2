#include "core/value/json.h"

#include <simdjson.h>

namespace plexus {
namespace {

Value valueOf(const simdjson::dom::element& element) {
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
      for (const auto item : simdjson::dom::array{element}) list.push_back(valueOf(item));
      return Value{std::move(list)};
    }
    case element_type::OBJECT: {
      std::vector<MapEntry> entries;
      for (const auto& [key, value] : simdjson::dom::object{element}) entries.emplace_back(key, valueOf(value));
      return Value{Map{std::move(entries)}};
    }
  }
  return {};
}

}  // namespace

std::optional<Value> readJson(std::string_view text, std::string& why) {
  simdjson::dom::parser parser;
  simdjson::dom::element document;
  if (const auto code = parser.parse(text.data(), text.size()).get(document); code != simdjson::SUCCESS) {
    why = simdjson::error_message(code);
    return std::nullopt;
  }
  return valueOf(document);
}

}  // namespace plexus
