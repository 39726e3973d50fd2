#include "core/parse/syntax_error.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "CypherParser.h"
#include "core/base/nearest_name.h"
#include "core/parse/build/builder.h"
#include "core/parse/foreign_syntax.h"
#include "core/parse/token_stream.h"

namespace plexus::parse {
namespace {

using antlr4::misc::IntervalSet;
using P = grammar::CypherParser;
using Context = std::shared_ptr<antlr4::atn::PredictionContext>;

// What may follow `state`, whose callers are known as far as `context` goes and continue in `outer`.
void collectExpected(antlr4::Parser* parser, antlr4::atn::ATNState* state, const Context& context,
                     std::set<std::pair<std::size_t, const void*>>& seen, IntervalSet& into) {
  if (!seen.emplace(state->stateNumber, context.get()).second) return;
  const auto& atn = parser->getATN();
  IntervalSet next = atn.nextTokens(state);
  const bool ruleMayEnd = next.contains(antlr4::Token::EPSILON);
  next.remove(antlr4::Token::EPSILON);
  into.addAll(next);
  if (!ruleMayEnd || context == nullptr) return;
  for (std::size_t i = 0; i < context->size(); ++i) {
    const std::size_t back = context->getReturnState(i);
    if (back == antlr4::atn::PredictionContext::EMPTY_RETURN_STATE) {
      auto* outer = parser->getContext();
      if (outer->invokingState != antlr4::atn::ATNState::INVALID_STATE_NUMBER) {
        into.addAll(atn.getExpectedTokens(outer->invokingState, static_cast<antlr4::RuleContext*>(outer->parent)));
      }
    } else {
      collectExpected(parser, atn.states[back], context->getParent(i), seen, into);
    }
  }
}

IntervalSet expectedAfterLookahead(antlr4::Parser* parser, const antlr4::NoViableAltException& error) {
  IntervalSet expected;
  const auto* dead = error.getDeadEndConfigs();
  if (dead == nullptr) return expected;
  std::set<std::pair<std::size_t, const void*>> seen;
  for (const auto& config : dead->configs) {
    collectExpected(parser, config->state, config->context, seen, expected);
  }
  return expected;
}

bool isKeyword(std::size_t type) { return type > P::CONSTANT_LIST && type != antlr4::Token::EOF; }

std::string keyword(const antlr4::dfa::Vocabulary& vocabulary, std::size_t type) {
  std::string word = vocabulary.getSymbolicName(type);
  if (!word.empty() && word.back() == '_') word.pop_back();
  return word;
}

// Expected tokens in words: groups first, then single keywords and signs.
class Wording {
 public:
  Wording(const IntervalSet& expected, const antlr4::dfa::Vocabulary& vocabulary) : vocabulary_{vocabulary} {
    for (const auto type : expected.toList()) types_.insert(static_cast<std::size_t>(type));
  }

  std::vector<std::string> words() {
    const bool end = has(antlr4::Token::EOF);
    // Never written as such, or only another way to say what is listed.
    drop({P::QUOTED_WORD, P::PATTERN_LPAREN, P::LIST_COMPREHENSION, P::PATTERN_COMPREHENSION, P::IS_LABEL, P::SEMICOLON,
          P::CONSTANT_LIST, P::BAD_NUMBER, P::OTHER_DASH, P::LEFT_HEAD, P::RIGHT_HEAD, antlr4::Token::EOF});
    groups();
    for (const auto type : types_) words_.push_back(single(type));
    if (end) words_.emplace_back("the end of the query");
    return std::move(words_);
  }

 private:
  bool has(std::size_t type) const { return types_.count(type) > 0; }
  void drop(std::initializer_list<std::size_t> list) {
    for (const auto type : list) types_.erase(type);
  }
  void dropNames() {
    std::erase_if(types_, [](std::size_t type) { return type == P::WORD || isKeyword(type); });
  }

  void groups() {
    if (has(P::INTEGER_LITERAL) && has(P::STRING_LITERAL) && has(P::LBRACK)) {
      words_.emplace_back("an expression");
      drop({P::INTEGER_LITERAL, P::FLOAT_LITERAL, P::STRING_LITERAL, P::LBRACK, P::LBRACE, P::LPAREN, P::PLUS, P::MINUS,
            P::DOLLAR});
      dropNames();
    }
    if (has(P::WORD)) {
      words_.emplace_back(has(P::MATCH) ? "a name" : "a variable");
      dropNames();
    }
    if (has(P::AND) && has(P::OR)) {
      words_.emplace_back("an operator");
      drop({P::AND,    P::OR,         P::XOR,         P::EQ,     P::NEQ,  P::LT,           P::LE,
            P::GT,     P::GE,         P::PLUS,        P::MINUS,  P::STAR, P::SLASH,        P::PERCENT,
            P::CARET,  P::DOUBLE_BAR, P::REGEX_MATCH, P::IN,     P::IS,   P::DOUBLE_COLON, P::CONTAINS,
            P::STARTS, P::ENDS,       P::DOT,         P::LBRACK, P::COLON});
    }
    if (has(P::MATCH) && has(P::RETURN)) {
      const bool statement = has(P::BEGIN);
      words_.emplace_back(statement ? "a statement that starts with MATCH, CREATE, RETURN or the like"
                                    : "a clause such as MATCH, WITH or RETURN");
      drop({P::MATCH, P::OPTIONAL, P::CREATE, P::INSERT, P::MERGE, P::SET, P::REMOVE, P::DELETE, P::DETACH, P::NODETACH,
            P::UNWIND, P::CALL, P::FOREACH, P::LOAD, P::FINISH, P::WITH, P::RETURN});
      if (statement) dropNames();
    }
  }

  std::string single(std::size_t type) const {
    if (type == P::INTEGER_LITERAL) return "an integer";
    if (type == P::FLOAT_LITERAL) return "a number";
    if (type == P::STRING_LITERAL) return "a string";
    if (type == P::SEPARATOR) return "`|`";
    const std::string sign = vocabulary_.getLiteralName(type);
    return sign.empty() ? keyword(vocabulary_, type) : "`" + sign.substr(1, sign.size() - 2) + "`";
  }

  const antlr4::dfa::Vocabulary& vocabulary_;
  std::set<std::size_t> types_;
  std::vector<std::string> words_;
};

std::string join(const std::vector<std::string>& words) {
  constexpr std::size_t kShown = 12;
  std::string text;
  const std::size_t shown = std::min(words.size(), kShown);
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
    text += words[i];
  }
  if (shown < words.size()) text += ", ...";
  return text;
}

// Keywords the parser would have taken, near to what was written.
std::string meantKeyword(std::string_view written, const IntervalSet& expected,
                         const antlr4::dfa::Vocabulary& vocabulary) {
  std::vector<std::string> candidates;
  for (const auto type : expected.toList()) {
    if (type <= static_cast<ssize_t>(P::CONSTANT_LIST)) continue;
    candidates.push_back(keyword(vocabulary, static_cast<std::size_t>(type)));
  }
  const auto nearest = nearestName(written, candidates);
  return nearest ? fmt::format("did you mean {}?", *nearest) : "";
}

// In -[...]-, a `..` without `*` before it, or a negative length.
bool isBadLength(antlr4::Parser* parser, const antlr4::Token* token) {
  const auto type = token->getType();
  auto* stream = parser->getTokenStream();
  const auto index = token->getTokenIndex();
  const auto before = index > 0 ? stream->get(index - 1)->getType() : 0;
  if (type == P::MINUS || type == P::PLUS || type == P::FLOAT_LITERAL) return before == P::STAR || before == P::DOTDOT;
  if (type != P::DOTDOT && type != P::INTEGER_LITERAL) return false;
  for (auto* context = dynamic_cast<antlr4::RuleContext*>(parser->getContext()); context != nullptr;
       context = dynamic_cast<antlr4::RuleContext*>(context->parent)) {
    if (context->getRuleIndex() == P::RuleRelationshipPattern) return true;
    if (context->getRuleIndex() == P::RuleExpression) return false;
  }
  return false;
}

struct Problem {
  std::string_view detail = "UnexpectedSyntax";
  std::string message;
  std::string hint;
};

// Tokens that are wrong wherever they stand; an empty message for all others.
Problem badToken(std::size_t type, std::string_view text) {
  switch (type) {
    case P::UNTERMINATED_STRING:
      return {"UnexpectedSyntax", "the string is not closed", fmt::format("it needs a {} at its end", text.front())};
    case P::UNTERMINATED_NAME:
      return {"UnexpectedSyntax", "the name in backquotes is not closed", "it needs a ` at its end"};
    case P::UNTERMINATED_COMMENT:
      return {"UnexpectedSyntax", "the comment is not closed", "it needs a */ at its end"};
    case P::EXCLAMATION_EQ:
      return {"UnexpectedSyntax", "`!=` is no operator", "write `<>` for \"not equal\""};
    case P::OTHER_DASH:
    case P::LEFT_HEAD:
    case P::RIGHT_HEAD:
    case P::UNKNOWN:
      if (static_cast<unsigned char>(text.front()) >= 0x80) {
        const bool quote = text == "‘" || text == "’" || text == "“" || text == "”";
        return {"InvalidUnicodeCharacter", fmt::format("the character `{}` has no meaning here", text),
                quote ? "a string stands between straight quotes: 'text' or \"text\"" : ""};
      }
      return {};
    default:
      return {};
  }
}

}  // namespace

void SyntaxErrorStrategy::fail(antlr4::Parser* parser, antlr4::Token* token, IntervalSet expected) {
  if (token->getTokenIndex() == at_) expected.addAll(possible_);
  expected.remove(antlr4::Token::EPSILON);
  expected.remove(token->getType());  // could begin something here, but nothing that goes on as the text does
  const Span span = spanOf(token);
  const auto type = token->getType();
  const std::string_view written = text_.substr(span.begin, span.end - span.begin);
  Problem problem = badToken(type, written);
  if (problem.message.empty()) {
    const auto& vocabulary = parser->getVocabulary();
    const bool end = type == antlr4::Token::EOF;
    const std::string expectation = join(Wording{expected, vocabulary}.words());
    const bool nothing = end && token->getTokenIndex() == 0;
    problem.message = nothing ? "the query is empty"
                      : end   ? "the query ends too early"
                              : fmt::format("unexpected `{}`", written);
    if (!expectation.empty()) problem.message += ": expected " + expectation;
    problem.hint = foreignSyntaxHint(text_.substr(0, span.begin), written);
    if (expectation == "`=`" && problem.hint.empty()) problem.hint = "a node stands in parentheses: MATCH (n)";
    if (problem.hint.empty() && type == P::WORD) problem.hint = meantKeyword(written, expected, vocabulary);
    if (token == parser->getCurrentToken() && parser->getTokenStream()->LA(-1) == P::SEMICOLON) {
      problem.hint = "statements are parsed one at a time";
    }
    if (isBadLength(parser, token)) problem.detail = "InvalidRelationshipPattern";
  }
  throwSyntax(problem.detail, std::move(problem.message), span, std::move(problem.hint));
}

void SyntaxErrorStrategy::sync(antlr4::Parser* parser) {
  const std::size_t at = parser->getTokenStream()->index();
  if (at != at_) possible_.clear();
  at_ = at;
  const auto& atn = parser->getATN();
  possible_.addAll(atn.nextTokens(atn.states[parser->getState()]));
}

void SyntaxErrorStrategy::reportError(antlr4::Parser* parser, const antlr4::RecognitionException& error) {
  const auto* lookahead = dynamic_cast<const antlr4::NoViableAltException*>(&error);
  auto* token = error.getOffendingToken();
  IntervalSet expected;
  if (lookahead != nullptr) expected = expectedAfterLookahead(parser, *lookahead);
  if (expected.isEmpty()) expected = parser->getExpectedTokens();
  fail(parser, token, expected);
}

void SyntaxErrorStrategy::recover(antlr4::Parser* parser, std::exception_ptr error) {
  try {
    std::rethrow_exception(error);
  } catch (const antlr4::RecognitionException& e) {
    reportError(parser, e);
  }
}

antlr4::Token* SyntaxErrorStrategy::recoverInline(antlr4::Parser* parser) {
  fail(parser, parser->getCurrentToken(), parser->getExpectedTokens());
}

}  // namespace plexus::parse
