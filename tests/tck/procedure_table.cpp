#include "tests/tck/procedure_table.h"

#include <map>
#include <regex>
#include <stdexcept>

#include "core/value/compare.h"
#include "tests/tck/notation.h"

namespace plexus::tck {
namespace {

Type parseType(const std::string& name) {
  static const std::map<std::string, TypeKind> types{{"STRING", TypeKind::kString},   {"INTEGER", TypeKind::kInteger},
                                                     {"FLOAT", TypeKind::kFloat},     {"NUMBER", TypeKind::kNumber},
                                                     {"BOOLEAN", TypeKind::kBoolean}, {"ANY", TypeKind::kAny}};
  const auto found = types.find(name);
  if (found == types.end()) throw std::runtime_error{"unknown type in a procedure's signature: " + name};
  return Type{found->second};
}

// "a :: INTEGER?, b :: STRING?" -> fields.
template <typename Field>
std::vector<Field> parseFields(const std::string& text) {
  static const std::regex pattern{R"((\w+)\s*::\s*(\w+)\??)"};
  std::vector<Field> fields;
  for (std::sregex_iterator it{text.begin(), text.end(), pattern}, end; it != end; ++it) {
    Field field;
    field.name = (*it)[1];
    field.type = parseType((*it)[2]);
    fields.push_back(std::move(field));
  }
  return fields;
}

std::vector<std::vector<Value>> parseRows(const Table& table) {
  std::vector<std::vector<Value>> rows;
  for (std::size_t row = 1; row < table.size(); ++row) {
    rows.emplace_back();
    for (const auto& cell : table[row]) rows.back().push_back(parseValue(cell));
  }
  return rows;
}

}  // namespace

function::ProcedureEntry tableProcedure(std::string_view signature, const Table& table) {
  static const std::regex pattern{R"(([\w.]+)\((.*)\)\s*::\s*(?:\((.*)\)|VOID)\s*)"};
  std::smatch match;
  const std::string text{signature};
  if (!std::regex_match(text, match, pattern)) throw std::runtime_error{"not a procedure's signature: " + text};
  function::ProcedureEntry entry;
  entry.name = match[1];
  entry.inputs = parseFields<function::ProcedureInput>(match[2]);
  entry.outputs = parseFields<function::ProcedureOutput>(match[3]);
  entry.run = [rows = parseRows(table)](function::ProcedureContext&, std::span<const Value> arguments,
                                        const function::ProcedureEntry::Emit& emit) {
    for (const auto& row : rows) {
      bool matches = true;
      for (std::size_t i = 0; i < arguments.size(); ++i) matches = matches && equivalent(row.at(i), arguments[i]);
      if (matches) emit(std::span{row}.subspan(arguments.size()));
    }
  };
  return entry;
}

}  // namespace plexus::tck
