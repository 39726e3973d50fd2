// import/load/import_job.h: an import on whatever takes the data: a store, or a recorder in tests.
#pragma once

#include <functional>

#include "import/load/load_context.h"

namespace plexus::load {

struct ImportTarget {
  storage::BulkLoad& bulk;
  std::shared_ptr<catalog::Catalog> catalog;  // a copy, which the import changes
  const ExistingNodes& existing;
  std::function<bool(const std::string& label)> hasNodes;  // before the import
  const storage::GraphView* before = nullptr;              // the database as it was; null: empty
};

// Reads everything and hands it to `target`, up to but without BulkLoad::finish(). Errors as importFiles().
ImportReport runImport(const ImportTarget& target, const ImportOptions& options, Progress& progress,
                       const OpenFile& open);

// runImport() into a store, and finish(). `open`: absent: files of the disk.
ImportReport importInto(storage::Store& store, const ImportOptions& options, Progress& progress, OpenFile open = {});

}  // namespace plexus::load
