// import/format/hetionet.h: Hetionet's own tables: nodes.tsv (id, name, kind) and .sif files (source, metaedge,
// target).
//
// Tab separated, no quoting, with a header line. An id is `Kind::identifier`. Labels and relation types are those of
// Hetionet's Neo4j database: `Biological Process` -> BiologicalProcess, `GpBP` -> PARTICIPATES_GpBP, `Gr>G` ->
// REGULATES_GrG.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "import/format/csv.h"

namespace plexus::format::hetionet {

struct Kind {
  std::string_view name;  // as the files write it
  std::string_view label;
};

struct Metaedge {
  std::string_view abbreviation;  // as .sif files write it
  std::string_view type;
  std::uint8_t source, target;  // indexes of kinds()
};

std::span<const Kind> kinds();          // the 11 of Hetionet v1.0
std::span<const Metaedge> metaedges();  // the 24

// Indexes of the tables above.
std::optional<std::uint8_t> findKind(std::string_view name);
std::optional<std::uint8_t> findMetaedge(std::string_view abbreviation);

CsvDialect dialect();

enum class Table : std::uint8_t { kNodes, kEdges };
// Which table begins with this line. Throws Error{kInputError} at line 1 of `file` if neither does.
Table recognise(std::span<const Cell> header, const std::string& file);

}  // namespace plexus::format::hetionet
