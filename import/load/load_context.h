// import/load/load_context.h: what the loaders of one import share.
#pragma once

#include "import/load/cycle_check.h"
#include "import/load/graph_builder.h"
#include "import/load/id_space.h"
#include "import/load/import_options.h"
#include "import/load/rejects.h"
#include "import/load/row_stream.h"
#include "import/load/statement_merge.h"
#include "import/load/unique_values.h"

namespace plexus::load {

struct LoadContext {
  const ImportOptions& options;
  GraphBuilder& graph;
  IdSpaces& spaces;
  Rejects& rejects;
  ProgressMeter& meter;
  RowPlaces& places;  // of all node files
  CycleCheck& cycles;
  StatementMerge& statements;
  UniqueValues& unique;
  const storage::GraphView* before;  // what was there before the import; null: nothing
  OpenFile open;
};

}  // namespace plexus::load
