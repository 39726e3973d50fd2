// import/load/import.h: files in, one atomic commit out.
//
//   load::ImportOptions options = load::parseImportArguments(arguments);   // import_arguments.h
//   load::ImportReport report = load::importFiles(*store, options, progress);
//
// Nodes come first, then relationships, so that ends are known when they are needed. Data already in the database
// stays; ends of relationships may refer to it by the indexed id of its label. What is read is checked as it is read:
// duplicate and empty ids, ends that do not exist, values that are not of their column's type, unknown kinds. Each
// finding has FILE:LINE:COLUMN and the value.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/storage/store.h"
#include "import/load/import_options.h"
#include "import/load/progress.h"

namespace plexus::load {

// Rows of one kind of error ("duplicate id", "unknown node", ...) that were left out.
struct RejectedRows {
  std::string kind;
  std::uint64_t count = 0;
  struct Example {
    RecordPosition where;
    std::string message;  // with the value
  };
  std::vector<Example> examples;  // the first ImportOptions::examplesPerKind
};

struct ImportReport {
  std::uint64_t nodes = 0, relationships = 0;
  // In order of first use. A node counts for each of its labels.
  std::vector<std::pair<std::string, std::uint64_t>> nodesByLabel, relationshipsByType;
  std::vector<RejectedRows> rejected;
  std::uint64_t rejectedRows = 0;
  std::vector<std::string> notes;  // what the user should know, e.g. an index that could not be made
  double readSeconds = 0;          // reading, parsing, resolving
  double seconds = 0;              // all, with sorting and writing
  double relationshipsPerSecond() const { return seconds > 0 ? static_cast<double>(relationships) / seconds : 0; }
};

// All or nothing: on a throw the database is as it was. Throws Error{kInputError} with the place for wrong data (the
// first wrong row when OnError::kStop), kArgumentError for options that contradict each other or the files' headers,
// kConstraintValidationFailed where data in the database is in the way, kIoError, kCancelled.
// Waits for another writer to end. One thread reports progress: the caller's.
ImportReport importFiles(storage::Store& store, const ImportOptions& options, Progress& progress);

}  // namespace plexus::load
