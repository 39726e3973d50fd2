// core/parse/tokens.h: text -> tokens, and the decisions taken on them before ANTLR's parser starts.
//
// The lexer is the grammar's; words become keywords here. Then one pass with a stack of open brackets decides what
// would cost a parser long lookahead: which `(` starts a pattern and which `[` a comprehension, which `|` separates a
// projection from a label expression, which `IS` is followed by a label, and which keywords are names (`n.order`, `AS
// end`). The same pass limits nesting, so that no later stage can overflow its stack, and replaces long lists of
// constants by one token. O(text), about 60 bytes a token.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/error.h"

namespace plexus::parse {

struct Token {
  std::uint32_t type;
  std::uint32_t begin, end;  // bytes of the text
};

struct Tokens {
  std::vector<Token> list;  // without blanks and comments; the last is EOF, an empty place at the end of the text
  // The tokens of each CONSTANT_LIST from `[` to `]`, by the byte at which it begins; lists inside may be
  // CONSTANT_LISTs again.
  std::unordered_map<std::uint32_t, std::vector<Token>> constantLists;
};

// Throws Error{kSyntaxError} for text that is not UTF-8, and Error{kLimitExceeded} for nesting deeper than kMaxDepth.
Tokens tokenize(std::string_view text);

// The tokens as the lexer sees them, words as keywords.
std::vector<Token> scan(std::string_view text);
// The second step of tokenize().
void classify(Tokens& tokens);

// Words of the grammar's keywords in upper case, for "did you mean".
const std::vector<std::string>& keywords();

}  // namespace plexus::parse
