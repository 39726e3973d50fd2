// Functions about strings. Positions and lengths are in characters (code points), not bytes.
#include <algorithm>

#include <fmt/format.h>

#include "core/function/families.h"
#include "core/function/kernel.h"
#include "core/function/unicode.h"

namespace plexus::function {
namespace {

using Arguments = std::span<const Value>;
using Columns = std::span<const Vector* const>;
using Kind = Vector::Kind;

std::size_t lengthArgument(std::string_view function, std::string_view what, const Value& v) {
  const std::int64_t n = integerArgument(function, v);
  if (n < 0) throwArgument("NumberOutOfRange", fmt::format("the {} of {}() is negative: {}", what, function, n));
  return static_cast<std::size_t>(n);
}

std::string_view leftOf(std::string_view text, std::size_t length) {
  return text.substr(0, bytePosition(text, length));
}
std::string_view rightOf(std::string_view text, std::size_t length) {
  const std::size_t all = countCodePoints(text);
  return all <= length ? text : text.substr(bytePosition(text, all - length));
}

Value left(FunctionContext&, Arguments a) {
  return leftOf(stringArgument("left", a[0]), lengthArgument("left", "length", a[1]));
}
Value right(FunctionContext&, Arguments a) {
  return rightOf(stringArgument("right", a[0]), lengthArgument("right", "length", a[1]));
}
Value substring(FunctionContext&, Arguments a) {
  const std::string_view text = stringArgument("substring", a[0]);
  const std::string_view rest = text.substr(bytePosition(text, lengthArgument("substring", "start", a[1])));
  return a.size() > 2 ? leftOf(rest, lengthArgument("substring", "length", a[2])) : rest;
}

bool isIn(std::string_view characters, std::string_view text, std::size_t at) {
  const std::string_view one = text.substr(at, codePointLength(text, at));
  for (std::size_t i = 0; i < characters.size(); i += codePointLength(characters, i)) {
    if (characters.substr(i, codePointLength(characters, i)) == one) return true;
  }
  return false;
}

// The text without characters at its ends that `drop(text, at)` accepts.
template <typename Drop>
std::string_view trimmed(std::string_view text, bool atStart, bool atEnd, Drop drop) {
  while (atStart && !text.empty() && drop(text, std::size_t{0})) text.remove_prefix(codePointLength(text, 0));
  while (atEnd && !text.empty()) {
    std::size_t at = text.size() - 1;
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80) --at;
    if (!drop(text, at)) break;
    text.remove_suffix(text.size() - at);
  }
  return text;
}
bool isBlank(std::string_view text, std::size_t at) { return isWhitespace(codePointAt(text, at)); }

template <bool kStart, bool kEnd>
Value trim(FunctionContext&, Arguments a) {
  constexpr std::string_view kName = kStart ? (kEnd ? "trim" : "ltrim") : "rtrim";
  const std::string_view text = stringArgument(kName, a[0]);
  if (a.size() == 1) return trimmed(text, kStart, kEnd, isBlank);
  const std::string_view characters = stringArgument(kName, a[1]);
  return trimmed(text, kStart, kEnd, [&](std::string_view t, std::size_t at) { return isIn(characters, t, at); });
}
template <bool kStart, bool kEnd>
void trimColumn(FunctionContext&, Columns a, Vector& out) {
  out.keepAliveAllOf(*a[0]);  // the results are parts of the arguments
  mapColumn<std::string_view, std::string_view>(
      *a[0], out, [](std::string_view text) { return trimmed(text, kStart, kEnd, isBlank); });
}

Value replace(FunctionContext&, Arguments a) {
  const std::string_view text = stringArgument("replace", a[0]);
  const std::string_view search = stringArgument("replace", a[1]);
  const std::string_view with = stringArgument("replace", a[2]);
  std::uint64_t left = a.size() > 3 ? lengthArgument("replace", "limit", a[3]) : ~std::uint64_t{0};
  std::string out;
  std::size_t at = 0;
  // The empty text is found before each character and at the end.
  const auto next = [&](std::size_t found) {
    if (!search.empty()) return text.find(search, found + search.size());
    return found < text.size() ? found + codePointLength(text, found) : std::string_view::npos;
  };
  for (std::size_t found = text.find(search); found != std::string_view::npos && left > 0; --left) {
    out.append(text, at, found - at).append(with);
    requireLength("string", out.size());
    at = found + search.size();
    found = next(found);
  }
  return out.append(text, at);
}

// The earliest of the delimiters at or after `at`; the longest of several there.
std::pair<std::size_t, std::size_t> findDelimiter(std::string_view text, std::size_t at, const List& delimiters) {
  std::pair best{std::string_view::npos, std::size_t{0}};
  for (const Value& delimiter : delimiters) {
    const std::string_view d = stringArgument("split", delimiter);
    const std::size_t found = text.find(d, at);
    if (found < best.first || (found == best.first && d.size() > best.second)) best = {found, d.size()};
  }
  return best;
}

List splitCharacters(std::string_view text) {
  List parts;
  for (std::size_t at = 0; at < text.size(); at += codePointLength(text, at)) {
    parts.emplace_back(text.substr(at, codePointLength(text, at)));
  }
  return parts;
}

Value split(FunctionContext&, Arguments a) {
  const std::string_view text = stringArgument("split", a[0]);
  if (text.empty()) return List{Value{text}};
  const List delimiters = a[1].is(ValueKind::kList) ? a[1].list() : List{Value{stringArgument("split", a[1])}};
  for (const Value& d : delimiters) {
    if (stringArgument("split", d).empty()) return splitCharacters(text);
  }
  List parts;
  std::size_t at = 0;
  while (true) {
    const auto [found, length] = findDelimiter(text, at, delimiters);
    if (found == std::string_view::npos) break;
    parts.emplace_back(text.substr(at, found - at));
    at = found + length;
  }
  parts.emplace_back(text.substr(at));
  return parts;
}

struct CaseFunction {
  std::string_view name;
  std::string (*map)(std::string_view);
};
constexpr CaseFunction kUpper{"toUpper", upperCase}, kLower{"toLower", lowerCase};

template <const CaseFunction& kCase>
Value changeCase(FunctionContext&, Arguments a) {
  return kCase.map(stringArgument(kCase.name, a[0]));
}
template <const CaseFunction& kCase>
void changeCaseColumn(FunctionContext&, Columns a, Vector& out) {
  mapColumn<std::string_view, std::string_view>(*a[0], out,
                                                [&](std::string_view text) { return out.store(kCase.map(text)); });
}

Normalization formArgument(std::string_view function, Arguments a) {
  constexpr std::string_view kForms[] = {"NFC", "NFD", "NFKC", "NFKD"};
  const std::string form = a.size() > 1 ? upperCase(stringArgument(function, a[1])) : "NFC";
  const auto* known = std::find(std::begin(kForms), std::end(kForms), form);
  if (known == std::end(kForms)) {
    throwArgument("InvalidArgumentValue",
                  fmt::format("there is no normal form '{}': use NFC, NFD, NFKC or NFKD", form));
  }
  return static_cast<Normalization>(known - std::begin(kForms));
}

Value normalize(FunctionContext&, Arguments a) {
  return normalized(stringArgument("normalize", a[0]), formArgument("normalize", a));
}

Value isNormalized(FunctionContext&, Arguments a) {
  const Normalization form = formArgument("isNormalized", a);
  if (!a[0].is(ValueKind::kString)) return {};
  return normalized(a[0].string(), form) == a[0].string();
}

Value charLength(FunctionContext&, Arguments a) {
  return static_cast<std::int64_t>(countCodePoints(stringArgument("char_length", a[0])));
}

constexpr std::string_view kText = "String";
constexpr std::string_view kTextToText = "(text :: STRING) :: STRING";
constexpr std::string_view kTrims = "(text :: STRING, characters? :: STRING) :: STRING";

template <const CaseFunction& kCase>
FunctionSpec caseRow(std::string_view name, std::string_view description, std::string_view example,
                     std::string_view result) {
  return {.name = name,
          .signatures = kTextToText,
          .category = kText,
          .description = description,
          .example = example,
          .result = result,
          .kernel = changeCase<kCase>,
          .vectors = {{{Kind::kString}, Kind::kString, changeCaseColumn<kCase>}}};
}
template <bool kStart, bool kEnd>
FunctionSpec trimRow(std::string_view name, std::string_view description, std::string_view example,
                     std::string_view result) {
  return {.name = name,
          .signatures = kTrims,
          .category = kText,
          .description = description,
          .example = example,
          .result = result,
          .kernel = trim<kStart, kEnd>,
          .vectors = {{{Kind::kString}, Kind::kString, trimColumn<kStart, kEnd>}}};
}
FunctionSpec lengthRow(std::string_view name, std::string_view example) {
  return {.name = name,
          .signatures = "(text :: STRING) :: INTEGER",
          .category = kText,
          .description = "The number of characters (code points) of a string.",
          .example = example,
          .result = "7",
          .kernel = charLength};
}

}  // namespace

std::span<const FunctionSpec> textFunctions() {
  static const FunctionSpec kTable[] = {
      {.name = "left",
       .signatures = "(text :: STRING, length :: INTEGER) :: STRING",
       .category = kText,
       .description = "The first characters of a string.",
       .example = "left('sarcoma', 3)",
       .result = "'sar'",
       .kernel = left},
      {.name = "right",
       .signatures = "(text :: STRING, length :: INTEGER) :: STRING",
       .category = kText,
       .description = "The last characters of a string.",
       .example = "right('sarcoma', 3)",
       .result = "'oma'",
       .kernel = right},
      {.name = "substring",
       .signatures = "(text :: STRING, start :: INTEGER, length? :: INTEGER) :: STRING",
       .category = kText,
       .description = "The characters of a string from a position on (the first is 0), at most `length` of them.",
       .example = "substring('sarcoma', 1, 3)",
       .result = "'arc'",
       .kernel = substring},
      {.name = "replace",
       .signatures = "(text :: STRING, search :: STRING, with :: STRING, limit? :: INTEGER) :: STRING",
       .category = kText,
       .description = "The string with every occurrence (or the first `limit`) of one text replaced by another.",
       .example = "replace('banana', 'an', 'en')",
       .result = "'benena'",
       .kernel = replace},
      {.name = "split",
       .signatures = "(text :: STRING, delimiter :: STRING) :: LIST<STRING>\n"
                     "(text :: STRING, delimiters :: LIST<STRING>) :: LIST<STRING>",
       .category = kText,
       .description = "The parts of a string between delimiters; its characters if the delimiter is empty.",
       .example = "split('a;b,c', [';', ','])",
       .result = "['a', 'b', 'c']",
       .kernel = split},
      trimRow<true, true>("trim", "The string without white space (or the characters given) at both ends.",
                          "trim('  a b ')", "'a b'"),
      trimRow<true, true>("btrim", "As trim().", "btrim('xxaxx', 'x')", "'a'"),
      trimRow<true, false>("ltrim", "The string without white space (or the characters given) at its start.",
                           "ltrim('  a ')", "'a '"),
      trimRow<false, true>("rtrim", "The string without white space (or the characters given) at its end.",
                           "rtrim('  a ')", "'  a'"),
      caseRow<kUpper>("toUpper", "The string in upper case.", "toUpper('straße')", "'STRASSE'"),
      caseRow<kUpper>("upper", "As toUpper().", "upper('a')", "'A'"),
      caseRow<kLower>("toLower", "The string in lower case.", "toLower('ÄB')", "'äb'"),
      caseRow<kLower>("lower", "As toLower().", "lower('A')", "'a'"),
      {.name = "normalize",
       .signatures = "(text :: STRING, form? :: STRING) :: STRING",
       .category = kText,
       .description = "The string in a Unicode normal form: NFC (as if not given), NFD, NFKC or NFKD.",
       .example = "size(normalize('é', 'NFD'))",
       .result = "2",
       .kernel = normalize},
      {.name = "isNormalized",
       .signatures = "(text :: ANY, form? :: STRING) :: BOOLEAN",
       .category = kText,
       .description =
           "Whether a string is in a normal form (NFC if not given); null of what is no string. The operator "
           "`IS NFC NORMALIZED` is this function.",
       .example = "isNormalized('é', 'NFD')",
       .result = "false",
       .kernel = isNormalized},
      lengthRow("char_length", "char_length('sarcoma')"),
      lengthRow("character_length", "character_length('sarcoma')")};
  return kTable;
}

}  // namespace plexus::function
