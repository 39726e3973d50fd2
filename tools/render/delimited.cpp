#include <ostream>

#include "tools/render/writers.h"

namespace plexus::tools {
namespace {

class DelimitedWriter final : public ResultWriter {
 public:
  DelimitedWriter(std::ostream& out, char delimiter) : out_{out}, delimiter_{delimiter} {}

  void begin(const std::vector<std::string>& columns) override {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      separate(i);
      field(columns[i]);
    }
    out_ << '\n';
  }

  void row(std::span<const Value> values, const EntitySource& entities) override {
    for (std::size_t i = 0; i < values.size(); ++i) {
      separate(i);
      if (!values[i].isNull()) field(toDisplayText(values[i], &entities));
    }
    out_ << '\n';
  }

  void end() override { out_.flush(); }

 private:
  void separate(std::size_t column) {
    if (column > 0) out_ << delimiter_;
  }

  void field(const std::string& text) {
    const bool plain = !text.empty() && text.find_first_of("\"\r\n") == std::string::npos &&
                       text.find(delimiter_) == std::string::npos;
    if (plain) {
      out_ << text;
      return;
    }
    out_ << '"';
    for (const char c : text) {
      if (c == '"') out_ << '"';
      out_ << c;
    }
    out_ << '"';
  }

  std::ostream& out_;
  char delimiter_;
};

}  // namespace

std::unique_ptr<ResultWriter> makeDelimitedWriter(std::ostream& out, char delimiter) {
  return std::make_unique<DelimitedWriter>(out, delimiter);
}

}  // namespace plexus::tools
