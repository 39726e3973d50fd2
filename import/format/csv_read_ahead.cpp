#include "import/format/csv_read_ahead.h"

namespace plexus::format {

CsvReadAhead::~CsvReadAhead() {
  if (!worker_.joinable()) return;
  {
    const std::lock_guard lock{mutex_};
    stopped_ = true;
  }
  changed_.notify_all();
  worker_.join();
}

bool CsvReadAhead::next(RowBatch& batch) {
  if (!isFirst_) return take(batch);
  isFirst_ = false;
  const bool any = reader_->next(batch);
  bytesRead_ = reader_->bytesRead();
  return any;
}

bool CsvReadAhead::take(RowBatch& batch) {
  if (!worker_.joinable()) worker_ = std::thread{[this] { work(); }};
  std::unique_lock lock{mutex_};
  changed_.wait(lock, [this] { return !filled_.empty() || ended_; });
  if (filled_.empty()) {
    if (failure_) std::rethrow_exception(failure_);
    return false;
  }
  used_.push_back(std::move(batch));
  batch = std::move(filled_.front().rows);
  bytesRead_ = filled_.front().bytesRead;
  filled_.pop();
  lock.unlock();
  changed_.notify_all();
  return true;
}

void CsvReadAhead::work() {
  std::exception_ptr failure;
  try {
    RowBatch rows;
    while (waitForRoom(rows) && reader_->next(rows)) putBatch(std::move(rows));
  } catch (...) {
    failure = std::current_exception();
  }
  {
    const std::lock_guard lock{mutex_};
    failure_ = failure;
    ended_ = true;
  }
  changed_.notify_all();
}

// False if nobody wants more; else `rows` is a batch to fill.
bool CsvReadAhead::waitForRoom(RowBatch& rows) {
  std::unique_lock lock{mutex_};
  changed_.wait(lock, [this] { return filled_.size() < kBatches || stopped_; });
  if (!used_.empty()) {
    rows = std::move(used_.back());
    used_.pop_back();
  }
  return !stopped_;
}

void CsvReadAhead::putBatch(RowBatch rows) {
  {
    const std::lock_guard lock{mutex_};
    filled_.push({std::move(rows), reader_->bytesRead()});
  }
  changed_.notify_all();
}

}  // namespace plexus::format
