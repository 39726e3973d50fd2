// core/api/show_command.h: SHOW: tables about the schema and the language. YIELD, WHERE and RETURN are those of a query
// over the table's rows.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/api/activity.h"
#include "core/catalog/catalog.h"
#include "core/function/procedure.h"
#include "core/parse/ast/statement.h"
#include "core/value/value.h"

namespace plexus::api {

// All columns of a subject; the first `shown` of them without YIELD.
struct ShowTable {
  std::vector<std::string> columns;
  std::size_t shown = 0;
  std::vector<std::vector<Value>> rows;

  std::vector<std::string> shownColumns() const;
  std::vector<std::vector<Value>> shownRows() const;
  Value asMaps() const;  // a list of maps
};

// What the tables are made of.
struct ShowSource {
  using Procedures = std::vector<std::shared_ptr<const function::ProcedureEntry>>;
  const catalog::Catalog& catalog;
  const Procedures& procedures;
  std::vector<Activity> activities;
};

// Throws Error{kSyntaxError} for a subject that there is not.
ShowTable showTable(const ast::Show& show, const ShowSource& source);

// The parameter that showQuery() reads ShowTable::asMaps() from. No query can write the name without backquotes.
inline constexpr const char* kShowRows = " show rows";

// The command's YIELD, WHERE and RETURN as a query; `text` is the command's.
std::string showQuery(const ast::Show& show, std::string_view text, const ShowTable& table);

}  // namespace plexus::api
