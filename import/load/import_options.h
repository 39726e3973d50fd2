// import/load/import_options.h: what to import and how, as plain data. The command line fills it (import_arguments.h),
// and so may any other caller.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "import/format/csv.h"

namespace plexus::load {

enum class Format : std::uint8_t {
  kCsv,       // delimited text with a mapping of columns: `nodes`, `relationships`
  kNeo4j,     // delimited text with neo4j-admin headers: `nodes`, `relationships`
  kHetionet,  // nodes.tsv and .sif files: `files`
};

// What happens to a row that cannot be imported. Errors of a whole file (unreadable, truncated, UTF-16, a wrong header)
// always end the import.
enum class OnError : std::uint8_t {
  kStop,    // the first one ends the import; nothing is stored
  kSkip,    // it is left out and counted; examples are in the report
  kReject,  // as kSkip, and the row goes to `rejectFile` with the reason
};

// A column to store as a property. Without `type` it is inferred from all values of the column: INTEGER, FLOAT,
// BOOLEAN, DATE, else STRING. `type` is a name of import/format/cell_type.h ("INTEGER", "STRING[]", ...).
struct PropertyColumn {
  std::string column;
  std::optional<std::string> type;
  std::string property;  // its name in the graph; empty: the column's
};

// One group of files with the same columns. neo4j: the first line of the first file is the header of all; csv: each
// file has the header, unless CsvDialect says there is none (then columns are called "1", "2", ...).
struct NodeSource {
  std::vector<std::string> labels;
  std::vector<std::filesystem::path> files;
  // csv only.
  std::string idColumn;                                   // required by csv; stored as a property, unique per label
  std::optional<std::vector<PropertyColumn>> properties;  // absent: all columns
};

struct RelationshipSource {
  std::string type;  // neo4j: may be empty, a :TYPE column says it then
  std::vector<std::filesystem::path> files;
  // csv only: the label at an end, and the column with its id.
  struct End {
    std::string label, column;
  };
  End from, to;
  std::optional<std::vector<PropertyColumn>> properties;  // absent: all columns but the two ends
};

struct ImportOptions {
  Format format = Format::kCsv;
  std::vector<NodeSource> nodes;
  std::vector<RelationshipSource> relationships;
  std::vector<std::filesystem::path> files;  // hetionet: in any order, told apart by their headers

  format::CsvDialect dialect;           // csv, neo4j
  char arrayDelimiter = ';';            // between the elements of a list in one cell
  std::optional<std::string> nullText;  // cells that read so (unquoted) are absent, as empty unquoted cells are
  bool allowShortRows = false;          // rows with fewer cells than columns: the missing ones are absent
  bool integerIds = false;              // neo4j: ID columns are stored as INTEGER (default STRING, as Neo4j does)

  OnError onError = OnError::kStop;
  std::filesystem::path rejectFile;  // kReject
  std::size_t examplesPerKind = 5;   // errors kept in the report for each kind

  std::size_t memoryBytes = std::size_t{1} << 30;  // for sorting; the map of ids comes on top
  unsigned threads = 0;                            // 0: as many as the machine has
};

}  // namespace plexus::load
