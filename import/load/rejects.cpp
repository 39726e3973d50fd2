#include "import/load/rejects.h"

#include <algorithm>

#include <fmt/format.h>

namespace plexus::load {

Rejects::Rejects(const ImportOptions& options)
    : onError_{options.onError}, examplesPerKind_{options.examplesPerKind}, path_{options.rejectFile} {
  if (onError_ != OnError::kReject) return;
  file_.open(path_, std::ios::binary | std::ios::trunc);
  if (!file_) {
    throw Error{ErrorType::kIoError, Phase::kRuntime, "",
                fmt::format("cannot write the reject file {}", path_.string())};
  }
}

void Rejects::add(std::string_view kind, RecordPosition where, std::string message, std::string_view row) {
  if (onError_ == OnError::kStop) {
    throw Error{ErrorType::kInputError, Phase::kRuntime, "InvalidInput", std::move(message), std::move(where)};
  }
  ++count_;
  if (onError_ == OnError::kReject) write(where, message, row);
  auto entry = std::find_if(kinds_.begin(), kinds_.end(), [&](const RejectedRows& r) { return r.kind == kind; });
  if (entry == kinds_.end()) {
    kinds_.push_back({std::string{kind}, 0, {}});
    entry = std::prev(kinds_.end());
  }
  ++entry->count;
  if (entry->examples.size() < examplesPerKind_) entry->examples.push_back({std::move(where), std::move(message)});
}

void Rejects::write(const RecordPosition& where, const std::string& message, std::string_view row) {
  file_ << "# " << where.file << ':' << where.line;
  if (!where.column.empty()) file_ << ':' << where.column;
  file_ << ": " << message << '\n' << row << '\n';
  file_.flush();
  if (!file_) {
    throw Error{ErrorType::kIoError, Phase::kRuntime, "",
                fmt::format("cannot write the reject file {}", path_.string())};
  }
}

void Rejects::report(ImportReport& report) const {
  report.rejected = kinds_;
  report.rejectedRows = count_;
}

}  // namespace plexus::load
