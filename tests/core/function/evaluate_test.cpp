#include "tests/core/function/evaluate.h"

#include <charconv>
#include <stdexcept>

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/function/access.h"
#include "core/value/print.h"

namespace plexus::function::test {
namespace {

class Evaluator {
 public:
  Evaluator(std::string_view text, const Variables& variables) : rest_{text}, variables_{variables} {
    context_.statement = context_.transaction = {1'700'000'000, 123'456'789};
  }

  Value all() {
    Value v = binary(0);
    skip();
    if (!rest_.empty()) fail();
    return v;
  }

 private:
  [[noreturn]] void fail() const { throw std::runtime_error{"cannot read: " + std::string{rest_}}; }

  void skip() {
    while (!rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\n')) rest_.remove_prefix(1);
  }
  bool accept(std::string_view token) {
    skip();
    if (!rest_.starts_with(token)) return false;
    const bool word = std::isalpha(static_cast<unsigned char>(token.front())) != 0;
    const auto after = rest_.size() > token.size() ? rest_[token.size()] : ' ';
    if (word && (std::isalnum(static_cast<unsigned char>(after)) != 0 || after == '_' || after == '(')) return false;
    rest_.remove_prefix(token.size());
    return true;
  }
  void expect(std::string_view token) {
    if (!accept(token)) fail();
  }
  std::string word() {
    skip();
    if (!rest_.empty() && rest_.front() == '`') {
      const std::size_t end = rest_.find('`', 1);
      std::string quoted{rest_.substr(1, end - 1)};
      rest_.remove_prefix(end + 1);
      return quoted;
    }
    std::size_t n = 0;
    while (n < rest_.size() && (std::isalnum(static_cast<unsigned char>(rest_[n])) != 0 || rest_[n] == '_')) ++n;
    if (n == 0) fail();
    std::string result{rest_.substr(0, n)};
    rest_.remove_prefix(n);
    return result;
  }

  Value apply(std::string_view name, std::vector<Value> arguments) {
    const FunctionEntry* entry = findFunction(name);
    if (!entry) throw std::runtime_error{"no function " + std::string{name}};
    return call(*entry, context_, arguments);
  }

  Value binary(std::size_t level) {
    static const std::vector<std::vector<std::string_view>> kLevels = {
        {"OR"},
        {"XOR"},
        {"AND"},
        {"NOT"},
        {"=", "<>", "<=", ">=", "<", ">"},
        {"=~", "IN", "STARTS WITH", "ENDS WITH", "CONTAINS"},
        {"+", "||", "-"},
        {"*", "/", "%"},
        {"^"}};
    if (level == kLevels.size()) return unary();
    if (level == 3) return accept("NOT") ? apply("NOT", {binary(3)}) : binary(4);
    Value left = binary(level + 1);
    for (bool found = true; found;) {
      found = false;
      for (const std::string_view op : kLevels[level]) {
        if (!accept(op)) continue;
        left = apply(op, {left, binary(level + 1)});
        found = true;
        break;
      }
      if (level == 5 && accept("IS NULL")) left = apply("IS NULL", {left});
      if (level == 5 && accept("IS NOT NULL")) left = apply("IS NOT NULL", {left});
    }
    return left;
  }

  Value unary() {
    skip();
    const bool literal = rest_.size() > 1 && rest_[0] == '-' && std::isdigit(static_cast<unsigned char>(rest_[1])) != 0;
    if (literal) return postfix(number());
    if (accept("-")) return apply("u-", {unary()});
    if (accept("+")) return apply("u+", {unary()});
    return postfix(primary());
  }

  Value postfix(Value base) {
    while (true) {
      skip();
      const bool slice = rest_.starts_with("..");
      if (!slice && accept(".")) {
        base = property(context_, base, word());
      } else if (accept("[")) {
        base = subscript(base);
      } else {
        return base;
      }
    }
  }
  Value subscript(const Value& base) {
    if (accept("..")) {
      const Value to = binary(0);
      expect("]");
      return apply("[..to]", {base, to});
    }
    const Value index = binary(0);
    if (accept("]")) return apply("[]", {base, index});
    expect("..");
    if (accept("]")) return apply("[from..]", {base, index});
    const Value to = binary(0);
    expect("]");
    return apply("[..]", {base, index, to});
  }

  Value number() {
    std::size_t n = rest_.front() == '-' ? 1 : 0;
    bool isFloat = false;
    while (n < rest_.size()) {
      const char c = rest_[n];
      const bool point = c == '.' && rest_.substr(n, 2) != "..";
      const bool sign = (c == '-' || c == '+') && (rest_[n - 1] == 'e' || rest_[n - 1] == 'E');
      if (point || c == 'e' || c == 'E') isFloat = true;
      if (!point && !sign && c != 'e' && c != 'E' && std::isdigit(static_cast<unsigned char>(c)) == 0) break;
      ++n;
    }
    const std::string text{rest_.substr(0, n)};
    rest_.remove_prefix(n);
    if (isFloat) return std::stod(text);
    return std::int64_t{std::stoll(text)};
  }

  Value primary() {
    skip();
    if (rest_.empty()) fail();
    if (std::isdigit(static_cast<unsigned char>(rest_.front())) != 0) return number();
    if (rest_.front() == '\'') return text();
    if (accept("(")) {
      Value v = binary(0);
      expect(")");
      return v;
    }
    if (accept("[")) return list("]");
    if (accept("{")) return map();
    if (accept("null")) return {};
    if (accept("true")) return true;
    if (accept("false")) return false;
    return nameOrCall();
  }

  Value text() {
    std::string s;
    rest_.remove_prefix(1);
    while (!rest_.empty() && rest_.front() != '\'') {
      if (rest_.front() == '\\') rest_.remove_prefix(1);
      s += rest_.front();
      rest_.remove_prefix(1);
    }
    expect("'");
    return s;
  }
  List list(std::string_view end) {
    List values;
    while (!accept(end)) {
      if (!values.empty()) expect(",");
      values.push_back(binary(0));
    }
    return values;
  }
  Value map() {
    Map entries;
    bool first = true;
    while (!accept("}")) {
      if (!first) expect(",");
      first = false;
      const std::string key = word();
      expect(":");
      entries.set(key, binary(0));
    }
    return entries;
  }
  Value nameOrCall() {
    std::string name = word();
    if (const auto found = variables_.find(name); found != variables_.end()) return found->second;
    while (!rest_.empty() && rest_.front() == '.') {
      rest_.remove_prefix(1);
      name += "." + word();
    }
    expect("(");
    return apply(name, list(")"));
  }

  std::string_view rest_;
  const Variables& variables_;
  FunctionContext context_;
};

}  // namespace

Value evaluate(std::string_view text, const Variables& variables) { return Evaluator{text, variables}.all(); }

std::string shown(std::string_view text, const Variables& variables) {
  try {
    return toCypherText(evaluate(text, variables));
  } catch (const Error& error) {
    return std::string{name(error.type())} + ": " + std::string{error.detail()};
  }
}

TEST(Registry, ExamplesGiveTheirResults) {
  for (const auto& all : {functions(), operators()}) {
    for (const FunctionEntry* entry : all) {
      if (entry->example.empty()) continue;
      EXPECT_EQ(shown(entry->example), entry->result) << entry->example;
    }
  }
}

}  // namespace plexus::function::test
