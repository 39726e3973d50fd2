#include "import/format/neo4j_header.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "core/base/nearest_name.h"

namespace plexus::format {
namespace {

using Role = ColumnPlan::Role;

// NAME:TYPE(SPACE){OPTIONS}, each part but TYPE or NAME optional.
struct Parts {
  std::string name, type, space, options;
};

std::string_view cutBraces(std::string_view& text, char open, char close) {
  const std::size_t begin = text.find(open);
  if (begin == std::string_view::npos) return {};
  const std::size_t end = text.find(close, begin);
  const std::string_view inside =
      text.substr(begin + 1, (end == std::string_view::npos ? text.size() : end) - begin - 1);
  text = text.substr(0, begin);
  return inside;
}

Parts split(std::string_view header) {
  // The last colon outside braces separates; names may have colons of their own.
  std::size_t colon = std::string_view::npos;
  for (std::size_t i = 0, depth = 0; i < header.size(); ++i) {
    if (header[i] == '{' || header[i] == '(') ++depth;
    if ((header[i] == '}' || header[i] == ')') && depth > 0) --depth;
    if (header[i] == ':' && depth == 0) colon = i;
  }
  if (colon == std::string_view::npos) return {std::string{header}, "string", {}, {}};
  Parts parts;
  parts.name = std::string{header.substr(0, colon)};
  std::string_view type = header.substr(colon + 1);
  std::string_view withoutOptions = type;
  parts.options = std::string{cutBraces(withoutOptions, '{', '}')};
  // A list's brackets stand behind the braces: point{crs:WGS-84}[].
  if (type.ends_with("[]") && !withoutOptions.ends_with("[]")) {
    type = withoutOptions;
    parts.space = std::string{cutBraces(type, '(', ')')};
    parts.type = std::string{type} + "[]";
    return parts;
  }
  type = withoutOptions;
  parts.space = std::string{cutBraces(type, '(', ')')};
  parts.type = type.empty() ? "string" : std::string{type};
  return parts;
}

std::optional<Role> roleOf(std::string_view type) {
  static constexpr std::array<std::pair<std::string_view, Role>, 6> kRoles{{{"ID", Role::kId},
                                                                            {"LABEL", Role::kLabels},
                                                                            {"IGNORE", Role::kIgnore},
                                                                            {"START_ID", Role::kStart},
                                                                            {"END_ID", Role::kEnd},
                                                                            {"TYPE", Role::kType}}};
  const auto* found = std::find_if(kRoles.begin(), kRoles.end(), [&](const auto& r) { return r.first == type; });
  return found == kRoles.end() ? std::nullopt : std::optional{found->second};
}

class HeaderParser {
 public:
  HeaderParser(TableKind kind, const std::string& file, std::uint64_t line) : kind_{kind}, file_{file}, line_{line} {}

  TablePlan parse(std::span<const Cell> cells) {
    TablePlan plan;
    for (column_ = 1; column_ <= cells.size(); ++column_) {
      plan.columns.push_back(column(std::string{cells[column_ - 1].text()}));
    }
    column_ = 0;
    if (kind_ == TableKind::kRelationships) {
      if (plan.find(Role::kStart) < 0) fail("the header has no :START_ID column");
      if (plan.find(Role::kEnd) < 0) fail("the header has no :END_ID column");
    }
    return plan;
  }

 private:
  ColumnPlan column(const std::string& header) {
    const Parts parts = split(header);
    ColumnPlan plan;
    plan.header = header;
    plan.idSpace = parts.space;
    if (const std::optional<Role> role = roleOf(parts.type)) {
      plan.role = *role;
      checkRole(*role, header);
      if (*role == Role::kId) {
        plan.property = parts.name;
        setIdType(plan, parts.options);
      }
    } else {
      plan.role = Role::kProperty;
      plan.property = parts.name;
      setType(plan, parts.type);
      if (parts.name.empty()) fail(fmt::format("the column `{}` has no name", header));
    }
    if (!plan.property.empty() && !names_.insert(plan.property).second) {
      fail(fmt::format("the column `{}` is there twice", plan.property));
    }
    return plan;
  }

  void checkRole(Role role, const std::string& header) {
    const bool ofNodes = role == Role::kId || role == Role::kLabels;
    const bool ofRelationships = role == Role::kStart || role == Role::kEnd || role == Role::kType;
    if (kind_ == TableKind::kNodes && ofRelationships)
      fail(fmt::format("`{}` is for relationships, not nodes", header));
    if (kind_ == TableKind::kRelationships && ofNodes)
      fail(fmt::format("`{}` is for nodes, not relationships", header));
    if (role == Role::kIgnore || roles_.insert(role).second) return;
    if (role == Role::kId) fail("two :ID columns: ids of several columns are not supported, join them into one");
    fail(fmt::format("a second column with the role of `{}`", header));
  }

  void setType(ColumnPlan& plan, const std::string& name) {
    const std::optional<CellType> type = parseCellType(name);
    if (!type) {
      static const std::vector<std::string> kKnown{
          "string", "int",   "long", "float",     "double", "boolean",       "byte",     "short",
          "char",   "point", "date", "localtime", "time",   "localdatetime", "datetime", "duration"};
      fail(fmt::format("unknown type `{}` of column `{}`", name, plan.header), didYouMean(name, kKnown));
    }
    plan.type = *type;
  }

  // {id-type:long} and the like; {label:X} only matters to neo4j's incremental import.
  void setIdType(ColumnPlan& plan, const std::string& options) {
    const std::size_t at = options.find("id-type:");
    if (at == std::string::npos) return;
    const std::size_t begin = options.find_first_not_of(' ', at + 8);
    if (begin == std::string::npos) return;
    setType(plan, options.substr(begin, options.find_first_of(", ", begin) - begin));
  }

  [[noreturn]] void fail(std::string message, std::string hint = {}) const {
    throw Error{ErrorType::kInputError,
                Phase::kRuntime,
                "InvalidHeader",
                std::move(message),
                RecordPosition{file_, line_, column_ > 0 ? std::to_string(column_) : ""},
                std::move(hint)};
  }

  TableKind kind_;
  const std::string& file_;
  std::uint64_t line_;
  std::size_t column_ = 0;
  std::set<Role> roles_;
  std::set<std::string> names_;
};

}  // namespace

TablePlan parseNeo4jHeader(std::span<const Cell> cells, TableKind kind, const std::string& file, std::uint64_t line) {
  return HeaderParser{kind, file, line}.parse(cells);
}

}  // namespace plexus::format
