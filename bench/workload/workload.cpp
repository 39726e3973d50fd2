#include "bench/workload/workload.h"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>
#include <simdjson.h>

#include "core/value/print.h"

namespace plexus::bench {
namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

Value fromJson(const element& json) {
  switch (json.type()) {
    case element_type::BOOL:
      return Value{bool{json}};
    case element_type::INT64:
      return Value{std::int64_t{json}};
    case element_type::DOUBLE:
      return Value{double{json}};
    case element_type::STRING:
      return Value{std::string_view{json}};
    default:
      return {};
  }
}

Rows readRows(const element& json) {
  Rows rows;
  for (const auto row : json.get_array()) {
    rows.emplace_back();
    for (const auto cell : row.get_array()) rows.back().push_back(fromJson(cell));
  }
  return rows;
}

std::vector<Item> readItems(const element& query) {
  std::vector<Item> items;
  element parameters, answers;
  if (query["params"].get(parameters) == simdjson::SUCCESS) {
    for (const auto set : parameters.get_array()) {
      items.emplace_back();
      for (const auto& [key, value] : set.get_object()) items.back().parameters[std::string{key}] = fromJson(value);
    }
  }
  if (items.empty()) items.emplace_back();
  if (query["answers"].get(answers) == simdjson::SUCCESS) {
    std::size_t i = 0;
    for (const auto answer : answers.get_array()) items.at(i++).answer = readRows(answer);
  }
  return items;
}

std::vector<std::int64_t> readCounts(const element& document, const std::string& dataSet) {
  std::vector<std::int64_t> counts;
  element data;
  if (document["data"].get_object().error() != simdjson::SUCCESS) return counts;
  if (document["data"][dataSet].get(data) != simdjson::SUCCESS)
    throw std::runtime_error{"the workload has no answers for the data set `" + dataSet + "`"};
  for (const auto count : data.get_array()) counts.push_back(std::int64_t{count});
  return counts;
}

std::string canonical(const std::vector<Value>& row) {
  std::string text;
  for (const Value& value : row)
    text += value.is(ValueKind::kFloat) ? fmt::format("{:.6g} | ", value.floating()) : toCypherText(value) + " | ";
  return text;
}

}  // namespace

std::vector<Query> readWorkload(const std::filesystem::path& file, const std::string& dataSet) {
  simdjson::dom::parser parser;
  const element document = parser.load(file.string());
  const auto counts = readCounts(document, dataSet);
  std::vector<Query> queries;
  for (const auto json : document["queries"].get_array()) {
    Query query;
    query.id = std::string_view{json["id"]};
    query.title = std::string_view{json["title"]};
    query.text = std::string_view{json["query"]};
    bool ordered = false;
    if (json["ordered"].get(ordered) == simdjson::SUCCESS) query.ordered = ordered;
    query.items = readItems(json);
    if (!counts.empty()) query.items[0].answer = Rows{{Value{counts.at(queries.size())}}};
    queries.push_back(std::move(query));
  }
  return queries;
}

bool matches(const Rows& got, const Rows& wanted, bool ordered) {
  std::vector<std::string> a, b;
  for (const auto& row : got) a.push_back(canonical(row));
  for (const auto& row : wanted) b.push_back(canonical(row));
  if (!ordered) {
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
  }
  return a == b;
}

}  // namespace plexus::bench
