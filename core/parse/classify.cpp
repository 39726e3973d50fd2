#include <array>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "CypherParser.h"
#include "core/parse/parser.h"
#include "core/parse/tokens.h"

namespace plexus::parse {
namespace {

using P = grammar::CypherParser;

constexpr std::size_t kNone = ~std::size_t{0};
// LIST<LIST<...>>: deeper ones are no types of anything, and slow to tell from comparisons.
constexpr int kMaxTypeDepth = 100;
// Shorter lists of constants are left to the grammar.
constexpr std::size_t kLongList = 64;

bool isWord(std::uint32_t type) { return type == P::WORD || type == P::QUOTED_WORD || type > P::CONSTANT_LIST; }

// Keywords that start a clause or join expressions: no variable has such a name without backquotes, unless its
// neighbours leave no doubt.
bool isReserved(std::uint32_t type) {
  switch (type) {
    case P::MATCH:
    case P::RETURN:
    case P::WITH:
    case P::CREATE:
    case P::MERGE:
    case P::UNWIND:
    case P::UNION:
    case P::WHERE:
    case P::SET:
    case P::DELETE:
    case P::AND:
    case P::OR:
    case P::XOR:
    case P::NOT:
    case P::IN:
    case P::AS:
    case P::CASE:
    case P::WHEN:
    case P::THEN:
    case P::ELSE:
    case P::IS:
    case P::DISTINCT:
      return true;
    default:
      return false;
  }
}

bool isConstantWord(std::uint32_t type) {
  return type == P::NULL_ || type == P::TRUE_ || type == P::FALSE_ || type == P::INF || type == P::INFINITY_ ||
         type == P::NAN_;
}

bool isNumber(std::uint32_t type) { return type == P::INTEGER_LITERAL || type == P::FLOAT_LITERAL; }

bool isScalar(std::uint32_t type) { return isNumber(type) || type == P::STRING_LITERAL || isConstantWord(type); }

// A token after which an expression may be complete, so that `[` is an index and END closes a CASE.
bool endsExpression(std::uint32_t type) {
  return type == P::WORD || type == P::QUOTED_WORD || type == P::RPAREN || type == P::RBRACK || type == P::RBRACE ||
         type == P::END || type == P::CONSTANT_LIST || isScalar(type);
}

// One open bracket.
struct Frame {
  std::size_t open = 0;           // position of the bracket in the output; kNone for the whole text
  std::uint32_t close = 0;        // type of the bracket that closes it
  bool constant = true;           // only constants, commas and constant lists so far
  bool commaFirst = false;        // a comma before any `|` or WHERE
  bool where = false;             // WHERE stands in it
  bool inLabels = false;          // the last tokens are a label expression or a type
  std::size_t separator = kNone;  // the first `|` that cannot belong to a label expression
  std::size_t lastBar = kNone;    // the last `|`
  int cases = 0;                  // CASEs not closed by END
  int nots = 0;                   // NOTs whose operands may contain what follows
  int types = 0;                  // LIST< not closed
};

class Classifier {
 public:
  explicit Classifier(Tokens& tokens) : tokens_{tokens}, in_{tokens.list} { out_.reserve(in_.size()); }

  void run() {
    frames_.push_back({.open = kNone});
    for (at_ = 0; at_ < in_.size(); ++at_) {
      Token token = in_[at_];
      token.type = continuesLabel(token.type) ? std::uint32_t{P::AMPERSAND} : nameOrKeyword(token.type);
      limitDepth(token);
      note(token.type);
      out_.push_back(token);
      if (token.type == P::LPAREN || token.type == P::LBRACK || token.type == P::LBRACE) {
        open(token);
      } else if (token.type == P::RPAREN || token.type == P::RBRACK || token.type == P::RBRACE) {
        close(token.type);
      }
    }
    tokens_.list = std::move(out_);
  }

 private:
  std::uint32_t next(std::size_t distance = 1) const {
    return at_ + distance < in_.size() ? in_[at_ + distance].type : ~0U;
  }
  // The last token that was written, `distance` back.
  std::uint32_t before(std::size_t distance = 1) const {
    return out_.size() >= distance ? out_[out_.size() - distance].type : ~0U;
  }
  std::uint32_t written(std::size_t at) const { return at < out_.size() ? out_[at].type : ~0U; }

  // `:A:B` is `:A&B`: a colon inside a label expression becomes `&` (the builder still sees which it was), so that it
  // is never taken for the beginning of another one, which would make a long chain slow. `A|:B` keeps its colon.
  bool continuesLabel(std::uint32_t type) const {
    return type == P::COLON && frames_.back().inLabels && before() != P::BAR;
  }

  // A keyword whose place only allows a name becomes one; IS before a label becomes IS_LABEL.
  std::uint32_t nameOrKeyword(std::uint32_t type) const {
    if (type <= P::CONSTANT_LIST || type == ~0U) return type;
    const std::uint32_t previous = before();
    if (previous == P::DOT) return P::WORD;
    if (previous == P::AS) return P::WORD;
    if (type == P::IS && isWordOrLabelStart(next()) && next() != P::COLON) {
      const bool key = previous == P::LBRACE || previous == P::COMMA || previous == P::COLON || previous == P::DOLLAR;
      return key ? type : static_cast<std::uint32_t>(P::IS_LABEL);
    }
    if (isReserved(type) && type != P::NOT && type != P::CASE && type != P::DISTINCT) {
      if (next() == P::DOT) return P::WORD;
      const bool opened = previous == P::LPAREN || previous == P::LBRACK || previous == P::COMMA;
      const std::uint32_t n = next();
      if (opened && (n == P::RPAREN || n == P::COLON || n == P::COMMA || n == P::RBRACK)) return P::WORD;
    }
    return type;
  }

  bool isWordOrLabelStart(std::uint32_t type) const {
    switch (type) {
      case P::NULL_:
      case P::NOT:
      case P::TYPED:
      case P::NORMALIZED:
      case P::NFC:
      case P::NFD:
      case P::NFKC:
      case P::NFKD:
        return false;
      default:
        return isWord(type) || type == P::EXCLAMATION || type == P::LPAREN || type == P::PERCENT || type == P::DOLLAR;
    }
  }

  [[noreturn]] static void tooDeep(const Token& token, std::string_view what = "the query", int limit = kMaxDepth) {
    throwCompile(ErrorType::kLimitExceeded, "", fmt::format("{} is nested more than {} levels deep", what, limit),
                 {token.begin, token.end});
  }

  // Brackets are counted by frames_; this is for what nests without them.
  void limitDepth(const Token& token) {
    Frame& frame = frames_.back();
    const std::uint32_t type = token.type;
    const bool prefix = type == P::NOT || type == P::PLUS || type == P::MINUS || type == P::EXCLAMATION;
    prefixes_ = prefix ? prefixes_ + 1 : 0;
    if (type == P::NOT) ++frame.nots;
    if (isReserved(type) && type != P::NOT && type != P::IN && type != P::IS) frame.nots = 0;
    if (type == P::COMMA) frame.nots = 0;
    if (type == P::CASE) ++frame.cases, ++openCases_;
    if (type == P::END && frame.cases > 0 && endsExpression(before())) --frame.cases, --openCases_;
    if (type == P::LT && (before() == P::LIST || before() == P::ARRAY || before() == P::ANY)) ++frame.types;
    if (type == P::GT && frame.types > 0) --frame.types;
    const auto depth = static_cast<int>(frames_.size()) + openCases_;
    if (frame.types > kMaxTypeDepth) tooDeep(token, "a type", kMaxTypeDepth);
    if (prefixes_ > kMaxDepth || frame.nots > kMaxDepth || depth > kMaxDepth + 1) tooDeep(token);
  }

  // What the innermost open bracket learns from one more token.
  void note(std::uint32_t type) {
    Frame& frame = frames_.back();
    const bool bracket = type == P::LBRACK || type == P::RBRACK || type == P::LBRACE || type == P::RBRACE;
    const bool inMap = frame.close == P::RBRACE && (type == P::COLON || isWord(type));
    if (!isScalar(type) && type != P::COMMA && type != P::CONSTANT_LIST && type != P::MINUS && !bracket && !inMap) {
      frame.constant = false;
    }
    if (type == P::WHERE) frame.where = true;
    if (type == P::COMMA && frame.lastBar == kNone && !frame.where) frame.commaFirst = true;
    if (type == P::BAR) {
      frame.lastBar = out_.size();
      if (!frame.inLabels && frame.separator == kNone) frame.separator = out_.size();
    }
    frame.inLabels = continuesLabels(frame, type);
  }

  bool continuesLabels(const Frame& frame, std::uint32_t type) const {
    switch (type) {
      case P::COLON:  // but not that of a map's key
        return frame.close != P::RBRACE || !isWord(before()) || (before(2) != P::LBRACE && before(2) != P::COMMA);
      case P::DOUBLE_COLON:
      case P::IS_LABEL:
      case P::TYPED:
        return true;
      case P::BAR:
      case P::AMPERSAND:
      case P::EXCLAMATION:
      case P::PERCENT:
      case P::DOLLAR:
      case P::LPAREN:
      case P::RPAREN:
      case P::LT:
      case P::GT:
      case P::NOT:
      case P::NULL_:
        return frame.inLabels;
      default:
        return frame.inLabels && isWord(type) && !endsExpression(before());
    }
  }

  void open(const Token& token) {
    if (static_cast<int>(frames_.size()) + openCases_ > kMaxDepth) tooDeep(token);
    const std::uint32_t closing = token.type == P::LPAREN ? P::RPAREN : token.type == P::LBRACK ? P::RBRACK : P::RBRACE;
    const std::uint32_t previous = before(2);
    const bool dynamic = previous == P::DOLLAR || previous == P::ANY || previous == P::ALL;
    const bool inLabels = token.type == P::LPAREN && frames_.back().inLabels && !dynamic;
    frames_.push_back({.open = out_.size() - 1, .close = closing, .inLabels = inLabels});
  }

  void close(std::uint32_t type) {
    // A bracket that does not match is the parser's to report.
    if (frames_.size() == 1 || frames_.back().close != type) return;
    Frame frame = frames_.back();
    frames_.pop_back();
    openCases_ -= frame.cases;
    if (type == P::RPAREN) {
      if (isNodePattern(frame.open) && relationshipFollows()) out_[frame.open].type = P::PATTERN_LPAREN;
    } else if (type == P::RBRACK) {
      closeList(frame);
    }
    if (!frame.constant || type == P::RPAREN) frames_.back().constant = false;
  }

  // Does `(` at `open`, closed by the last token written, look like (variable? labels? properties? WHERE?)?
  bool isNodePattern(std::size_t open) const {
    std::size_t at = open + 1;
    const auto startsRest = [this](std::size_t i) {
      const std::uint32_t type = written(i);
      return type == P::COLON || type == P::IS_LABEL || type == P::LBRACE || type == P::DOLLAR || type == P::WHERE;
    };
    if (isWord(written(at)) && (startsRest(at + 1) || written(at + 1) == P::RPAREN)) ++at;
    return startsRest(at) || at == out_.size() - 1;
  }

  // -[, --(, -->, <-[, <--
  bool relationshipFollows() const {
    std::size_t i = 1;
    if (next(i) == P::LT || next(i) == P::LEFT_HEAD) ++i;
    if (!isDash(next(i))) return false;
    if (next(i + 1) == P::LBRACK) return true;
    const std::uint32_t after = next(i + 2);
    return isDash(next(i + 1)) && (i == 2 || after == P::LPAREN || after == P::GT || after == P::RIGHT_HEAD);
  }
  static bool isDash(std::uint32_t type) { return type == P::MINUS || type == P::OTHER_DASH; }

  void closeList(Frame& frame) {
    if (endsExpression(written(frame.open - 1)) && frame.open > 0) return;  // an index
    if (frame.constant && out_.size() - frame.open > kLongList) {
      frame.constant = isConstantList(frame.open);
      if (frame.constant) return fold(frame.open);
    }
    std::uint32_t kind = 0;
    const std::size_t first = frame.open + 1;
    if (startsPattern(first) && frame.lastBar != kNone && !frame.commaFirst) kind = P::PATTERN_COMPREHENSION;
    const bool name = isWord(written(first)) && !isReserved(written(first)) && !isConstantWord(written(first));
    if (name && written(first + 1) == P::IN && !frame.commaFirst) kind = P::LIST_COMPREHENSION;
    if (kind == 0) return;
    out_[frame.open].type = kind;
    const std::size_t bar = frame.separator != kNone ? frame.separator : frame.lastBar;
    if (bar == kNone) return;
    out_[bar].type = P::SEPARATOR;
    firstColonAfter(bar);
  }

  // What was read as one label expression ended at the separator: `x:A | y:B`. The first colon behind it starts
  // another.
  void firstColonAfter(std::size_t bar) {
    int depth = 0;
    for (std::size_t at = bar + 1; at < out_.size(); ++at) {
      const std::uint32_t type = out_[at].type;
      if (type == P::LPAREN || type == P::PATTERN_LPAREN) ++depth;
      if (type == P::RPAREN) --depth;
      if (depth > 0 || isWord(type) || type == P::RPAREN) continue;
      if (type == P::AMPERSAND) out_[at].type = P::COLON;
      return;
    }
  }

  bool startsPattern(std::size_t at) const {
    if (isWord(written(at)) && written(at + 1) == P::EQ) at += 2;
    return written(at) == P::PATTERN_LPAREN;
  }

  // Is the list from `open` to the last token well-formed? A mistake in it is the parser's to report.
  bool isConstantList(std::size_t open) const {
    std::size_t at = open;
    return skipConstant(at) && at == out_.size();
  }

  // The recursion is limited as brackets are.
  bool skipConstant(std::size_t& at) const {
    const std::uint32_t type = written(at);
    if (type == P::LBRACK || type == P::LBRACE) return skipCollection(at, type == P::LBRACE);
    if (type == P::MINUS) return ++at, isNumber(written(at++));
    return ++at, isScalar(type) || type == P::CONSTANT_LIST;
  }

  bool skipCollection(std::size_t& at, bool map) const {
    const std::uint32_t closing = map ? P::RBRACE : P::RBRACK;
    if (written(++at) == closing) return ++at, true;
    while (true) {
      if (map && (!isWord(written(at)) || written(at + 1) != P::COLON)) return false;
      if (map) at += 2;
      if (!skipConstant(at)) return false;
      if (written(at) == closing) return ++at, true;
      if (written(at++) != P::COMMA) return false;
    }
  }

  void fold(std::size_t open) {
    const auto begin = out_.begin() + static_cast<std::ptrdiff_t>(open);
    const Token whole{P::CONSTANT_LIST, begin->begin, out_.back().end};
    tokens_.constantLists.emplace(whole.begin, std::vector<Token>(begin, out_.end()));
    out_.erase(begin, out_.end());
    out_.push_back(whole);
  }

  Tokens& tokens_;
  std::vector<Token>& in_;
  std::vector<Token> out_;
  std::vector<Frame> frames_;
  std::size_t at_ = 0;
  int prefixes_ = 0;
  int openCases_ = 0;
};

}  // namespace

void classify(Tokens& tokens) { Classifier{tokens}.run(); }

}  // namespace plexus::parse
