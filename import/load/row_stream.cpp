#include "import/load/row_stream.h"

#include <algorithm>

#include <fmt/format.h>

namespace plexus::load {

void ProgressMeter::expect(const std::filesystem::path& file) {
  std::error_code ignored;
  const std::uintmax_t size = std::filesystem::file_size(file, ignored);
  if (!ignored) state_.bytesTotal += size;
}

void ProgressMeter::begin(ProgressState::Phase phase, const std::string& file, const GraphBuilder& graph) {
  state_.phase = phase;
  state_.file = file;
  tell(graph);
}

void ProgressMeter::update(std::uint64_t bytes, const GraphBuilder& graph) {
  if (Clock::now() - lastTold_ < std::chrono::milliseconds{100}) return;
  state_.bytesRead = done_ + bytes;
  tell(graph);
}

void ProgressMeter::tell(const GraphBuilder& graph) {
  state_.nodes = graph.nodes();
  state_.relationships = graph.relationships();
  lastTold_ = Clock::now();
  state_.seconds = seconds();
  progress_.update(state_);
}

std::string RowPlaces::describe(std::uint32_t place, const std::string& current) const {
  if (place == 0 || place >= kUnknown) return {};
  const auto after = std::upper_bound(files_.begin(), files_.end(), std::uint64_t{place},
                                      [](std::uint64_t p, const auto& f) { return p < f.first; });
  const auto& [first, file] = *std::prev(after);
  return file == current ? fmt::format("line {}", place - first) : fmt::format("{}:{}", file, place - first);
}

RowStream::RowStream(std::vector<std::filesystem::path> files, OpenFile open, Header header)
    : files_{std::move(files)}, open_{std::move(open)}, mode_{header} {
  openNext();
  headerFile_ = reader_->name();
  if (!reader_->next(batch_)) {
    if (mode_ != Header::kNone) throw reader_->error(1, "", "the file is empty: a header line was expected");
    return;
  }
  pending_ = true;
  readHeader();
}

// The first row is in the batch.
void RowStream::readHeader() {
  headerLine_ = batch_.line(0);
  if (mode_ == Header::kNone) {
    for (std::size_t i = 0; i < batch_.row(0).size(); ++i) header_.push_back(std::to_string(i + 1));
  } else {
    for (const format::Cell& cell : batch_.row(0)) header_.emplace_back(cell.text());
    firstRow_ = 1;
    for (const auto& defect : batch_.defects()) {
      if (defect.row == 0) throw reader_->error(defect.line, std::to_string(defect.column), defect.message);
    }
  }
  for (const std::string& name : header_) {
    headerCells_.push_back({name.data(), static_cast<std::uint32_t>(name.size()), true});
  }
}

bool RowStream::openNext() {
  if (nextFile_ == files_.size()) return false;
  if (reader_) finishedBytes_ += reader_->bytesRead();
  reader_ = std::make_unique<format::CsvReadAhead>(open_(files_[nextFile_++]));
  startsFile_ = true;
  return true;
}

bool RowStream::next() {
  if (pending_) {
    pending_ = false;
    return true;
  }
  startsFile_ = false;
  firstRow_ = 0;
  while (!reader_->next(batch_)) {
    if (!openNext()) return false;
  }
  if (startsFile_ && mode_ == Header::kEachFile) checkHeader();
  return true;
}

void RowStream::checkHeader() {
  firstRow_ = 1;
  const auto cells = batch_.row(0);
  const auto same = [](const format::Cell& cell, const std::string& name) { return cell.text() == name; };
  if (!std::equal(cells.begin(), cells.end(), header_.begin(), header_.end(), same)) {
    throw reader_->error(1, "", fmt::format("the header differs from that of {}", headerFile_));
  }
}

}  // namespace plexus::load
