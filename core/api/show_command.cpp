#include "core/api/show_command.h"

#include <algorithm>

#include "core/base/nearest_name.h"

namespace plexus::api {
namespace {

std::string quoted(const std::string& name) {
  std::string text = "`";
  for (const char c : name) text += c == '`' ? "``" : std::string(1, c);
  return text + "`";
}

std::string_view at(std::string_view text, Span span) { return text.substr(span.begin, span.end - span.begin); }

std::string itemsText(const ast::Projection& projection, std::string_view text) {
  std::string items = projection.star ? "*" : "";
  for (const auto& item : projection.items) {
    items += items.empty() ? "" : ", ";
    items += at(text, item.expression->span);
    if (item.alias) items += " AS " + quoted(item.alias->text);
  }
  return items;
}

std::string orderByText(const ast::Projection& projection, std::string_view text) {
  std::string order;
  for (const auto& item : projection.orderBy) {
    order += order.empty() ? " ORDER BY " : ", ";
    order += at(text, item.expression->span);
    if (item.descending) order += " DESC";
  }
  return order;
}

// ORDER BY, SKIP and LIMIT.
std::string orderText(const ast::Projection& projection, std::string_view text) {
  std::string order = orderByText(projection, text);
  if (projection.skip) order += " SKIP " + std::string{at(text, projection.skip->span)};
  if (projection.limit) order += " LIMIT " + std::string{at(text, projection.limit->span)};
  return order;
}

}  // namespace

std::vector<std::string> ShowTable::shownColumns() const {
  return {columns.begin(), columns.begin() + static_cast<std::ptrdiff_t>(shown)};
}

std::vector<std::vector<Value>> ShowTable::shownRows() const {
  auto shownRows = rows;
  for (auto& row : shownRows) row.resize(shown);
  return shownRows;
}

Value ShowTable::asMaps() const {
  List maps;
  for (const auto& row : rows) {
    std::vector<MapEntry> entries;
    for (std::size_t i = 0; i < columns.size(); ++i) entries.emplace_back(columns[i], row[i]);
    maps.push_back(Map{std::move(entries)});
  }
  return maps;
}

std::string showQuery(const ast::Show& show, std::string_view text, const ShowTable& table) {
  std::string query = "UNWIND $" + quoted(kShowRows) + " AS ` row` WITH ";
  std::string names;  // in the order of the command: `*` would sort them
  const auto add = [&](const std::string& field, const std::string& alias) {
    query += (names.empty() ? "" : ", ") + std::string{"` row`."} + quoted(field) + " AS " + quoted(alias);
    names += (names.empty() ? "" : ", ") + quoted(alias);
  };
  if (show.yield.empty()) {
    const std::size_t count = show.yieldStar ? table.columns.size() : table.shown;
    for (std::size_t i = 0; i < count; ++i) add(table.columns[i], table.columns[i]);
  }
  for (const auto& item : show.yield) {
    if (std::find(table.columns.begin(), table.columns.end(), item.field.text) == table.columns.end()) {
      throwCompile(ErrorType::kSyntaxError, "UndefinedVariable",
                   "SHOW " + show.subject + " has no column `" + item.field.text + "`", item.field.span,
                   didYouMean(item.field.text, table.columns));
    }
    add(item.field.text, item.alias ? item.alias->text : item.field.text);
  }
  if (show.order) query += orderText(*show.order, text);
  if (show.where) query += " WHERE " + std::string{at(text, show.where->span)};
  query += std::string{" RETURN "} + (show.returns && show.returns->distinct ? "DISTINCT " : "");
  query += show.returns && !show.returns->items.empty() ? itemsText(*show.returns, text) : names;
  if (show.returns) query += orderText(*show.returns, text);
  if (show.order && !show.returns) query += orderByText(*show.order, text);
  return query;
}

}  // namespace plexus::api
