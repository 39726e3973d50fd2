#include <algorithm>
#include <cstring>
#include <string>

#include "CypherLexer.h"
#include "CypherParser.h"
#include "core/parse/char_stream.h"
#include "core/parse/token_stream.h"
#include "core/parse/tokens.h"

namespace plexus::parse {
namespace {

using grammar::CypherLexer;
using grammar::CypherParser;

constexpr std::size_t kLongestKeyword = 24;

struct KeywordTable {
  std::vector<std::string> words;
  std::unordered_map<std::string_view, std::uint32_t> types;
};

// The grammar's `tokens` after CONSTANT_LIST; a trailing underscore is not part of the word.
const KeywordTable& keywordTable() {
  static const KeywordTable table = [] {
    KeywordTable built;
    TokenStream nothing{{Token{~0U, 0, 0}}};
    CypherParser parser{&nothing};
    const auto& vocabulary = parser.getVocabulary();
    constexpr std::size_t kFirst = CypherParser::CONSTANT_LIST + 1;
    for (std::size_t type = kFirst; type <= vocabulary.getMaxTokenType(); ++type) {
      std::string word = vocabulary.getSymbolicName(type);
      if (!word.empty() && word.back() == '_') word.pop_back();
      built.words.push_back(std::move(word));
    }
    for (std::size_t i = 0; i < built.words.size(); ++i) {
      built.types.emplace(built.words[i], static_cast<std::uint32_t>(kFirst + i));
    }
    return built;
  }();
  return table;
}

std::uint32_t wordType(std::string_view word) {
  char upper[kLongestKeyword];
  if (word.size() > kLongestKeyword) return CypherParser::WORD;
  std::transform(word.begin(), word.end(), upper,
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  const auto& types = keywordTable().types;
  const auto found = types.find({upper, word.size()});
  return found == types.end() ? static_cast<std::uint32_t>(CypherParser::WORD) : found->second;
}

// Bytes of the well-formed sequence at `at`, 0 if there is none (Unicode, table 3-7).
std::size_t sequenceLength(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : std::uint8_t{0};
  };
  const auto tail = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead < 0xE0) return tail(1) ? 2 : 0;
  if (lead >= 0xE0 && lead < 0xF0) {
    const bool overlong = lead == 0xE0 && byte(1) < 0xA0;
    const bool surrogate = lead == 0xED && byte(1) >= 0xA0;
    return tail(1) && tail(2) && !overlong && !surrogate ? 3 : 0;
  }
  if (lead >= 0xF0 && lead < 0xF5) {
    const bool overlong = lead == 0xF0 && byte(1) < 0x90;
    const bool tooLarge = lead == 0xF4 && byte(1) >= 0x90;
    return tail(1) && tail(2) && tail(3) && !overlong && !tooLarge ? 4 : 0;
  }
  return 0;
}

void requireUtf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = sequenceLength(text, at);
    if (length == 0) {
      const auto begin = static_cast<std::uint32_t>(at);
      throwCompile(ErrorType::kSyntaxError, "InvalidUnicodeCharacter", "the query is not valid UTF-8",
                   {begin, begin + 1});
    }
    at += length;
  }
}

}  // namespace

const std::vector<std::string>& keywords() { return keywordTable().words; }

std::vector<Token> scan(std::string_view text) {
  constexpr std::size_t kLongest = 0xFFFFFFF0U;  // spans are 32 bits
  if (text.size() > kLongest) {
    throwCompile(ErrorType::kLimitExceeded, "", "the query is longer than 4 GB", {});
  }
  requireUtf8(text);
  CharStream input{text};
  CypherLexer lexer{&input};
  std::vector<Token> tokens;
  tokens.reserve(text.size() / 4 + 2);
  while (true) {
    const auto next = lexer.nextToken();
    const auto begin = static_cast<std::uint32_t>(next->getStartIndex());
    if (next->getType() == antlr4::Token::EOF) break;
    if (next->getChannel() != antlr4::Token::DEFAULT_CHANNEL) continue;
    const auto end = static_cast<std::uint32_t>(next->getStopIndex() + 1);
    auto type = static_cast<std::uint32_t>(next->getType());
    if (type == CypherLexer::WORD) type = wordType(text.substr(begin, end - begin));
    tokens.push_back({type, begin, end});
  }
  const auto size = static_cast<std::uint32_t>(text.size());
  tokens.push_back({~0U, size, size});
  return tokens;
}

Tokens tokenize(std::string_view text) {
  Tokens tokens;
  tokens.list = scan(text);
  classify(tokens);
  return tokens;
}

}  // namespace plexus::parse
