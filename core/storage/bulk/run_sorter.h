// core/storage/bulk/run_sorter.h: sorts more than memory holds: sorted runs go to files and are merged when read.
#pragma once

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <queue>
#include <string>
#include <vector>

#include "core/base/error.h"

namespace plexus::storage {

// A temporary file, gone when closed.
class RunFile {
 public:
  explicit RunFile(const std::filesystem::path& directory);
  void write(const void* data, std::size_t size);
  bool read(void* data, std::size_t size);  // false at the end
  void rewind();

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, Close> file_;
};

// How records are kept in runs: fixed-size ones as they are, strings with their length.
template <typename T>
struct RunFormat {
  static_assert(std::is_trivially_copyable_v<T>);
  static void write(RunFile& file, const T& record) { file.write(&record, sizeof(T)); }
  static bool read(RunFile& file, T& record) { return file.read(&record, sizeof(T)); }
  static std::size_t bytes(const T&) { return sizeof(T); }
};

template <>
struct RunFormat<std::string> {
  static void write(RunFile& file, const std::string& record) {
    const auto size = static_cast<std::uint32_t>(record.size());
    file.write(&size, sizeof(size));
    file.write(record.data(), record.size());
  }
  static bool read(RunFile& file, std::string& record) {
    std::uint32_t size = 0;
    if (!file.read(&size, sizeof(size))) return false;
    record.resize(size);
    return file.read(record.data(), size);
  }
  static std::size_t bytes(const std::string& record) { return sizeof(std::string) + record.size(); }
};

// f(record) for all of some sorted runs, ascending.
template <typename T, typename F>
void mergeRuns(std::vector<RunFile>& runs, F f) {
  using Head = std::pair<T, std::size_t>;
  std::priority_queue<Head, std::vector<Head>, std::greater<>> heads;
  const auto pull = [&](std::size_t run) {
    T record;
    if (RunFormat<T>::read(runs[run], record)) heads.emplace(std::move(record), run);
  };
  for (std::size_t run = 0; run < runs.size(); ++run) {
    runs[run].rewind();
    pull(run);
  }
  while (!heads.empty()) {
    const Head head = heads.top();
    heads.pop();
    f(head.first);
    pull(head.second);
  }
}

// `Sort`: how records in memory are sorted; to the order of operator<.
template <typename T, typename Sort>
class RunSorter {
 public:
  explicit RunSorter(std::filesystem::path directory) : directory_{std::move(directory)} {}

  void reserve(std::size_t more) {
    if (buffer_.capacity() < buffer_.size() + more)
      buffer_.reserve(std::max(buffer_.size() + more, 2 * buffer_.capacity()));
  }
  void add(T record) {
    bytes_ += RunFormat<T>::bytes(record);
    buffer_.push_back(std::move(record));
  }
  std::size_t bytes() const { return bytes_; }  // in memory

  void spill() {
    if (buffer_.empty()) return;
    Sort{}(buffer_);
    runs_.emplace_back(directory_);
    for (const T& record : buffer_) RunFormat<T>::write(runs_.back(), record);
    buffer_ = {};
    bytes_ = 0;
  }

  // f(record) for all, ascending. May be called again.
  template <typename F>
  void forEach(F f) {
    if (runs_.empty()) {
      Sort{}(buffer_);
      for (const T& record : buffer_) f(record);
      return;
    }
    spill();
    mergeRuns<T>(runs_, f);
  }

 private:
  std::filesystem::path directory_;
  std::vector<T> buffer_;
  std::size_t bytes_ = 0;
  std::vector<RunFile> runs_;
};

}  // namespace plexus::storage
