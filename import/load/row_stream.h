// import/load/row_stream.h: the rows of a group of files, one batch after the other; tells the user how far it is.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "import/format/csv_read_ahead.h"
#include "import/load/graph_builder.h"
#include "import/load/progress.h"

namespace plexus::load {

// Throttles Progress::update() and knows the bytes of all files.
class ProgressMeter {
 public:
  explicit ProgressMeter(Progress& progress) : progress_{progress}, start_{Clock::now()} {}

  void expect(const std::filesystem::path& file);  // its size joins the total
  void begin(ProgressState::Phase phase, const std::string& file, const GraphBuilder& graph);
  // `bytes` of the current group of files were read. Cheap.
  void update(std::uint64_t bytes, const GraphBuilder& graph);
  void endGroup(std::uint64_t bytes) {
    done_ += bytes;
    state_.bytesRead = done_;
  }
  double seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

 private:
  using Clock = std::chrono::steady_clock;
  void tell(const GraphBuilder& graph);
  Progress& progress_;
  Clock::time_point start_, lastTold_{};
  ProgressState state_;
  std::uint64_t done_ = 0;  // bytes of groups that are behind us
};

// Rows that this import numbers one after the other over all files, so that the first place of a duplicate can be
// named.
class RowPlaces {
 public:
  // Numbers for the lines of a file that begins now.
  void beginFile(const std::string& file) { files_.push_back({next_, file}); }
  std::uint32_t at(std::uint64_t line) {
    const std::uint64_t place = files_.back().first + line;
    next_ = place + 1;
    return static_cast<std::uint32_t>(place < kUnknown ? place : kUnknown);
  }
  // "line 7" or "FILE:7"; empty where it is not known. `current`: the file of the row that asks.
  std::string describe(std::uint32_t place, const std::string& current) const;

 private:
  static constexpr std::uint64_t kUnknown = 0x7FFFFFFF;
  std::vector<std::pair<std::uint64_t, std::string>> files_;
  std::uint64_t next_ = 1;
};

// How the files of an import are opened: from the disk, or from text that stands for them.
using OpenFile = std::function<std::unique_ptr<format::CsvReader>(const std::filesystem::path&)>;

class RowStream {
 public:
  enum class Header : std::uint8_t { kNone, kFirstFile, kEachFile };

  // Reads the header of the first file, if there is one. Throws Error{kInputError} if the file is empty.
  RowStream(std::vector<std::filesystem::path> files, OpenFile open, Header header);
  RowStream(const RowStream&) = delete;
  RowStream& operator=(const RowStream&) = delete;

  // Of the header line; valid while the stream lives. Without a header: the number of columns of the first row.
  const std::vector<std::string>& header() const { return header_; }
  std::span<const format::Cell> headerCells() const { return headerCells_; }
  std::uint64_t headerLine() const { return headerLine_; }

  // The next rows; false after the last file. Throws what CsvReader throws, and Error{kInputError} if a later file has
  // another header than the first.
  bool next();
  const format::RowBatch& batch() const { return batch_; }
  std::size_t firstRow() const { return firstRow_; }  // rows of the batch before it are a header
  const std::string& file() const { return reader_->name(); }
  const std::string& fileOfHeader() const { return headerFile_; }
  std::uint64_t bytesRead() const { return finishedBytes_ + reader_->bytesRead(); }  // of all files so far
  bool startsFile() const { return startsFile_; }  // the batch is the first of its file

 private:
  bool openNext();
  void readHeader();
  void checkHeader();

  std::vector<std::filesystem::path> files_;
  OpenFile open_;
  Header mode_;
  std::size_t nextFile_ = 0;
  std::unique_ptr<format::CsvReadAhead> reader_;
  format::RowBatch batch_;
  std::size_t firstRow_ = 0;
  std::uint64_t finishedBytes_ = 0;
  bool pending_ = false;  // the batch was read with the header and waits
  bool startsFile_ = false;
  std::string headerFile_;
  std::uint64_t headerLine_ = 1;
  std::vector<std::string> header_;
  std::vector<format::Cell> headerCells_;  // of header_
};

}  // namespace plexus::load
