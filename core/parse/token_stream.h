// core/parse/token_stream.h: our tokens as ANTLR's parser reads them: one flat array, nothing lazy, nothing hidden.
#pragma once

#include <string>
#include <vector>

#include "antlr4-runtime.h"
#include "core/parse/tokens.h"

namespace plexus::parse {

// Positions are bytes of the text; lines are worked out by whoever shows an error.
class StreamToken final : public antlr4::Token {
 public:
  StreamToken(const parse::Token& token, std::size_t index) : token_{token}, index_{index} {}

  Span span() const { return {token_.begin, token_.end}; }

  std::string getText() const override { return {}; }
  std::size_t getType() const override { return token_.type == ~0U ? antlr4::Token::EOF : token_.type; }
  std::size_t getLine() const override { return 0; }
  std::size_t getCharPositionInLine() const override { return 0; }
  std::size_t getChannel() const override { return antlr4::Token::DEFAULT_CHANNEL; }
  std::size_t getTokenIndex() const override { return index_; }
  std::size_t getStartIndex() const override { return token_.begin; }
  std::size_t getStopIndex() const override { return token_.end - 1U; }
  antlr4::TokenSource* getTokenSource() const override { return nullptr; }
  antlr4::CharStream* getInputStream() const override { return nullptr; }
  std::string toString() const override { return {}; }

 private:
  parse::Token token_;
  std::size_t index_;
};

class TokenStream final : public antlr4::TokenStream {
 public:
  explicit TokenStream(const std::vector<parse::Token>& tokens);

  void consume() override { ++at_; }
  std::size_t LA(ssize_t i) override {
    const antlr4::Token* token = LT(i);
    return token == nullptr ? antlr4::Token::INVALID_TYPE : token->getType();
  }
  antlr4::Token* LT(ssize_t k) override;
  antlr4::Token* get(std::size_t index) const override { return const_cast<StreamToken*>(&tokens_[index]); }
  ssize_t mark() override { return 0; }
  void release(ssize_t) override {}
  std::size_t index() override { return at_; }
  void seek(std::size_t index) override { at_ = index; }
  std::size_t size() override { return tokens_.size(); }
  std::string getSourceName() const override { return "query"; }
  antlr4::TokenSource* getTokenSource() const override { return nullptr; }
  std::string getText(const antlr4::misc::Interval&) override { return {}; }
  std::string getText() override { return {}; }
  std::string getText(antlr4::RuleContext*) override { return {}; }
  std::string getText(antlr4::Token*, antlr4::Token*) override { return {}; }

 private:
  std::vector<StreamToken> tokens_;
  std::size_t at_ = 0;
};

}  // namespace plexus::parse
