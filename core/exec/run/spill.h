// core/exec/run/spill.h: rows in a temporary file, written once and read back in order.
//
// A file is a sequence of blocks; a block holds up to a batch of rows, column by column. The format is private to one
// process and one query: integers as in memory, strings and lists with their sizes before them.
// The file is deleted when the object is. Errors: Error{kIoError}.
#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>

#include "core/value/batch.h"

namespace plexus::exec {

class SpillFile {
 public:
  // Creates a file of its own in `directory`, which must exist.
  explicit SpillFile(const std::filesystem::path& directory);
  ~SpillFile();
  SpillFile(const SpillFile&) = delete;
  SpillFile& operator=(const SpillFile&) = delete;

  void write(const Batch& rows);
  // No more writing; reading starts at the first block.
  void rewind();
  // The next block; false at the end.
  bool read(Batch& rows);
  std::uint64_t bytes() const { return bytes_; }

 private:
  void put(const std::string& block);
  std::filesystem::path path_;
  std::FILE* file_ = nullptr;
  std::uint64_t bytes_ = 0;
};

}  // namespace plexus::exec
