// import/format/neo4j_header.h: the header line of neo4j-admin's import files.
//
//   nodes          personId:ID(Person),name,age:int,aliases:string[],born:date,:LABEL,:IGNORE
//   relationships  :START_ID(Person),:END_ID(Film),:TYPE,role:string
// A column without a type is a string. What stands in braces behind a type (`point{crs:WGS-84}`, `ID(P){id-type:int}`)
// is accepted where it changes nothing, and refused otherwise.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "import/format/csv.h"
#include "import/format/table_plan.h"

namespace plexus::format {

enum class TableKind : std::uint8_t { kNodes, kRelationships };

// `file` and `line` say where the header stands. Throws Error{kInputError} that names the column: unknown type, wrong
// role for the kind of table, two columns with the same role or name, no :START_ID or :END_ID.
TablePlan parseNeo4jHeader(std::span<const Cell> cells, TableKind kind, const std::string& file, std::uint64_t line);

}  // namespace plexus::format
