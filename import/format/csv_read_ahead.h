// import/format/csv_read_ahead.h: the rows of a file, split into cells by a thread that works ahead of the caller.
//
// The thread starts with the second batch: who only wants a header, or reads a short file, pays for none. At most
// kBatches are waiting, so that memory stays bounded by their buffers (1 MiB each, or the longest row).
// Thread safety: one caller.
#pragma once

#include <condition_variable>
#include <exception>
#include <mutex>
#include <queue>
#include <thread>

#include "import/format/csv.h"

namespace plexus::format {

class CsvReadAhead {
 public:
  explicit CsvReadAhead(std::unique_ptr<CsvReader> reader) : reader_{std::move(reader)} {}
  ~CsvReadAhead();
  CsvReadAhead(const CsvReadAhead&) = delete;
  CsvReadAhead& operator=(const CsvReadAhead&) = delete;

  // As CsvReader::next(): an error comes after all rows before it.
  bool next(RowBatch& batch);

  const std::string& name() const { return reader_->name(); }
  std::uint64_t bytesRead() const { return bytesRead_; }  // of the file, up to about the end of the last batch
  Error error(std::uint64_t line, std::string column, std::string message) const {
    return reader_->error(line, std::move(column), std::move(message));
  }

 private:
  static constexpr std::size_t kBatches = 4;
  struct Filled {
    RowBatch rows;
    std::uint64_t bytesRead = 0;
  };

  bool take(RowBatch& batch);
  void work();
  bool waitForRoom(RowBatch& rows);
  void putBatch(RowBatch rows);

  std::unique_ptr<CsvReader> reader_;  // the worker's, once it runs
  bool isFirst_ = true;
  std::uint64_t bytesRead_ = 0;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::queue<Filled> filled_;   // under mutex_, as are the next three
  std::vector<RowBatch> used_;  // whose memory is used again
  bool ended_ = false, stopped_ = false;
  std::exception_ptr failure_;
  std::thread worker_;
};

}  // namespace plexus::format
