#include "core/text/query.h"

#include <cmath>
#include <cstdlib>
#include <optional>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/text/analysis.h"

namespace plexus::text {
namespace {

using Occur = TextQuery::Occur;
constexpr int kMaxDepth = 100;

bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

class Parser {
 public:
  explicit Parser(std::string_view text) : text_{text} {}

  TextQuery run() {
    TextQuery query = clauses("");
    if (!atEnd()) fail("this parenthesis was not opened");
    return query;
  }

 private:
  bool atEnd() const { return at_ == text_.size(); }
  char peek() const { return text_[at_]; }
  bool starts(std::string_view what) const { return text_.substr(at_).starts_with(what); }
  void skipBlanks() {
    while (!atEnd() && isBlank(peek())) ++at_;
  }
  bool take(std::string_view what) {
    if (!starts(what)) return false;
    at_ += what.size();
    return true;
  }
  // AND, OR, NOT: words in capitals.
  bool takeWord(std::string_view word) {
    if (!starts(word)) return false;
    const std::size_t end = at_ + word.size();
    if (end < text_.size() && !isBlank(text_[end]) && text_[end] != '(' && text_[end] != '"') return false;
    at_ = end;
    return true;
  }

  [[noreturn]] void fail(std::string_view what) const {
    throw Error{ErrorType::kArgumentError,
                Phase::kRuntime,
                "InvalidArgumentValue",
                fmt::format("full-text query, at character {}: {}\n  {}\n  {:>{}}", at_ + 1, what, text_, "^", at_ + 1),
                {},
                "a backslash takes the next character as it is"};
  }

  // Up to a closing parenthesis or the end.
  TextQuery clauses(const std::string& field) {
    if (++depth_ > kMaxDepth) fail("too many parentheses inside each other");
    TextQuery query;
    for (skipBlanks(); !atEnd() && peek() != ')'; skipBlanks()) {
      const bool both = takeWord("AND") || take("&&");
      if (!both && !takeWord("OR")) take("||");
      skipBlanks();
      const bool no = takeWord("NOT") || take("!") || take("-");
      const bool must = !no && take("+");
      skipBlanks();
      if (atEnd() || peek() == ')') fail("a word is missing");
      if (both && !query.clauses.empty() && query.clauses.back().occur == Occur::kShould) {
        query.clauses.back().occur = Occur::kMust;
      }
      std::optional<TextQuery> made = clause(field);
      if (!made) continue;  // a word without letters or digits
      made->occur = no ? Occur::kMustNot : must || both ? Occur::kMust : Occur::kShould;
      query.clauses.push_back(*std::move(made));
    }
    --depth_;
    return query;
  }

  std::optional<TextQuery> clause(const std::string& field) {
    std::optional<TextQuery> made;
    if (take("(")) {
      made = group(field);
    } else if (take("\"")) {
      made = phrase(field);
    } else {
      std::string word = rawWord();
      if (!word.empty() && !atEnd() && peek() == ':') {
        ++at_;
        skipBlanks();
        if (atEnd()) fail("a word is missing after the colon");
        if (word == "*") word.clear();  // *:* is everything
        return clause(unescaped(word));
      }
      if (word.empty()) fail(refusal());
      made = single(word, field);
    }
    if (take("^")) {
      const double boost = number().value_or(-1);
      if (boost < 0) fail("^ wants a number");
      if (made) made->boost *= boost;
    }
    return made;
  }

  std::string refusal() const {
    if (peek() == '[' || peek() == '{') return "ranges are for range indexes, not for full text";
    if (peek() == '/') return "regular expressions are not understood here";
    return fmt::format("`{}` cannot stand here", peek());
  }

  TextQuery group(const std::string& field) {
    TextQuery inner = clauses(field);
    if (!take(")")) fail("a parenthesis is not closed");
    return inner;
  }

  std::optional<TextQuery> phrase(const std::string& field) {
    const std::size_t begin = at_;
    std::string content;
    while (!atEnd() && peek() != '"') {
      if (peek() == '\\' && at_ + 1 < text_.size()) ++at_;
      content += text_[at_++];
    }
    if (!take("\"")) {
      at_ = begin - 1;
      fail("this quotation mark is not closed");
    }
    unsigned slop = 0;
    if (take("~")) slop = static_cast<unsigned>(number().value_or(0));
    TextQuery query = ofTerms(termsOf(content), field, true);
    if (query.kind == TextQuery::Kind::kPhrase) query.distance = slop;
    if (query.kind == TextQuery::Kind::kBoolean) return std::nullopt;
    return query;
  }

  // Up to a blank or a sign that ends words; backslashes are kept.
  std::string rawWord() {
    constexpr std::string_view kEnds = "()\":^~[]{}";
    std::string word;
    if (!atEnd() && peek() == '/') return word;
    while (!atEnd() && !isBlank(peek()) && kEnds.find(peek()) == std::string_view::npos) {
      if (peek() == '\\' && at_ + 1 < text_.size()) word += text_[at_++];
      word += text_[at_++];
    }
    return word;
  }

  static std::string unescaped(const std::string& word) {
    std::string out;
    for (std::size_t i = 0; i < word.size(); ++i) {
      if (word[i] == '\\' && i + 1 < word.size()) ++i;
      out += word[i];
    }
    return out;
  }

  static bool hasWildcard(const std::string& word, std::size_t& first) {
    for (std::size_t i = 0; i < word.size(); ++i) {
      if (word[i] == '\\') {
        ++i;
      } else if (word[i] == '*' || word[i] == '?') {
        first = i;
        return true;
      }
    }
    return false;
  }

  std::optional<TextQuery> single(const std::string& word, const std::string& field) {
    TextQuery query;
    query.field = field;
    std::size_t wildcard = 0;
    if (hasWildcard(word, wildcard)) {
      const bool atTheEnd = word[wildcard] == '*' && wildcard + 1 == word.size();
      query.kind = atTheEnd ? TextQuery::Kind::kPrefix : TextQuery::Kind::kPattern;
      query.text = fold(atTheEnd ? unescaped(word.substr(0, wildcard)) : word);
      return query;
    }
    const std::vector<std::string> terms = termsOf(unescaped(word));
    if (take("~")) {
      const double given = number().value_or(2);
      if (terms.size() != 1) return ofTerms(terms, field, false);
      query.kind = TextQuery::Kind::kFuzzy;
      query.text = terms[0];
      // Below one it is Lucene's older measure, a share of the word that must be right.
      const double edits = given < 1 ? std::floor((1 - given) * static_cast<double>(terms[0].size())) : given;
      query.distance = static_cast<unsigned>(std::min(edits, 2.0));
      return query;
    }
    query = ofTerms(terms, field, false);
    if (query.kind == TextQuery::Kind::kBoolean && query.clauses.empty()) return std::nullopt;
    return query;
  }

  // One term, a phrase of several, or any of them.
  static TextQuery ofTerms(const std::vector<std::string>& terms, const std::string& field, bool asPhrase) {
    TextQuery query;
    query.field = field;
    if (terms.size() == 1) {
      query.kind = TextQuery::Kind::kTerm;
      query.text = terms[0];
    } else if (asPhrase && !terms.empty()) {
      query.kind = TextQuery::Kind::kPhrase;
      query.phrase = terms;
    } else {
      for (const auto& term : terms) query.clauses.push_back(ofTerms({term}, field, false));
    }
    return query;
  }

  std::optional<double> number() {
    const std::size_t begin = at_;
    while (!atEnd() && ((peek() >= '0' && peek() <= '9') || peek() == '.')) ++at_;
    if (at_ == begin) return std::nullopt;
    return std::strtod(std::string{text_.substr(begin, at_ - begin)}.c_str(), nullptr);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

TextQuery parseTextQuery(std::string_view query) { return Parser{query}.run(); }

}  // namespace plexus::text
