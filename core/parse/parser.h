// core/parse/parser.h: text -> AST. The only folder that knows ANTLR.
//
// SLL prediction first, full LL only if that fails. Warm, a typical query takes well under a millisecond; the first
// call of a process pays for decoding the grammar's automaton. Thread safety: all functions may run concurrently.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "core/parse/ast/statement.h"

namespace plexus::parse {

// One statement; a trailing `;` is allowed. Throws Error{kSyntaxError, kCompile} with a span, what was expected, and
// the TCK's detail where it has one (UnexpectedSyntax, IntegerOverflow, InvalidNumberLiteral, InvalidUnicodeLiteral,
// InvalidUnicodeCharacter, InvalidRelationshipPattern, ...). Nesting deeper than kMaxDepth is an error, never a crash.
std::unique_ptr<ast::Statement> parse(std::string_view text);
inline constexpr int kMaxDepth = 1000;

// Only an expression, as for `--param k=LITERAL`. Throws as parse().
ast::ExpressionPtr parseExpression(std::string_view text);

// The statements of a script as spans of `text`, split at `;` outside strings, comments and backquotes; empty ones are
// dropped. Never throws: an unterminated string ends with the text. `complete` (may be null) tells whether the last
// statement was closed by a `;`: a shell reads on while it is false.
std::vector<Span> splitStatements(std::string_view text, bool* complete = nullptr);

}  // namespace plexus::parse
