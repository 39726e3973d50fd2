#include "core/parse/token_stream.h"

#include <algorithm>

namespace plexus::parse {

TokenStream::TokenStream(const std::vector<parse::Token>& tokens) {
  tokens_.reserve(tokens.size());
  for (const parse::Token& token : tokens) tokens_.emplace_back(token, tokens_.size());
}

antlr4::Token* TokenStream::LT(ssize_t k) {
  const auto position = static_cast<ssize_t>(at_) + (k > 0 ? k - 1 : k);
  if (position < 0) return nullptr;
  return &tokens_[std::min(static_cast<std::size_t>(position), tokens_.size() - 1)];
}

}  // namespace plexus::parse
