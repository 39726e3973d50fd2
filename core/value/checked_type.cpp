#include "core/value/checked_type.h"

#include <algorithm>

namespace plexus {
namespace {

bool isListOf(const Value& value, const CheckedType& type) {
  if (!value.is(ValueKind::kList)) return false;
  if (type.arguments.empty()) return true;
  return std::all_of(value.list().begin(), value.list().end(),
                     [&](const Value& element) { return isOfType(element, type.arguments.front()); });
}

bool isPropertyValue(const Value& value) {
  switch (value.kind()) {
    case ValueKind::kMap:
    case ValueKind::kNode:
    case ValueKind::kRelationship:
    case ValueKind::kPath:
      return false;
    case ValueKind::kList:
      return std::all_of(value.list().begin(), value.list().end(),
                         [](const Value& v) { return !v.isNull() && !v.is(ValueKind::kList) && isPropertyValue(v); });
    default:
      return true;
  }
}

}  // namespace

bool isOfType(const Value& value, const CheckedType& type) {
  if (!type.alternatives.empty()) {
    return std::any_of(type.alternatives.begin(), type.alternatives.end(),
                       [&](const CheckedType& alternative) { return isOfType(value, alternative); });
  }
  if (type.base == "NOTHING") return false;
  if (value.isNull()) return !type.notNull;
  if (type.base == "ANY") return true;
  if (type.base == "LIST") return isListOf(value, type);
  if (type.base == "PROPERTY VALUE") return isPropertyValue(value);
  if (type.base == "NUMBER") return value.isNumber();
  return type.base == name(value.kind());
}

std::string typeText(const CheckedType& type) {
  std::string text;
  if (type.alternatives.empty()) {
    text = type.base;
    if (!type.arguments.empty()) text += "<" + typeText(type.arguments.front()) + ">";
    if (type.notNull) text += " NOT NULL";
    return text;
  }
  for (const auto& alternative : type.alternatives) {
    if (!text.empty()) text += " | ";
    text += typeText(alternative);
  }
  return text;
}

namespace {

// Reads from the front of what is left.
class TypeReader {
 public:
  explicit TypeReader(std::string_view text) : left_{text} {}

  CheckedType type() {
    CheckedType first = single();
    if (!take(" | ")) return first;
    CheckedType type;
    type.alternatives.push_back(std::move(first));
    do type.alternatives.push_back(single());
    while (take(" | "));
    return type;
  }

 private:
  bool take(std::string_view text) {
    if (!left_.starts_with(text)) return false;
    left_.remove_prefix(text.size());
    return true;
  }

  CheckedType single() {
    CheckedType type;
    const std::size_t end = std::min({left_.find('<'), left_.find('>'), left_.find(" | "), left_.find(" NOT NULL")});
    type.base = left_.substr(0, end);
    left_.remove_prefix(std::min(end, left_.size()));
    if (take("<")) {
      type.arguments.push_back(this->type());
      take(">");
    }
    type.notNull = take(" NOT NULL");
    return type;
  }

  std::string_view left_;
};

}  // namespace

CheckedType typeOfText(std::string_view text) { return TypeReader{text}.type(); }

}  // namespace plexus
