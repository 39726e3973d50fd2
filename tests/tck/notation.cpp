#include "tests/tck/notation.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <stdexcept>

namespace plexus::tck {
namespace {

std::string canonicalFloat(double d) {
  if (std::isnan(d)) return "float:NaN";
  if (d == 0) d = 0;  // drops the sign of zero
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof digits, d).ptr;
  return "float:" + std::string(digits, end);
}

std::string canonicalString(std::string_view s) { return "string:" + std::to_string(s.size()) + ":" + std::string{s}; }

std::string join(const std::vector<std::string>& parts) {
  std::string text;
  for (const auto& part : parts) (text += part) += ",";
  return text;
}

std::string canonicalList(std::vector<std::string> elements, bool anyOrder) {
  if (anyOrder) std::sort(elements.begin(), elements.end());
  return "[" + join(elements) + "]";
}

using Fields = std::vector<std::pair<std::string, std::string>>;  // key, canonical value

std::string canonicalMap(Fields fields) {
  std::sort(fields.begin(), fields.end());
  std::string text = "{";
  for (const auto& [key, value] : fields) text += key + "=" + value + ",";
  return text + "}";
}

std::string canonicalNode(std::vector<std::string> labels, Fields properties) {
  std::sort(labels.begin(), labels.end());
  return "(" + join(labels) + canonicalMap(std::move(properties)) + ")";
}

std::string canonicalRelationship(const std::string& type, Fields properties) {
  return "<" + type + canonicalMap(std::move(properties)) + ">";
}

// Recursive descent over a cell; yields canonical text directly.
class CellParser {
 public:
  CellParser(std::string_view text, bool anyListOrder) : text_{text}, anyListOrder_{anyListOrder} {}

  std::string parseWhole() {
    std::string result = parse();
    skipBlanks();
    if (at_ != text_.size()) fail();
    return result;
  }

 private:
  std::string parse() {
    skipBlanks();
    if (at_ >= text_.size()) fail();
    switch (text_[at_]) {
      case '(':
        return parseNode();
      case '<':
        return parsePath();
      case '{':
        return canonicalMap(parseMap());
      case '\'':
        return canonicalString(parseString());
      case '[':
        return peekRelationship() ? parseRelationship() : parseList();
      default:
        return parseScalar();
    }
  }

  std::string parseScalar() {
    for (const auto& [word, canonical] : {std::pair{"null", "null"},
                                          {"true", "true"},
                                          {"false", "false"},
                                          {"NaN", "float:NaN"},
                                          {"-Infinity", "float:-inf"},
                                          {"Infinity", "float:inf"},
                                          {"-Inf", "float:-inf"},
                                          {"Inf", "float:inf"}})
      if (take(word)) return canonical;
    const std::size_t begin = at_;
    while (at_ < text_.size() && std::strchr("+-.0123456789eE", text_[at_])) ++at_;
    const std::string_view number = text_.substr(begin, at_ - begin);
    if (number.empty()) fail();
    if (number.find_first_of(".eE") == std::string_view::npos) return "int:" + std::string{number};
    double d = 0;
    if (std::from_chars(number.data(), number.data() + number.size(), d).ec != std::errc{}) fail();
    return canonicalFloat(d);
  }

  std::string parseString() {
    std::string s;
    for (++at_; at_ < text_.size() && text_[at_] != '\''; ++at_) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      s += text_[at_];
    }
    expect('\'');
    return s;
  }

  std::string parseList() {
    std::vector<std::string> elements;
    expect('[');
    while (!take("]")) {
      elements.push_back(parse());
      take(",");
    }
    return canonicalList(std::move(elements), anyListOrder_);
  }

  Fields parseMap() {
    Fields fields;
    expect('{');
    while (!take("}")) {
      std::string key = parseName();
      expect(':');
      std::string value = parse();
      fields.emplace_back(std::move(key), std::move(value));
      take(",");
    }
    return fields;
  }

  Fields parseOptionalMap() {
    skipBlanks();
    return at_ < text_.size() && text_[at_] == '{' ? parseMap() : Fields{};
  }

  std::string parseName() {
    skipBlanks();
    const std::size_t begin = at_;
    if (take("`")) {
      const std::size_t end = text_.find('`', at_);
      if (end == std::string_view::npos) fail();
      std::string name{text_.substr(at_, end - at_)};
      at_ = end + 1;
      return name;
    }
    while (at_ < text_.size() && !std::strchr(" :{}[]()<>,|'", text_[at_])) ++at_;
    if (at_ == begin) fail();
    return std::string{text_.substr(begin, at_ - begin)};
  }

  std::string parseNode() {
    expect('(');
    std::vector<std::string> labels;
    while (take(":")) labels.push_back(parseName());
    Fields properties = parseOptionalMap();
    expect(')');
    return canonicalNode(std::move(labels), std::move(properties));
  }

  bool peekRelationship() const {
    const auto next = text_.find_first_not_of(' ', at_ + 1);
    return next != std::string_view::npos && text_[next] == ':';
  }

  std::string parseRelationship() {
    expect('[');
    expect(':');
    std::string type = parseName();
    Fields properties = parseOptionalMap();
    expect(']');
    return canonicalRelationship(type, std::move(properties));
  }

  std::string parsePath() {
    expect('<');
    std::string path = "path:" + parseNode();
    while (!take(">")) {
      const bool incoming = take("<-");
      if (!incoming) expect('-');
      std::string relationship = parseRelationship();
      if (incoming) {
        expect('-');
      } else {
        expect('-');
        expect('>');
      }
      path += (incoming ? "<-" : "->") + relationship + parseNode();
    }
    return path;
  }

  void skipBlanks() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }
  bool take(std::string_view word) {
    skipBlanks();
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }
  void expect(char c) {
    if (!take(std::string_view{&c, 1})) fail();
  }
  [[noreturn]] void fail() const {
    throw std::runtime_error{"not a result: " + std::string{text_} + " (at " + std::to_string(at_) + ")"};
  }

  std::string_view text_;
  bool anyListOrder_;
  std::size_t at_ = 0;
};

Fields canonicalFields(const std::vector<MapEntry>& entries, const EntitySource& entities, bool anyListOrder) {
  Fields fields;
  for (const auto& [key, value] : entries) fields.emplace_back(key, canonicalValue(value, entities, anyListOrder));
  return fields;
}

std::string canonicalPath(const Path& path, const EntitySource& entities, bool anyListOrder) {
  const auto node = [&](NodeId id) { return canonicalValue(Value::node(id), entities, anyListOrder); };
  std::string text = "path:" + node(path.nodes.front());
  for (std::size_t i = 0; i < path.relationships.size(); ++i) {
    const Relationship& r = path.relationships[i];
    text += (r.start == path.nodes[i] ? "->" : "<-") + canonicalValue(Value{r}, entities, anyListOrder) +
            node(path.nodes[i + 1]);
  }
  return text;
}

// The forms that parameters and the cells of procedure tables take, as values.
class ValueParser {
 public:
  explicit ValueParser(std::string_view text) : text_{text} {}

  Value parseWhole() {
    Value value = parse();
    skipBlanks();
    if (at_ != text_.size()) fail();
    return value;
  }

 private:
  Value parse() {
    skipBlanks();
    if (take("null")) return {};
    if (take("true")) return Value{true};
    if (take("false")) return Value{false};
    if (take("[")) return parseList();
    if (take("{")) return parseMap();
    if (take("'")) return parseString();
    return parseNumber();
  }

  Value parseList() {
    List list;
    while (!take("]")) {
      list.push_back(parse());
      take(",");
    }
    return Value{std::move(list)};
  }

  Value parseMap() {
    std::vector<MapEntry> entries;
    while (!take("}")) {
      skipBlanks();
      const std::size_t colon = text_.find(':', at_);
      if (colon == std::string_view::npos) fail();
      std::string key{text_.substr(at_, colon - at_)};
      at_ = colon + 1;
      entries.emplace_back(std::move(key), parse());
      take(",");
    }
    return Value{Map{std::move(entries)}};
  }

  Value parseString() {
    std::string s;
    for (; at_ < text_.size() && text_[at_] != '\''; ++at_) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      s += text_[at_];
    }
    if (at_++ >= text_.size()) fail();
    return Value{s};
  }

  Value parseNumber() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && std::strchr("+-.0123456789eE", text_[at_])) ++at_;
    const std::string_view number = text_.substr(begin, at_ - begin);
    const char* last = number.data() + number.size();
    if (number.find_first_of(".eE") == std::string_view::npos) {
      std::int64_t i = 0;
      if (std::from_chars(number.data(), last, i).ec != std::errc{}) fail();
      return Value{i};
    }
    double d = 0;
    if (std::from_chars(number.data(), last, d).ec != std::errc{}) fail();
    return Value{d};
  }

  void skipBlanks() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }
  bool take(std::string_view word) {
    skipBlanks();
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }
  [[noreturn]] void fail() const { throw std::runtime_error{"not a value: " + std::string{text_}}; }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::string canonicalCell(std::string_view cell, bool anyListOrder) {
  return CellParser{cell, anyListOrder}.parseWhole();
}

std::string canonicalValue(const Value& value, const EntitySource& entities, bool anyListOrder) {
  switch (value.kind()) {
    case ValueKind::kNull:
      return "null";
    case ValueKind::kBoolean:
      return value.boolean() ? "true" : "false";
    case ValueKind::kInteger:
      return "int:" + std::to_string(value.integer());
    case ValueKind::kFloat:
      return canonicalFloat(value.floating());
    case ValueKind::kString:
      return canonicalString(value.string());
    case ValueKind::kList: {
      std::vector<std::string> elements;
      for (const Value& element : value.list()) elements.push_back(canonicalValue(element, entities, anyListOrder));
      return canonicalList(std::move(elements), anyListOrder);
    }
    case ValueKind::kMap:
      return canonicalMap(canonicalFields(value.map().entries(), entities, anyListOrder));
    case ValueKind::kNode:
      return canonicalNode(entities.labels(value.node()),
                           canonicalFields(entities.properties(value.node()), entities, anyListOrder));
    case ValueKind::kRelationship: {
      const Relationship r = value.relationship();
      return canonicalRelationship(entities.typeName(r),
                                   canonicalFields(entities.properties(r), entities, anyListOrder));
    }
    case ValueKind::kPath:
      return canonicalPath(value.path(), entities, anyListOrder);
    default:
      return canonicalString(toDisplayText(value));
  }
}

Value parseValue(std::string_view cell) { return ValueParser{cell}.parseWhole(); }

}  // namespace plexus::tck
