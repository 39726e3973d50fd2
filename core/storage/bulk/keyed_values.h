// core/storage/bulk/keyed_values.h: key-value pairs gathered in any order, to be written sorted. Values past a limit go
// to a temporary file; keys stay in memory. Thread safety: add() concurrently; the rest by one thread.
#pragma once

#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace plexus::storage {

class KeyedValues {
 public:
  KeyedValues(std::filesystem::path directory, std::size_t memoryBytes)
      : directory_{std::move(directory)}, limit_{memoryBytes} {}
  ~KeyedValues();
  KeyedValues(const KeyedValues&) = delete;
  KeyedValues& operator=(const KeyedValues&) = delete;

  void add(std::string key, std::string value);

  struct Item {
    std::string key;
    std::string value;         // empty once spilled
    std::uint64_t offset = 0;  // in the file
    std::uint32_t size = 0;    // in the file; 0: `value` has it
  };
  // By key; equal keys in the order in which they came.
  void sort();
  const std::vector<Item>& items() const { return items_; }
  std::string read(const Item& item) const;
  // Items [first, last) that have `key`. After sort().
  std::pair<std::size_t, std::size_t> find(std::string_view key) const;

 private:
  void spill();
  std::filesystem::path directory_;
  std::size_t limit_;
  std::mutex mutex_;
  std::vector<Item> items_;
  std::size_t bytes_ = 0, firstInMemory_ = 0;
  std::uint64_t fileSize_ = 0;
  int file_ = -1;
};

}  // namespace plexus::storage
