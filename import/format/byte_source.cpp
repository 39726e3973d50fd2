#include "import/format/byte_source.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fmt/format.h>

#include "core/base/error.h"
#include "import/format/gzip_source.h"

namespace plexus::format {
namespace {

class PlainFile final : public ByteSource {
 public:
  PlainFile(RawFile file, std::string head) : file_{std::move(file)}, head_{std::move(head)} {}

  std::size_t read(char* to, std::size_t capacity) override {
    if (!head_.empty()) {
      const std::size_t size = std::min(capacity, head_.size());
      std::memcpy(to, head_.data(), size);
      head_.erase(0, size);
      consumed_ += size;
      return size;
    }
    const std::size_t size = file_.read(to, capacity);
    consumed_ += size;
    return size;
  }
  std::uint64_t consumed() const override { return consumed_; }

 private:
  RawFile file_;
  std::string head_;  // read to tell gzip from text
  std::uint64_t consumed_ = 0;
};

class Memory final : public ByteSource {
 public:
  explicit Memory(std::string_view text) : text_{text} {}
  std::size_t read(char* to, std::size_t capacity) override {
    const std::size_t size = std::min(capacity, text_.size() - consumed_);
    std::memcpy(to, text_.data() + consumed_, size);
    consumed_ += size;
    return size;
  }
  std::uint64_t consumed() const override { return consumed_; }

 private:
  std::string_view text_;
  std::size_t consumed_ = 0;
};

}  // namespace

RawFile::RawFile(const std::filesystem::path& file) : name_{file.string()} {
  std::error_code ignored;
  if (std::filesystem::is_directory(file, ignored)) fail("is a directory");
  file_.reset(std::fopen(name_.c_str(), "rb"));
  if (!file_) fail(std::strerror(errno));
  std::setvbuf(file_.get(), nullptr, _IONBF, 0);  // callers read big blocks
}

std::size_t RawFile::read(char* to, std::size_t capacity) {
  const std::size_t size = std::fread(to, 1, capacity, file_.get());
  if (size == 0 && std::ferror(file_.get())) fail(std::strerror(errno));
  return size;
}

void RawFile::fail(const std::string& why) const {
  throw Error{ErrorType::kIoError, Phase::kRuntime, "", fmt::format("cannot read {}: {}", name_, why)};
}

std::unique_ptr<ByteSource> openFile(const std::filesystem::path& file) {
  RawFile raw{file};
  std::string head(2, '\0');
  std::size_t size = 0;
  while (size < head.size()) {
    const std::size_t more = raw.read(head.data() + size, head.size() - size);
    if (more == 0) break;
    size += more;
  }
  head.resize(size);
  if (head == "\x1f\x8b") return openGzip(std::move(raw), std::move(head));
  return std::make_unique<PlainFile>(std::move(raw), std::move(head));
}

std::unique_ptr<ByteSource> openText(std::string_view text) { return std::make_unique<Memory>(text); }

}  // namespace plexus::format
