// core/storage/bulk/key_sorter.h: sorts more keys than memory holds; for keys that begin alike and then differ soon.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/storage/bulk/run_sorter.h"

namespace plexus::storage {

// Keys in the order in which they were added, their bytes one after another in blocks that do not move.
class KeyBuffer {
 public:
  void add(std::string_view key);
  void append(KeyBuffer more);
  std::size_t bytes() const { return bytes_; }  // in memory
  bool empty() const { return keys_.empty(); }

  // By operator< of strings. What follows the beginning that all share is compared as two numbers of eight bytes first,
  // so that few comparisons go to the keys themselves (key normalisation; Graefe, "Implementing sorting in database
  // systems", 2006). O(n log n) on all threads.
  void sort();
  template <typename F>
  void forEach(F f) const {
    for (const Key& key : keys_) f(key.text());
  }

 private:
  static constexpr std::size_t kBlock = std::size_t{1} << 17;
  struct Key {
    std::uint64_t first = 0, second = 0;  // set by sort()
    const char* data;
    std::uint32_t size;
    std::string_view text() const { return {data, size}; }
  };

  std::vector<std::string> blocks_;
  std::vector<Key> keys_;
  std::size_t bytes_ = 0;
};

class KeySorter {
 public:
  explicit KeySorter(std::filesystem::path directory) : directory_{std::move(directory)} {}

  void add(std::string_view key) { buffer_.add(key); }
  void add(KeyBuffer keys) { buffer_.append(std::move(keys)); }
  std::size_t bytes() const { return buffer_.bytes(); }  // in memory
  void spill();
  // All keys, ascending. Once.
  void forEach(const std::function<void(const std::string& key)>& visit);

 private:
  std::filesystem::path directory_;
  KeyBuffer buffer_;
  std::vector<RunFile> runs_;
};

}  // namespace plexus::storage
