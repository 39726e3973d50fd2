#include "core/function/java_regex.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "core/function/unicode.h"

namespace plexus::function {
namespace {

struct Flags {
  bool caseless = false;        // i
  bool unicodeCase = false;     // u
  bool unicodeClasses = false;  // U
  bool unixLines = false;       // d
  bool dotAll = false;          // s
  bool multiline = false;       // m
  bool comments = false;        // x

  // Letters that are the same but for case, in ASCII only.
  bool asciiCaseless() const { return caseless && !unicodeCase; }
};

bool isLetter(std::int32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool isDigit(std::int32_t c) { return c >= '0' && c <= '9'; }
std::int32_t otherCase(std::int32_t letter) { return letter ^ 0x20; }

// A character by itself, inside or outside of a class.
std::string quoted(std::int32_t c) {
  if (isLetter(c) || isDigit(c)) return {static_cast<char>(c)};
  if (c > ' ' && c < 0x7F) return {'\\', static_cast<char>(c)};
  return fmt::format("\\x{{{:X}}}", c);
}

// --- Sets of characters
// -----------------------------------------------------------------------------------------------

// What stands between the brackets of one of PCRE2's classes, or the complement of it.
struct CharSet {
  std::string members;
  bool complement = false;
};

struct NamedSet {
  std::string_view name, ascii, unicode;
};
// POSIX's names. The Unicode column is what (?U) makes of them.
constexpr NamedSet kPosix[] = {
    {"Lower", "a-z", R"(\p{Lowercase})"},
    {"Upper", "A-Z", R"(\p{Uppercase})"},
    {"ASCII", R"(\x00-\x7F)", R"(\x00-\x7F)"},
    {"Alpha", "a-zA-Z", R"(\p{Alphabetic})"},
    {"Digit", "0-9", R"(\p{Nd})"},
    {"Alnum", "a-zA-Z0-9", R"(\p{Alphabetic}\p{Nd})"},
    {"Punct", R"(!-\/:-@\[-`{-~)", R"(\p{P})"},
    {"Graph", "!-~", R"(\p{L}\p{M}\p{N}\p{P}\p{S}\p{Cf}\p{Co})"},
    {"Print", " -~", R"(\p{L}\p{M}\p{N}\p{P}\p{S}\p{Cf}\p{Co}\p{Zs})"},
    {"Blank", R"( \t)", R"(\p{Zs}\t)"},
    {"Cntrl", R"(\x00-\x1F\x7F)", R"(\p{Cc})"},
    {"XDigit", "0-9A-Fa-f", R"(\p{Nd}\p{Hex_Digit})"},
    {"Space", R"( \t-\r)", R"(\p{White_Space})"},
};

constexpr std::pair<std::string_view, std::string_view> kJava[] = {
    {"javaLowerCase", R"(\p{Lowercase})"},
    {"javaUpperCase", R"(\p{Uppercase})"},
    {"javaTitleCase", R"(\p{Lt})"},
    {"javaAlphabetic", R"(\p{Alphabetic})"},
    {"javaIdeographic", R"(\p{Ideographic})"},
    {"javaLetter", R"(\p{L})"},
    {"javaDigit", R"(\p{Nd})"},
    {"javaLetterOrDigit", R"(\p{L}\p{Nd})"},
    {"javaSpaceChar", R"(\p{Z})"},
    {"javaISOControl", R"(\x00-\x1F\x7F-\x9F)"},
    {"javaWhitespace", R"(\t-\r\x1C-\x1F \x{1680}\x{2000}-\x{2006}\x{2008}-\x{200A}\x{2028}\x{2029}\x{205F}\x{3000})"},
};

// After `Is`, in any case; what is not here is a category or a script.
constexpr std::pair<std::string_view, std::string_view> kBinary[] = {
    {"alphabetic", R"(\p{Alphabetic})"},
    {"letter", R"(\p{L})"},
    {"ideographic", R"(\p{Ideographic})"},
    {"lowercase", R"(\p{Lowercase})"},
    {"uppercase", R"(\p{Uppercase})"},
    {"titlecase", R"(\p{Lt})"},
    {"white_space", R"(\p{White_Space})"},
    {"whitespace", R"(\p{White_Space})"},
    {"control", R"(\p{Cc})"},
    {"punctuation", R"(\p{P})"},
    {"hex_digit", R"(\p{Hex_Digit})"},
    {"hexdigit", R"(\p{Hex_Digit})"},
    {"join_control", R"(\p{Join_Control})"},
    {"noncharacter_code_point", R"(\p{Noncharacter_Code_Point})"},
    {"assigned", R"(\P{Cn})"},
    {"digit", R"(\p{Nd})"},
    {"alnum", R"(\p{Alphabetic}\p{Nd})"},
    {"emoji", R"(\p{Emoji})"},
};

std::string lowered(std::string_view name) {
  std::string out{name};
  std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return std::tolower(c); });
  return out;
}

// One of L, Lu, ..., LC, as PCRE2 writes it; nothing for other names.
std::optional<std::string> category(std::string_view name, const Flags& flags) {
  constexpr std::string_view kNames[] = {"C",  "Cc", "Cf", "Cn", "Co", "Cs", "L",  "Ll", "Lm", "Lo", "Lt", "Lu", "M",
                                         "Mc", "Me", "Mn", "N",  "Nd", "Nl", "No", "P",  "Pc", "Pd", "Pe", "Pf", "Pi",
                                         "Po", "Ps", "S",  "Sc", "Sk", "Sm", "So", "Z",  "Zl", "Zp", "Zs", "LC"};
  if (std::find(std::begin(kNames), std::end(kNames), name) == std::end(kNames)) return std::nullopt;
  const bool cased = name == "LC" || (flags.caseless && (name == "Ll" || name == "Lu" || name == "Lt"));
  return cased ? R"(\p{L&})" : fmt::format("\\p{{{}}}", name);
}

// Properties that tell cases apart hold for every case where case does not count.
constexpr std::string_view kAnyCase = R"(\p{Lowercase}\p{Uppercase}\p{Lt})";

std::string withoutCase(std::string_view members, const Flags& flags) {
  const bool cased = members == R"(\p{Lowercase})" || members == R"(\p{Uppercase})" || members == R"(\p{Lt})";
  return std::string{flags.caseless && cased ? kAnyCase : members};
}

template <typename Table>
std::optional<std::string> lookUp(const Table& table, std::string_view name) {
  for (const auto& [key, members] : table) {
    if (key == name) return std::string{members};
  }
  return std::nullopt;
}

std::optional<std::string> propertyByKey(std::string_view key, std::string_view value, const Flags& flags) {
  if (key == "sc" || key == "script") return fmt::format("\\p{{sc:{}}}", value);
  if (key == "gc" || key == "general_category") return category(value, flags);
  return std::nullopt;
}

// Members of \p{name}; nothing if there is no such property.
std::optional<std::string> propertyMembers(std::string_view name, const Flags& flags) {
  if (const auto equals = name.find('='); equals != std::string_view::npos) {
    return propertyByKey(lowered(name.substr(0, equals)), name.substr(equals + 1), flags);
  }
  if (auto members = category(name, flags)) return members;
  if (name == "L1") return R"(\x00-\xFF)";
  for (const NamedSet& set : kPosix) {
    if (set.name != name) continue;
    if (flags.unicodeClasses) return withoutCase(set.unicode, flags);
    return std::string{flags.caseless && (name == "Lower" || name == "Upper") ? "a-zA-Z" : set.ascii};
  }
  if (auto members = lookUp(kJava, name)) return withoutCase(*members, flags);
  if (!name.starts_with("Is") || name.size() == 2) return std::nullopt;
  name.remove_prefix(2);
  if (auto members = lookUp(kBinary, lowered(name))) return withoutCase(*members, flags);
  if (auto members = category(name, flags)) return members;
  return fmt::format("\\p{{sc:{}}}", name);
}

// What \d, \w, \s, \h, \v and their complements stand for; nothing for other letters.
std::optional<CharSet> shorthand(char letter, const Flags& flags) {
  const bool complement = letter >= 'A' && letter <= 'Z';
  switch (letter | 0x20) {
    case 'd':
      return CharSet{flags.unicodeClasses ? R"(\p{Nd})" : R"(\d)", complement};
    case 'w':
      return CharSet{flags.unicodeClasses ? R"(\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control})" : R"(\w)", complement};
    case 's':
      return CharSet{flags.unicodeClasses ? R"(\p{White_Space})" : R"(\s)", complement};
    case 'h':
      return CharSet{R"(\h)", complement};
    case 'v':
      return CharSet{R"(\v)", complement};
    default:
      return std::nullopt;
  }
}

// A class in brackets: the intersection of unions, or the complement of that.
struct CharClass {
  struct Union {
    std::string members;             // of one class of PCRE2
    std::vector<std::string> other;  // expressions for one character each
    bool empty() const { return members.empty() && other.empty(); }
  };
  bool complement = false;
  std::vector<Union> operands = std::vector<Union>(1);
};

void add(CharClass::Union& to, const CharSet& set) {
  if (set.complement) {
    to.other.push_back(fmt::format("[^{}]", set.members));
  } else {
    to.members += set.members;
  }
}

std::string textOf(const CharClass::Union& operand) {
  if (operand.other.empty()) return fmt::format("[{}]", operand.members);
  std::string text = operand.members.empty() ? "(?:" : fmt::format("(?:[{}]|", operand.members);
  for (std::size_t i = 0; i < operand.other.size(); ++i) {
    if (i > 0) text += '|';
    text += operand.other[i];
  }
  return text + ')';
}

// An expression for one character.
std::string textOf(CharClass set) {
  auto& operands = set.operands;
  const auto empty = std::remove_if(operands.begin(), operands.end(), [](const auto& o) { return o.empty(); });
  operands.erase(empty, operands.end());
  if (operands.size() == 1 && operands[0].other.empty()) {
    return fmt::format("[{}{}]", set.complement ? "^" : "", operands[0].members);
  }
  std::string text = "(?:";
  for (std::size_t i = 0; i + 1 < operands.size(); ++i) text += fmt::format("(?={})", textOf(operands[i]));
  text += textOf(operands.back()) + ')';
  return set.complement ? fmt::format("(?:(?!{})(?s:.))", text) : text;
}

// --- The translation
// --------------------------------------------------------------------------------------------------

constexpr std::size_t kDeepest = 100;  // classes in classes
constexpr std::string_view kLineEnds = R"(\n\r\x{85}\x{2028}\x{2029})";

class Translator {
 public:
  explicit Translator(std::string_view pattern) : text_{pattern} {}

  std::string run() {
    while (at_ < text_.size()) element();
    if (!open_.empty()) fail("a group is not closed", open_.back().position);
    dropReferences();
    return std::move(out_);
  }

 private:
  struct Group {
    Flags outside;
    std::size_t position;
  };
  struct Reference {
    std::size_t place;  // in out_
    std::size_t group;
  };

  [[noreturn]] void fail(const std::string& what, std::size_t position) const { throw RegexError{what, position}; }
  [[noreturn]] void fail(const std::string& what) const { fail(what, at_); }

  bool sees(std::string_view text) const { return text_.substr(at_).starts_with(text); }
  bool take(std::string_view text) {
    if (!sees(text)) return false;
    at_ += text.size();
    return true;
  }
  std::int32_t next() {
    const std::int32_t c = codePointAt(text_, at_);
    if (c < 0) fail("it is not well-formed UTF-8");
    at_ += codePointLength(text_, at_);
    return c;
  }
  // White space and remarks count for nothing with (?x).
  bool skipComment() {
    if (!flags_.comments || at_ == text_.size()) return false;
    const char c = text_[at_];
    if (c == '#') {
      at_ = std::min(text_.find_first_of("\r\n", at_), text_.size());
      return true;
    }
    if (c != ' ' && (c < '\t' || c > '\r')) return false;
    ++at_;
    return true;
  }

  void element();
  void group();
  void flagsOrGroup();
  void setFlag(char letter, bool on);
  void named();
  void closeGroup();
  void quantifier();
  void repetition();
  void escape();
  void backreference();
  void dropReferences();
  void quotation();
  void property(bool complement, CharClass::Union& to);
  std::optional<std::int32_t> escapedCharacter();
  std::int32_t hexadecimal(std::size_t digits);
  CharClass charClass();
  void classElement(CharClass& set);
  void classRange(CharClass::Union& to, std::int32_t first);
  void addRange(CharClass::Union& to, std::int32_t first, std::int32_t last) const;

  void emitAtom(std::string_view text) {
    out_ += text;
    repeatable_ = true;
  }
  void emitLiteral(std::int32_t c);
  void emitSet(const std::string& text) { emitAtom(flags_.asciiCaseless() ? fmt::format("(?-i:{})", text) : text); }
  void emitDot();
  void emitLineBegin();
  void emitLineEnd(bool anyLine);

  std::string_view text_;
  std::size_t at_ = 0;
  std::string out_;
  Flags flags_;
  std::vector<Group> open_;
  std::vector<Reference> references_;
  std::size_t groups_ = 0;   // capturing ones so far
  std::size_t nesting_ = 0;  // of classes
  bool repeatable_ = false;  // something stands before that a quantifier may follow
};

// PCRE2's caseless letters are Unicode's: K has the Kelvin sign beside it, s the long s.
void Translator::emitLiteral(std::int32_t c) {
  const bool wider = c >= 0x80 || otherCase(c) == 'K' || otherCase(c) == 'S' || c == 'K' || c == 'S';
  if (!flags_.asciiCaseless() || !wider) return emitAtom(quoted(c));
  if (c >= 0x80) return emitAtom(fmt::format("(?-i:{})", quoted(c)));
  emitAtom(fmt::format("(?-i:[{}{}])", quoted(c), quoted(otherCase(c))));
}

void Translator::emitDot() {
  if (flags_.dotAll) return emitAtom("(?s:.)");
  emitAtom(flags_.unixLines ? R"([^\n])" : fmt::format("[^{}]", kLineEnds));
}

// At the end of the text no line begins.
void Translator::emitLineBegin() {
  if (!flags_.multiline) {
    emitAtom(R"((?:\A))");
  } else if (flags_.unixLines) {
    emitAtom(R"((?:(?:\A|(?<=\n))(?!\z)))");
  } else {
    emitAtom(R"((?:(?:\A|(?<=[\n\x{85}\x{2028}\x{2029}])|(?<=\r)(?!\n))(?!\z)))");
  }
}

// Before the last line's end, or before any line's.
void Translator::emitLineEnd(bool anyLine) {
  if (flags_.unixLines) {
    emitAtom(anyLine ? R"((?=\n|\z))" : R"((?=\n?\z))");
  } else if (anyLine) {
    emitAtom(fmt::format(R"((?:(?=[{}]|\z)(?<!\r(?=\n))))", kLineEnds));
  } else {
    emitAtom(fmt::format(R"((?:(?=(?:\r\n|[{}])?\z)(?<!\r(?=\n))))", kLineEnds));
  }
}

void Translator::element() {
  if (skipComment()) return;
  switch (text_[at_]) {
    case '(':
      return group();
    case ')':
      return closeGroup();
    case '[': {
      ++at_;
      return emitSet(textOf(charClass()));
    }
    case '.':
      ++at_;
      return emitDot();
    case '^':
      ++at_;
      return emitLineBegin();
    case '$':
      ++at_;
      return emitLineEnd(flags_.multiline);
    case '|':
      ++at_;
      out_ += '|';
      repeatable_ = false;
      return;
    case '*':
    case '+':
    case '?':
    case '{':
      return quantifier();
    case '\\':
      return escape();
    default:
      return emitLiteral(next());
  }
}

// --- Groups and flags
// -------------------------------------------------------------------------------------------------

void Translator::group() {
  open_.push_back({flags_, at_});
  ++at_;
  repeatable_ = false;
  if (!take("?")) {
    ++groups_;
    out_ += '(';
    return;
  }
  for (const std::string_view kind : {":", "=", "!", ">", "<=", "<!"}) {
    if (!take(kind)) continue;
    out_ += fmt::format("(?{}", kind);
    return;
  }
  if (take("<")) return named();
  flagsOrGroup();
}

void Translator::named() {
  const std::size_t begin = at_;
  while (at_ < text_.size() && (isLetter(text_[at_]) || (at_ > begin && isDigit(text_[at_])))) ++at_;
  const std::string_view name = text_.substr(begin, at_ - begin);
  if (name.empty() || !take(">")) fail("a group's name is letters and digits, as in `(?<name>...)`", begin);
  ++groups_;
  out_ += fmt::format("(?<{}>", name);
}

void Translator::setFlag(char letter, bool on) {
  switch (letter) {
    case 'i':
      flags_.caseless = on;
      return;
    case 'u':
      flags_.unicodeCase = on;
      return;
    case 'U':
      flags_.unicodeClasses = flags_.unicodeCase = on;
      return;
    case 'd':
      flags_.unixLines = on;
      return;
    case 's':
      flags_.dotAll = on;
      return;
    case 'm':
      flags_.multiline = on;
      return;
    case 'x':
      flags_.comments = on;
      return;
    default:
      fail(fmt::format("there is no flag `{}`", letter), at_ - 1);
  }
}

// (?i) up to the end of the group around it, or (?i:...). Only case is left to PCRE2's own flags.
void Translator::flagsOrGroup() {
  bool on = true;
  while (at_ < text_.size() && text_[at_] != ':' && text_[at_] != ')') {
    const char letter = text_[at_++];
    if (letter == '-') {
      on = false;
    } else {
      setFlag(letter, on);
    }
  }
  if (at_ == text_.size()) fail("a group is not closed", open_.back().position);
  out_ += flags_.caseless ? "(?i" : "(?-i";
  const bool opens = text_[at_++] == ':';
  out_ += opens ? ':' : ')';
  if (!opens) open_.pop_back();
}

void Translator::closeGroup() {
  if (open_.empty()) fail("nothing is open that `)` could close");
  flags_ = open_.back().outside;
  open_.pop_back();
  ++at_;
  emitAtom(")");
}

// --- Quantifiers
// ------------------------------------------------------------------------------------------------------

void Translator::quantifier() {
  if (!repeatable_) fail(fmt::format("there is nothing that `{}` could repeat", text_[at_]));
  if (text_[at_] == '{') {
    repetition();
  } else {
    out_ += text_[at_++];
  }
  if (sees("?") || sees("+")) out_ += text_[at_++];
  repeatable_ = false;
}

void Translator::repetition() {
  const std::size_t begin = at_++;
  const auto digits = [&] {
    const std::size_t first = at_;
    while (at_ < text_.size() && isDigit(text_[at_])) ++at_;
    return at_ > first;
  };
  bool right = digits();
  if (right && take(",")) digits();
  if (!right || !take("}"))
    fail("`{` begins a repetition, as in `{2}` or `{2,5}`; for the character, write `\\{`", begin);
  out_ += text_.substr(begin, at_ - begin);
}

// --- Escapes
// ----------------------------------------------------------------------------------------------------------

std::int32_t Translator::hexadecimal(std::size_t digits) {
  std::int32_t value = 0;
  for (std::size_t i = 0; i < digits; ++i, ++at_) {
    if (at_ == text_.size() || std::isxdigit(static_cast<unsigned char>(text_[at_])) == 0) {
      fail(fmt::format("{} hexadecimal digits are expected", digits));
    }
    const char c = text_[at_];
    value = value * 16 + (isDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
  }
  return value;
}

// After the backslash: a single character, however it is written; nothing if it is something else.
std::optional<std::int32_t> Translator::escapedCharacter() {
  const std::size_t begin = at_;
  const std::int32_t c = next();
  constexpr std::pair<char, char> kControls[] = {{'t', '\t'}, {'n', '\n'}, {'r', '\r'},
                                                 {'f', '\f'}, {'a', '\a'}, {'e', '\x1B'}};
  for (const auto& [letter, control] : kControls) {
    if (c == letter) return control;
  }
  if (c == 'u') {
    const std::int32_t unit = hexadecimal(4);
    if (unit < 0xD800 || unit > 0xDBFF || !take("\\u")) return unit;
    return 0x10000 + ((unit - 0xD800) << 10) + (hexadecimal(4) - 0xDC00);
  }
  if (c == 'x' && take("{")) {
    const std::size_t end = text_.find('}', at_);
    if (end == std::string_view::npos || end == at_ || end - at_ > 6)
      fail("a code point is expected, as in `\\x{1F600}`");
    const std::int32_t point = hexadecimal(end - at_);
    ++at_;
    return point;
  }
  if (c == 'x') return hexadecimal(2);
  if (c == 'c' && at_ < text_.size()) return next() ^ 0x40;
  if (c == '0') {
    const std::size_t most = at_ < text_.size() && text_[at_] <= '3' ? 3 : 2;
    std::int32_t value = 0;
    std::size_t read = 0;
    for (; read < most && at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '7'; ++read) {
      value = value * 8 + (text_[at_++] - '0');
    }
    if (read == 0) fail("octal digits are expected after `\\0`");
    return value;
  }
  if (!isLetter(c) && !isDigit(c)) return c;
  at_ = begin;
  return std::nullopt;
}

void Translator::escape() {
  const std::size_t begin = at_++;
  if (at_ == text_.size()) fail("nothing follows the last `\\`", begin);
  if (const auto c = escapedCharacter()) return emitLiteral(*c);
  const char letter = text_[at_];
  if (isDigit(letter)) return backreference();
  ++at_;
  if (const auto set = shorthand(letter, flags_)) {
    return emitSet(fmt::format("[{}{}]", set->complement ? "^" : "", set->members));
  }
  switch (letter) {
    case 'p':
    case 'P': {
      CharClass set;
      property(letter == 'P', set.operands[0]);
      return emitSet(textOf(std::move(set)));
    }
    case 'Q':
      return quotation();
    case 'Z':
      return emitLineEnd(false);
    case 'A':
    case 'z':
    case 'G':
    case 'b':
    case 'B':
      if (letter == 'b' && sees("{")) break;
      return emitAtom(fmt::format("(?:\\{})", letter));
    case 'R':
    case 'X':
      return emitAtom(std::string{'\\', letter});
    case 'k': {
      const std::size_t end = text_.find('>', at_);
      if (!sees("<") || end == std::string_view::npos) fail("a group's name is expected, as in `\\k<name>`");
      emitAtom(fmt::format("\\k{}", text_.substr(at_, end + 1 - at_)));
      at_ = end + 1;
      return;
    }
    default:
      break;
  }
  fail(fmt::format("there is no escape `\\{}`", letter), begin);
}

// More digits belong to it as long as there are so many groups before.
void Translator::backreference() {
  std::size_t number = static_cast<std::size_t>(text_[at_++] - '0');
  while (at_ < text_.size() && isDigit(text_[at_])) {
    const std::size_t longer = number * 10 + static_cast<std::size_t>(text_[at_] - '0');
    if (longer > groups_) break;
    number = longer;
    ++at_;
  }
  references_.push_back({out_.size(), number});
  emitAtom(fmt::format("\\g{{{}}}", number));
}

// What refers to a group that there is not matches nothing.
void Translator::dropReferences() {
  for (auto reference = references_.rbegin(); reference != references_.rend(); ++reference) {
    if (reference->group <= groups_) continue;
    out_.replace(reference->place, out_.find('}', reference->place) + 1 - reference->place, "(?!)");
  }
}

// \Q...\E, or up to the end.
void Translator::quotation() {
  const std::size_t end = std::min(text_.find("\\E", at_), text_.size());
  while (at_ < end) emitLiteral(next());
  take("\\E");
}

// \p{Name} or \pL, after the p.
void Translator::property(bool complement, CharClass::Union& to) {
  const std::size_t begin = at_;
  std::string_view name;
  if (take("{")) {
    const std::size_t end = text_.find('}', at_);
    if (end == std::string_view::npos) fail("`}` is missing", begin);
    name = text_.substr(at_, end - at_);
    at_ = end + 1;
  } else if (at_ < text_.size()) {
    name = text_.substr(at_++, 1);
  }
  if (name.starts_with("In") || name.starts_with("blk=") || name.starts_with("block=")) {
    fail(fmt::format("Unicode blocks as `{}` are not known; scripts are, as in `\\p{{IsGreek}}`", name), begin);
  }
  auto members = propertyMembers(name, flags_);
  if (!members) fail(fmt::format("there is no property `{}`", name), begin);
  add(to, {std::move(*members), complement});
}

// --- Classes
// ----------------------------------------------------------------------------------------------------------

// Without regard to case, ASCII only: the letters of a range in their other case too.
void Translator::addRange(CharClass::Union& to, std::int32_t first, std::int32_t last) const {
  to.members += first == last ? quoted(first) : fmt::format("{}-{}", quoted(first), quoted(last));
  if (!flags_.asciiCaseless()) return;
  for (const auto& [low, high] : {std::pair{'a', 'z'}, std::pair{'A', 'Z'}}) {
    const std::int32_t from = std::max<std::int32_t>(first, low), until = std::min<std::int32_t>(last, high);
    if (from <= until) to.members += fmt::format("{}-{}", quoted(otherCase(from)), quoted(otherCase(until)));
  }
}

// After the opening bracket.
CharClass Translator::charClass() {
  const std::size_t begin = at_ - 1;
  CharClass set;
  set.complement = take("^");
  for (;;) {
    while (skipComment()) {
    }
    if (at_ == text_.size()) fail("a class is not closed", begin);
    const bool anything = set.operands.size() > 1 || !set.operands[0].empty();
    if (anything && take("]")) break;
    classElement(set);
  }
  if (std::all_of(set.operands.begin(), set.operands.end(), [](const auto& o) { return o.empty(); })) {
    fail("a class is empty", begin);
  }
  return set;
}

void Translator::classElement(CharClass& set) {
  CharClass::Union& operand = set.operands.back();
  if (take("&&")) {
    set.operands.emplace_back();
    return;
  }
  if (take("[")) {
    if (++nesting_ > kDeepest) fail("classes are nested too deeply");
    operand.other.push_back(textOf(charClass()));
    --nesting_;
    return;
  }
  if (!take("\\")) return classRange(operand, next());
  if (at_ == text_.size()) fail("nothing follows the last `\\`", at_ - 1);
  if (const auto c = escapedCharacter()) return classRange(operand, *c);
  const std::size_t begin = at_ - 1;
  const char letter = text_[at_++];
  if (const auto shorthandSet = shorthand(letter, flags_)) return add(operand, *shorthandSet);
  if (letter == 'p' || letter == 'P') return property(letter == 'P', operand);
  if (letter != 'Q') fail(fmt::format("there is no escape `\\{}` in a class", letter), begin);
  const std::size_t end = std::min(text_.find("\\E", at_), text_.size());
  while (at_ < end) {
    const std::int32_t c = next();
    addRange(operand, c, c);
  }
  take("\\E");
}

// A character, or the range that it begins.
void Translator::classRange(CharClass::Union& to, std::int32_t first) {
  const std::size_t begin = at_;
  if (!sees("-") || sees("-]") || sees("-[") || at_ + 1 == text_.size()) return addRange(to, first, first);
  ++at_;
  std::int32_t last = 0;
  if (take("\\")) {
    const auto c = at_ < text_.size() ? escapedCharacter() : std::nullopt;
    if (!c) fail("a range ends with a character", begin);
    last = *c;
  } else {
    last = next();
  }
  if (last < first) fail("a range is written from the lower character to the higher one", begin);
  addRange(to, first, last);
}

}  // namespace

std::string translateJavaRegex(std::string_view pattern) { return Translator{pattern}.run(); }

}  // namespace plexus::function
