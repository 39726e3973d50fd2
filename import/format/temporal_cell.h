// import/format/temporal_cell.h: dates, times and durations in cells, as ISO 8601 text.
#pragma once

#include <optional>
#include <string_view>

#include "import/format/cell_type.h"

namespace plexus::format {

// `kind` is one of the six temporal kinds. Nothing if the text is not such a moment.
std::optional<Value> parseTemporalCell(CellType::Kind kind, std::string_view text);

}  // namespace plexus::format
