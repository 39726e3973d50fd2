// import/format/byte_source.h: where the bytes of a file come from: the disk, gzip, or memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

namespace plexus::format {

class ByteSource {
 public:
  virtual ~ByteSource() = default;

  // Up to `capacity` bytes to `to`; 0 only at the end. Throws Error{kIoError} when the file cannot be read, and
  // Error{kInputError} without a line (the caller knows it better) for damaged or truncated gzip; what came before the
  // damage is delivered first.
  virtual std::size_t read(char* to, std::size_t capacity) = 0;

  // Bytes of the file that were taken so far, compressed if it is.
  virtual std::uint64_t consumed() const = 0;
};

// Opens a file. If it begins as gzip does, it is inflated by a thread that works ahead; members that follow
// each other are read as one. Throws Error{kIoError} if there is no such file or it may not be read.
std::unique_ptr<ByteSource> openFile(const std::filesystem::path& file);

// `text` must outlive the source.
std::unique_ptr<ByteSource> openText(std::string_view text);

}  // namespace plexus::format
