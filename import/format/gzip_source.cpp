#include "import/format/gzip_source.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <cstring>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <zlib.h>

#include "core/base/error.h"

namespace plexus::format {
namespace {

constexpr std::size_t kBlockBytes = 512 << 10;  // a block stays in the second-level cache until it is read
constexpr std::size_t kBlocks = 4;
constexpr std::size_t kInputBytes = 128 << 10;

// zlib's stream over a file: members that follow each other are one stream.
class Inflater {
 public:
  Inflater(RawFile file, std::string head) : file_{std::move(file)}, input_(kInputBytes) {
    std::memcpy(input_.data(), head.data(), head.size());
    stream_.next_in = bytes(input_.data());
    stream_.avail_in = static_cast<uInt>(head.size());
    consumed_ = head.size();
    if (inflateInit2(&stream_, kGzipOnly) != Z_OK) throw std::bad_alloc{};
  }
  ~Inflater() { inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  // Fills `to` as far as there is data. Fewer than `capacity` bytes: the end.
  std::size_t fill(char* to, std::size_t capacity) {
    stream_.next_out = bytes(to);
    stream_.avail_out = static_cast<uInt>(capacity);
    while (stream_.avail_out > 0) {
      if (stream_.avail_in == 0 && !readInput()) {
        if (inMember_) damage("unexpected end of gzip data: the file is truncated");
        break;
      }
      if (!inMember_ && skipTrailingZeros()) continue;
      inMember_ = true;
      step();
    }
    return capacity - stream_.avail_out;
  }

  std::uint64_t consumed() const { return consumed_.load(std::memory_order_relaxed); }

 private:
  static constexpr int kGzipOnly = 15 + 16;
  static Bytef* bytes(char* p) { return reinterpret_cast<Bytef*>(p); }

  void step() {
    const int status = inflate(&stream_, Z_NO_FLUSH);
    if (status == Z_STREAM_END) {
      inMember_ = false;
      inflateReset(&stream_);
    } else if (status != Z_OK && status != Z_BUF_ERROR) {
      damage(fmt::format("damaged gzip data ({})", stream_.msg != nullptr ? stream_.msg : "wrong header"));
    }
  }

  // Tapes and some tools pad with zeros after the last member.
  bool skipTrailingZeros() {
    while (stream_.avail_in > 0 && *stream_.next_in == 0) {
      ++stream_.next_in;
      --stream_.avail_in;
    }
    return stream_.avail_in == 0;
  }

  bool readInput() {
    const std::size_t size = file_.read(input_.data(), input_.size());
    stream_.next_in = bytes(input_.data());
    stream_.avail_in = static_cast<uInt>(size);
    consumed_.fetch_add(size, std::memory_order_relaxed);
    return size > 0;
  }

  [[noreturn]] void damage(const std::string& what) const {
    throw Error{ErrorType::kInputError, Phase::kRuntime, "DamagedFile", what, RecordPosition{file_.name(), 0, ""}};
  }

  RawFile file_;
  std::vector<char> input_;
  z_stream stream_{};
  bool inMember_ = true;
  std::atomic<std::uint64_t> consumed_{0};
};

class GzipSource final : public ByteSource {
 public:
  GzipSource(RawFile file, std::string head) : inflater_{std::move(file), std::move(head)} {
    for (Block& block : blocks_) block.data.resize(kBlockBytes);
    worker_ = std::thread{[this] { run(); }};
  }
  ~GzipSource() override {
    {
      const std::lock_guard lock{mutex_};
      stop_ = true;
    }
    changed_.notify_all();
    worker_.join();
  }

  std::size_t read(char* to, std::size_t capacity) override {
    Block& block = blocks_[reading_ % kBlocks];
    if (offset_ == 0 && !waitForBlock()) {
      if (failure_) std::rethrow_exception(failure_);
      return 0;
    }
    const std::size_t size = std::min(capacity, block.size - offset_);
    std::memcpy(to, block.data.data() + offset_, size);
    offset_ += size;
    if (offset_ == block.size) giveBack();
    return size;
  }

  std::uint64_t consumed() const override { return inflater_.consumed(); }

 private:
  struct Block {
    std::vector<char> data;
    std::size_t size = 0;
  };

  // False if nothing more will come.
  bool waitForBlock() {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [this] { return reading_ < filled_ || ended_; });
    return reading_ < filled_;
  }

  void giveBack() {
    offset_ = 0;
    {
      const std::lock_guard lock{mutex_};
      ++reading_;
    }
    changed_.notify_all();
  }

  // The worker: blocks [reading_, filled_) are full; one more may be filled while fewer than kBlocks are.
  void run() {
    try {
      while (waitForRoom() && fillBlock()) {
      }
    } catch (...) {
      const std::lock_guard lock{mutex_};
      failure_ = std::current_exception();
    }
    {
      const std::lock_guard lock{mutex_};
      ended_ = true;
    }
    changed_.notify_all();
  }

  bool waitForRoom() {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [this] { return filled_ - reading_ < kBlocks || stop_; });
    return !stop_;
  }

  bool fillBlock() {
    Block& block = blocks_[filled_ % kBlocks];
    block.size = inflater_.fill(block.data.data(), block.data.size());
    if (block.size > 0) {
      {
        const std::lock_guard lock{mutex_};
        ++filled_;
      }
      changed_.notify_all();
    }
    return block.size == kBlockBytes;
  }

  Inflater inflater_;
  std::array<Block, kBlocks> blocks_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t filled_ = 0, reading_ = 0;  // numbers of blocks; under mutex_
  bool ended_ = false, stop_ = false;       // under mutex_
  std::exception_ptr failure_;              // written before ended_
  std::size_t offset_ = 0;                  // the reader's, inside its block
  std::thread worker_;
};

}  // namespace

std::unique_ptr<ByteSource> openGzip(RawFile file, std::string head) {
  return std::make_unique<GzipSource>(std::move(file), std::move(head));
}

}  // namespace plexus::format
