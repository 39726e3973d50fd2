// core/parse/syntax_error.h: what ANTLR found wrong, in words: what stands there, what could stand there, and which
// keyword may be meant.
#pragma once

#include <string_view>

#include "antlr4-runtime.h"

namespace plexus::parse {

// Throws Error{kSyntaxError, kCompile} at the first token that cannot follow what was read. Use it with a parser whose
// stream is a parse::TokenStream over the tokens of `text`.
class SyntaxErrorStrategy final : public antlr4::DefaultErrorStrategy {
 public:
  explicit SyntaxErrorStrategy(std::string_view text) : text_{text} {}

  void recover(antlr4::Parser* parser, std::exception_ptr error) override;
  antlr4::Token* recoverInline(antlr4::Parser* parser) override;
  // Called where something optional may begin: remembers what could, for the message if nothing fits.
  void sync(antlr4::Parser* parser) override;
  void reportError(antlr4::Parser* parser, const antlr4::RecognitionException& error) override;

 private:
  [[noreturn]] void fail(antlr4::Parser* parser, antlr4::Token* token, antlr4::misc::IntervalSet expected);

  std::string_view text_;
  std::size_t at_ = ~std::size_t{0};  // the token before which `possible_` could stand
  antlr4::misc::IntervalSet possible_;
};

}  // namespace plexus::parse
