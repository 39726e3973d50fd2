#include <ostream>

#include "tools/render/writers.h"

namespace plexus::tools {
namespace {

std::string escape(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '|')
      escaped += "\\|";
    else if (c == '\n')
      escaped += "<br>";
    else
      escaped += c;
  }
  return escaped;
}

class MarkdownWriter final : public ResultWriter {
 public:
  explicit MarkdownWriter(std::ostream& out) : out_{out} {}

  void begin(const std::vector<std::string>& columns) override {
    if (columns.empty()) return;
    for (const auto& column : columns) out_ << "| " << escape(column) << ' ';
    out_ << "|\n";
    for (std::size_t i = 0; i < columns.size(); ++i) out_ << "| --- ";
    out_ << "|\n";
  }

  void row(std::span<const Value> values, const EntitySource& entities) override {
    for (const Value& value : values)
      out_ << "| " << (value.isNull() ? std::string{} : escape(toDisplayText(value, &entities))) << ' ';
    out_ << "|\n";
  }

  void end() override { out_.flush(); }

 private:
  std::ostream& out_;
};

}  // namespace

std::unique_ptr<ResultWriter> makeMarkdownWriter(std::ostream& out) { return std::make_unique<MarkdownWriter>(out); }

}  // namespace plexus::tools
