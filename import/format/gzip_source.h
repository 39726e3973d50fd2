// import/format/gzip_source.h: inflating a file ahead of its reader.
//
// A thread inflates into one of kBlocks blocks while the reader copies out of another; both wait for the slower one.
#pragma once

#include <cstdio>
#include <memory>
#include <string>

#include "import/format/byte_source.h"

namespace plexus::format {

// A file as it lies on the disk. Thread safety: one thread at a time.
class RawFile {
 public:
  explicit RawFile(const std::filesystem::path& file);  // Error{kIoError}
  std::size_t read(char* to, std::size_t capacity);     // 0 at the end; Error{kIoError}
  const std::string& name() const { return name_; }

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  [[noreturn]] void fail(const std::string& why) const;
  std::string name_;
  std::unique_ptr<std::FILE, Close> file_;
};

// `head`: the bytes of `file` that were read already.
std::unique_ptr<ByteSource> openGzip(RawFile file, std::string head);

}  // namespace plexus::format
