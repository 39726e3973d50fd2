#include "import/load/import.h"

#include "import/load/import_job.h"

namespace plexus::load {

ImportReport importFiles(storage::Store& store, const ImportOptions& options, Progress& progress) {
  return importInto(store, options, progress);
}

}  // namespace plexus::load
