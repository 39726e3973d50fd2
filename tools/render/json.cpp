#include <ostream>

#include "tools/render/writers.h"

namespace plexus::tools {
namespace {

// Both JSON forms: objects a row, with what stands between and around them.
class JsonWriter final : public ResultWriter {
 public:
  JsonWriter(std::ostream& out, bool lines) : out_{out}, lines_{lines} {}

  void begin(const std::vector<std::string>& columns) override {
    static const struct NoEntities final : EntitySource {
      std::vector<std::string> labels(NodeId) const override { return {}; }
      std::vector<MapEntry> properties(NodeId) const override { return {}; }
      std::string typeName(const Relationship&) const override { return {}; }
      std::vector<MapEntry> properties(const Relationship&) const override { return {}; }
    } none;
    for (const auto& column : columns) {
      std::string key;
      appendJson(key, Value{column}, none);
      keys_.push_back(std::move(key));
    }
    if (!lines_) out_ << '[';
  }

  void row(std::span<const Value> values, const EntitySource& entities) override {
    text_.clear();
    if (!lines_) text_ += rows_ == 0 ? "\n" : ",\n";
    text_ += '{';
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (i > 0) text_ += ',';
      (text_ += keys_[i]) += ':';
      appendJson(text_, values[i], entities);
    }
    text_ += '}';
    if (lines_) text_ += '\n';
    out_ << text_;
    ++rows_;
  }

  void end() override {
    if (!lines_) out_ << (rows_ == 0 ? "]\n" : "\n]\n");
    out_.flush();
  }

 private:
  std::ostream& out_;
  bool lines_;
  std::vector<std::string> keys_;
  std::string text_;
  std::size_t rows_ = 0;
};

}  // namespace

std::unique_ptr<ResultWriter> makeJsonWriter(std::ostream& out) { return std::make_unique<JsonWriter>(out, false); }
std::unique_ptr<ResultWriter> makeJsonLinesWriter(std::ostream& out) { return std::make_unique<JsonWriter>(out, true); }

}  // namespace plexus::tools
