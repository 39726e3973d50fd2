// import/load/csv_plan.h: the column mapping of options (NodeSource, RelationshipSource) against the header of the
// files.
#pragma once

#include "core/catalog/catalog.h"
#include "import/format/table_plan.h"
#include "import/load/import_options.h"
#include "import/load/row_stream.h"

namespace plexus::load {

// Columns that the options give no type have that of the property as the catalog's types declare it for these labels or
// this relation; the others get the one that all their values suit: the files are read once for that.
// Throw Error{kInputError} for a header that has a column twice, kArgumentError for a column that is not there (with
// the nearest one) or a type that is none.
format::TablePlan planNodes(const NodeSource& source, const RowStream& rows, const ImportOptions& options,
                            const OpenFile& open, const catalog::Catalog& catalog);
format::TablePlan planRelationships(const RelationshipSource& source, const RowStream& rows,
                                    const ImportOptions& options, const OpenFile& open,
                                    const catalog::Catalog& catalog);

// How files of the csv format begin.
RowStream::Header csvHeader(const ImportOptions& options);

}  // namespace plexus::load
