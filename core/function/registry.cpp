#include "core/function/registry.h"

#include <algorithm>
#include <limits>
#include <map>
#include <stdexcept>
#include <unordered_map>

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/function/families.h"

namespace plexus::function {
namespace {

std::string lower(std::string_view text) {
  std::string result{text};
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

std::vector<Signature> parseLines(std::string_view text) {
  std::vector<Signature> signatures;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    signatures.push_back(Signature::parse(text.substr(begin, end - begin)));
    begin = end + 1;
  }
  return signatures;
}

class Registry {
 public:
  static const Registry& get() {
    static const Registry registry;
    return registry;
  }

  std::unordered_map<std::string, FunctionEntry> functionsByName;
  std::unordered_map<std::string, AggregateEntry> aggregatesByName;
  std::vector<const FunctionEntry*> functions, operators;
  std::vector<const AggregateEntry*> aggregates;
  std::vector<std::string> names;

 private:
  Registry() {
    for (const auto table : {arithmeticOperators(), comparisonOperators(), logicOperators(), textOperators(),
                             listOperators(), collectionFunctions(), conversionFunctions(), evidenceFunctions(),
                             graphFunctions(), inferenceFunctions(), listFunctions(), numberFunctions(),
                             similarityFunctions(), spatialFunctions(), temporalFunctions(), textFunctions()}) {
      for (const FunctionSpec& spec : table) {
        functionsByName.emplace(lower(spec.name), FunctionEntry{{spec}, parseLines(spec.signatures)});
      }
    }
    for (const AggregateSpec& spec : aggregateFunctions()) {
      aggregatesByName.emplace(lower(spec.name), AggregateEntry{{spec}, parseLines(spec.signatures)});
    }
    listAll();
  }

  void listAll() {
    const auto byName = [](const auto* a, const auto* b) { return a->name < b->name; };
    for (const auto& [key, entry] : functionsByName) (entry.isOperator() ? operators : functions).push_back(&entry);
    for (const auto& [key, entry] : aggregatesByName) aggregates.push_back(&entry);
    std::sort(functions.begin(), functions.end(), byName);
    std::sort(operators.begin(), operators.end(), byName);
    std::sort(aggregates.begin(), aggregates.end(), byName);
    for (const auto* entry : functions) names.emplace_back(entry->name);
    for (const auto* entry : aggregates) names.emplace_back(entry->name);
    for (const SpecialForm& form : specialForms()) names.emplace_back(form.name);
    std::sort(names.begin(), names.end());
  }
};

// Reads the text form of signatures.
class SignatureParser {
 public:
  explicit SignatureParser(std::string_view text) : text_{text}, rest_{text} {}

  Signature parse() {
    Signature signature;
    expect("(");
    while (!accept(")")) {
      if (!signature.parameters.empty()) expect(",");
      signature.parameters.push_back(parameter());
    }
    expect("::");
    signature.result = type();
    skip();
    if (!rest_.empty()) fail();
    return signature;
  }

 private:
  Parameter parameter() {
    Parameter p;
    p.name = word();
    p.variadic = accept("...");
    p.optional = accept("?");
    expect("::");
    p.type = type();
    return p;
  }

  Type type() {
    static const std::map<std::string_view, TypeKind> kKinds{{"ANY", TypeKind::kAny},
                                                             {"BOOLEAN", TypeKind::kBoolean},
                                                             {"INTEGER", TypeKind::kInteger},
                                                             {"FLOAT", TypeKind::kFloat},
                                                             {"NUMBER", TypeKind::kNumber},
                                                             {"STRING", TypeKind::kString},
                                                             {"MAP", TypeKind::kMap},
                                                             {"NODE", TypeKind::kNode},
                                                             {"RELATIONSHIP", TypeKind::kRelationship},
                                                             {"PATH", TypeKind::kPath},
                                                             {"DATE", TypeKind::kDate},
                                                             {"LOCAL TIME", TypeKind::kLocalTime},
                                                             {"ZONED TIME", TypeKind::kTime},
                                                             {"LOCAL DATETIME", TypeKind::kLocalDateTime},
                                                             {"ZONED DATETIME", TypeKind::kDateTime},
                                                             {"DURATION", TypeKind::kDuration},
                                                             {"INSTANT", TypeKind::kTemporalInstant},
                                                             {"POINT", TypeKind::kPoint}};
    if (accept("LIST<")) {
      Type element = type();
      expect(">");
      return Type::list(std::move(element));
    }
    std::string name = word();
    if (name == "LOCAL" || name == "ZONED") name += " " + word();
    const auto kind = kKinds.find(name);
    if (kind == kKinds.end()) fail();
    return kind->second;
  }

  std::string word() {
    skip();
    const auto end = std::find_if_not(rest_.begin(), rest_.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    });
    const auto length = static_cast<std::size_t>(end - rest_.begin());
    if (length == 0) fail();
    std::string result{rest_.substr(0, length)};
    rest_.remove_prefix(length);
    return result;
  }

  void skip() {
    while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
  }
  bool accept(std::string_view token) {
    skip();
    if (!rest_.starts_with(token)) return false;
    rest_.remove_prefix(token.size());
    return true;
  }
  void expect(std::string_view token) {
    if (!accept(token)) fail();
  }
  [[noreturn]] void fail() const {
    throw Error{ErrorType::kInternalError, Phase::kCompile, "", fmt::format("malformed signature: {}", text_)};
  }

  std::string_view text_, rest_;
};

// Whether the signature may (surely: must) take arguments of these types.
bool accepts(const Signature& signature, std::span<const Type> arguments, bool surely) {
  if (arguments.size() < signature.minArguments() || arguments.size() > signature.maxArguments()) return false;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Type& parameter = signature.parameterType(i);
    if (surely ? !arguments[i].isA(parameter) : !arguments[i].mayBe(parameter)) return false;
  }
  return true;
}

template <typename Entry>
std::optional<Type> resultOf(const Entry& entry, std::span<const Type> arguments) {
  std::optional<Type> result;
  for (const Signature& signature : entry.signature) {
    if (!accepts(signature, arguments, false)) continue;
    result = result ? result->common(signature.result) : signature.result;
    if (accepts(signature, arguments, true)) {
      result = signature.result;
      break;
    }
  }
  if (result && entry.resultType) return entry.resultType(arguments);
  return result;
}

std::string textOf(std::string_view name, const Signature& signature) {
  std::string parameters;
  for (const Parameter& p : signature.parameters) {
    if (!parameters.empty()) parameters += ", ";
    parameters += fmt::format("{}{}{} :: {}", p.name, p.variadic ? "..." : "", p.optional ? "?" : "", p.type.text());
  }
  return fmt::format("{}({}) :: {}", name, parameters, signature.result.text());
}

template <typename Entry>
std::vector<std::string> textsOf(const Entry& entry) {
  std::vector<std::string> texts;
  for (const Signature& signature : entry.signature) texts.push_back(textOf(entry.name, signature));
  return texts;
}

}  // namespace

std::size_t Signature::minArguments() const {
  return static_cast<std::size_t>(
      std::count_if(parameters.begin(), parameters.end(), [](const Parameter& p) { return !p.optional; }));
}
std::size_t Signature::maxArguments() const {
  const bool variadic = !parameters.empty() && parameters.back().variadic;
  return variadic ? std::numeric_limits<std::size_t>::max() : parameters.size();
}
const Type& Signature::parameterType(std::size_t argument) const {
  return parameters[std::min(argument, parameters.size() - 1)].type;
}
Signature Signature::parse(std::string_view text) { return SignatureParser{text}.parse(); }

const VectorKernel* findVectorKernel(const FunctionEntry& entry, std::span<const Vector::Kind> arguments) {
  for (const VectorKernel& kernel : entry.vectors) {
    if (std::equal(kernel.arguments.begin(), kernel.arguments.end(), arguments.begin(), arguments.end()))
      return &kernel;
  }
  return nullptr;
}

void AggregateState::addColumn(const Vector& values, std::span<const std::uint32_t> rows,
                               std::span<const std::uint64_t> multiplicities) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Value value = values.value(rows[i]);
    add({&value, 1}, multiplicities.empty() ? 1 : multiplicities[i]);
  }
}

const FunctionEntry* findFunction(std::string_view name) {
  const auto& all = Registry::get().functionsByName;
  const auto found = all.find(lower(name));
  return found == all.end() ? nullptr : &found->second;
}
const AggregateEntry* findAggregate(std::string_view name) {
  const auto& all = Registry::get().aggregatesByName;
  const auto found = all.find(lower(name));
  return found == all.end() ? nullptr : &found->second;
}
const FunctionEntry& operatorEntry(std::string_view name) {
  const FunctionEntry* entry = findFunction(name);
  if (!entry) throw Error{ErrorType::kInternalError, Phase::kCompile, "", fmt::format("no operator {}", name)};
  return *entry;
}

const std::vector<const FunctionEntry*>& functions() { return Registry::get().functions; }
const std::vector<const FunctionEntry*>& operators() { return Registry::get().operators; }
const std::vector<const AggregateEntry*>& aggregates() { return Registry::get().aggregates; }
const std::vector<std::string>& functionNames() { return Registry::get().names; }

bool takes(std::span<const Signature> signatures, std::size_t arguments) {
  return std::any_of(signatures.begin(), signatures.end(), [&](const Signature& s) {
    return arguments >= s.minArguments() && arguments <= s.maxArguments();
  });
}

std::optional<Type> resultType(const FunctionEntry& entry, std::span<const Type> arguments) {
  auto result = resultOf(entry, arguments);
  const bool anyNull = std::any_of(arguments.begin(), arguments.end(), [](auto& t) { return t.is(TypeKind::kNull); });
  if (result && anyNull && entry.nulls == Nulls::kPropagate) return Type{TypeKind::kNull};
  return result;
}
std::optional<Type> resultType(const AggregateEntry& entry, std::span<const Type> arguments) {
  return resultOf(entry, arguments);
}

std::vector<std::string> signatureTexts(const FunctionEntry& entry) { return textsOf(entry); }
std::vector<std::string> signatureTexts(const AggregateEntry& entry) { return textsOf(entry); }

}  // namespace plexus::function
