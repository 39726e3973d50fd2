#include <algorithm>
#include <numeric>
#include <ostream>

#include "tools/render/display_width.h"
#include "tools/render/writers.h"

namespace plexus::tools {
namespace {

constexpr std::size_t kLookAhead = 1000;  // rows that decide the widths; later rows are cut to them
constexpr std::size_t kNarrowest = 8;     // a column is not squeezed below this

class TableWriter final : public ResultWriter {
 public:
  TableWriter(std::ostream& out, std::size_t width) : out_{out}, width_{width} {}

  void begin(const std::vector<std::string>& columns) override {
    columns_ = columns;
    rightAligned_.assign(columns.size(), true);
  }

  void row(std::span<const Value> values, const EntitySource& entities) override {
    std::vector<std::string> cells;
    for (std::size_t i = 0; i < values.size(); ++i) {
      cells.push_back(values[i].isNull() ? "null" : toDisplayText(values[i], &entities));
      if (!values[i].isNull() && !values[i].isNumber()) rightAligned_[i] = rightAligned_[i] && started_;
    }
    if (started_) {
      line(cells);
      return;
    }
    pending_.push_back(std::move(cells));
    if (pending_.size() == kLookAhead) start();
  }

  void end() override {
    if (!started_) start();
    if (!columns_.empty()) rule("└", "┴", "┘");
    out_.flush();
  }

 private:
  void start() {
    started_ = true;
    if (columns_.empty()) return;
    chooseWidths();
    rule("┌", "┬", "┐");
    const auto alignment = rightAligned_;
    rightAligned_.assign(columns_.size(), false);
    line(columns_);
    rightAligned_ = alignment;
    rule("├", "┼", "┤");
    for (const auto& cells : pending_) line(cells);
    pending_.clear();
  }

  // Natural widths, then the widest columns give until the table fits.
  void chooseWidths() {
    widths_.clear();
    for (const auto& column : columns_) widths_.push_back(std::max<std::size_t>(1, displayWidth(column)));
    for (const auto& cells : pending_)
      for (std::size_t i = 0; i < cells.size(); ++i) widths_[i] = std::max(widths_[i], displayWidth(cells[i]));
    if (width_ == 0) return;
    const std::size_t frame = 3 * columns_.size() + 1;
    auto total = [&] { return std::accumulate(widths_.begin(), widths_.end(), frame); };
    while (total() > width_) {
      const auto widest = std::max_element(widths_.begin(), widths_.end());
      if (*widest <= kNarrowest) return;
      const auto excess = total() - width_;
      const auto second = secondWidest(widest - widths_.begin());
      *widest -=
          std::clamp<std::size_t>(*widest > second ? *widest - second : 1, 1, std::min(excess, *widest - kNarrowest));
    }
  }

  std::size_t secondWidest(std::ptrdiff_t except) const {
    std::size_t second = kNarrowest;
    for (std::size_t i = 0; i < widths_.size(); ++i)
      if (static_cast<std::ptrdiff_t>(i) != except) second = std::max(second, widths_[i]);
    return second;
  }

  void rule(std::string_view left, std::string_view middle, std::string_view right) {
    out_ << left;
    for (std::size_t i = 0; i < widths_.size(); ++i) {
      for (std::size_t k = 0; k < widths_[i] + 2; ++k) out_ << "─";
      out_ << (i + 1 < widths_.size() ? middle : right);
    }
    out_ << '\n';
  }

  void line(const std::vector<std::string>& cells) {
    out_ << "│";
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::string cell = fitToWidth(cells[i], widths_[i]);
      const std::string padding(widths_[i] - std::min(widths_[i], displayWidth(cell)), ' ');
      out_ << ' ' << (rightAligned_[i] ? padding + cell : cell + padding) << " │";
    }
    out_ << '\n';
  }

  std::ostream& out_;
  std::size_t width_;
  std::vector<std::string> columns_;
  std::vector<bool> rightAligned_;  // columns that held only numbers when the widths were chosen
  std::vector<std::vector<std::string>> pending_;
  std::vector<std::size_t> widths_;
  bool started_ = false;
};

}  // namespace

std::unique_ptr<ResultWriter> makeTableWriter(std::ostream& out, std::size_t width) {
  return std::make_unique<TableWriter>(out, width);
}

}  // namespace plexus::tools
