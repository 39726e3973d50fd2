// import/load/csv_plan.h: the column mapping of options (NodeSource, RelationshipSource) against the header of the
// files.
#pragma once

#include "import/format/table_plan.h"
#include "import/load/import_options.h"
#include "import/load/row_stream.h"

namespace plexus::load {

// Columns without a declared type get the one that all their values suit: the files are read once for that.
// Throw Error{kInputError} for a header that has a column twice, kArgumentError for a column that is not there (with
// the nearest one) or a type that is none.
format::TablePlan planNodes(const NodeSource& source, const RowStream& rows, const ImportOptions& options,
                            const OpenFile& open);
format::TablePlan planRelationships(const RelationshipSource& source, const RowStream& rows,
                                    const ImportOptions& options, const OpenFile& open);

// How files of the csv format begin.
RowStream::Header csvHeader(const ImportOptions& options);

}  // namespace plexus::load
