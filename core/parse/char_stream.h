// core/parse/char_stream.h: valid UTF-8 as ANTLR's lexer reads it. Positions are bytes, so that spans need no
// translation.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "antlr4-runtime.h"

namespace plexus::parse {

class CharStream final : public antlr4::CharStream {
 public:
  explicit CharStream(std::string_view text) : text_{text} {}

  void consume() override { at_ += length(at_); }
  std::size_t LA(ssize_t i) override;
  ssize_t mark() override { return -1; }
  void release(ssize_t) override {}
  std::size_t index() override { return at_; }
  void seek(std::size_t index) override { at_ = index; }
  std::size_t size() override { return text_.size(); }
  std::string getSourceName() const override { return "query"; }
  std::string getText(const antlr4::misc::Interval& interval) override;
  std::string toString() const override { return std::string{text_}; }

 private:
  std::size_t length(std::size_t at) const;
  std::size_t characterAt(std::size_t at) const;

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace plexus::parse
