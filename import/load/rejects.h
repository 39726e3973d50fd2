// import/load/rejects.h: what happens to rows that cannot be imported: the end of the import, or a place in the report.
#pragma once

#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "import/load/import.h"

namespace plexus::load {

class Rejects {
 public:
  // Opens the reject file, if one is asked for; Error{kIoError}.
  explicit Rejects(const ImportOptions& options);

  // One row is left out. OnError::kStop: throws Error{kInputError} with the place. `kind` groups errors in the report.
  // The reject file gets `# FILE:LINE:COLUMN: message` and the row as it was.
  void add(std::string_view kind, RecordPosition where, std::string message, std::string_view row);

  std::uint64_t count() const { return count_; }
  void report(ImportReport& report) const;

 private:
  void write(const RecordPosition& where, const std::string& message, std::string_view row);

  OnError onError_;
  std::size_t examplesPerKind_;
  std::filesystem::path path_;
  std::ofstream file_;
  std::vector<RejectedRows> kinds_;
  std::uint64_t count_ = 0;
};

}  // namespace plexus::load
