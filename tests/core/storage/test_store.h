// tests/core/storage/test_store.h: stores for tests: in memory, or in a directory that is removed afterwards.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>

#include <unistd.h>

#include "core/storage/store.h"

namespace plexus::storage {

class TextAttachment final : public Attachment {
 public:
  explicit TextAttachment(std::string text_) : text{std::move(text_)} {}
  std::string serialize() const override { return text; }
  std::string text;
};

inline StoreOptions optionsFor(const std::filesystem::path& path) {
  StoreOptions options;
  options.path = path;
  options.syncCommits = false;
  options.readAttachment = [](std::string_view bytes) {
    return std::make_shared<const TextAttachment>(std::string{bytes});
  };
  return options;
}

inline std::string attachmentText(const GraphView& view) {
  return static_cast<const TextAttachment&>(*view.attachment()).text;
}

class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    static std::atomic<unsigned> counter{0};
    path_ = std::filesystem::temp_directory_path() /
            ("plexus-test-" + std::to_string(::getpid()) + "-" + std::to_string(counter++));
    std::filesystem::remove_all(path_);
  }
  ~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline std::vector<NodeId> list(std::span<const NodeId> s) { return {s.begin(), s.end()}; }

}  // namespace plexus::storage
