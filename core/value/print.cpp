#include "core/value/print.h"

#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "core/value/temporal_text.h"

namespace plexus {
namespace {

bool isPlainName(std::string_view name) {
  if (name.empty() || (name[0] >= '0' && name[0] <= '9')) return false;
  for (const char c : name) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
                       static_cast<unsigned char>(c) >= 0x80;
    if (!plain) return false;
  }
  return true;
}

void appendName(std::string& out, std::string_view name) {
  if (isPlainName(name)) {
    out += name;
    return;
  }
  out += '`';
  for (const char c : name) out.append(c == '`' ? 2 : 1, c);
  out += '`';
}

void appendQuoted(std::string& out, std::string_view text) {
  out += '\'';
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  out += '\'';
}

std::string temporalText(const Value& v, Seconds seconds) {
  switch (v.kind()) {
    case ValueKind::kDate:
      return toText(v.date());
    case ValueKind::kLocalTime:
      return toText(v.localTime(), seconds);
    case ValueKind::kTime:
      return toText(v.time(), seconds);
    case ValueKind::kLocalDateTime:
      return toText(v.localDateTime(), seconds);
    case ValueKind::kDateTime:
      return toText(v.dateTime(), seconds);
    default:
      return toText(v.duration());
  }
}

std::string pointText(const Point& p) {
  const char* crs = p.srid == 4326 ? "wgs-84" : p.srid == 4979 ? "wgs-84-3d" : p.is3D() ? "cartesian-3d" : "cartesian";
  std::string text = fmt::format("point({{x: {}, y: {}", floatText(p.x), floatText(p.y));
  if (p.is3D()) text += fmt::format(", z: {}", floatText(p.z));
  return text + fmt::format(", crs: '{}'}})", crs);
}

class CypherPrinter {
 public:
  CypherPrinter(std::string& out, const EntitySource* entities) : out_{out}, entities_{entities} {}

  void print(const Value& v) {
    switch (v.kind()) {
      case ValueKind::kNull:
        out_ += "null";
        break;
      case ValueKind::kBoolean:
        out_ += v.boolean() ? "true" : "false";
        break;
      case ValueKind::kInteger:
        fmt::format_to(std::back_inserter(out_), "{}", v.integer());
        break;
      case ValueKind::kFloat:
        out_ += floatText(v.floating());
        break;
      case ValueKind::kString:
        appendQuoted(out_, v.string());
        break;
      case ValueKind::kList:
        printList(v.list());
        break;
      case ValueKind::kMap:
        printEntries(v.map().entries());
        break;
      case ValueKind::kNode:
        printNode(v.node());
        break;
      case ValueKind::kRelationship:
        printRelationship(v.relationship());
        break;
      case ValueKind::kPath:
        printPath(v.path());
        break;
      case ValueKind::kPoint:
        out_ += pointText(v.point());
        break;
      default:
        out_ += temporalText(v, Seconds::kUnlessZero);
        break;
    }
  }

 private:
  void printList(const List& list) {
    out_ += '[';
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (i > 0) out_ += ", ";
      print(list[i]);
    }
    out_ += ']';
  }

  void printEntries(const std::vector<MapEntry>& entries) {
    out_ += '{';
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (i > 0) out_ += ", ";
      appendName(out_, entries[i].first);
      out_ += ": ";
      print(entries[i].second);
    }
    out_ += '}';
  }

  void printNode(NodeId node) {
    if (!entities_) {
      fmt::format_to(std::back_inserter(out_), "(#{})", node);
      return;
    }
    out_ += '(';
    const auto labels = entities_->labels(node);
    for (const std::string& label : labels) {
      out_ += ':';
      appendName(out_, label);
    }
    const auto properties = entities_->properties(node);
    if (!properties.empty()) {
      if (!labels.empty()) out_ += ' ';
      printEntries(properties);
    }
    out_ += ')';
  }

  void printRelationship(const Relationship& r) {
    if (!entities_) {
      fmt::format_to(std::back_inserter(out_), "[#{}]", r.number());
      return;
    }
    out_ += "[:";
    appendName(out_, entities_->typeName(r));
    const auto properties = entities_->properties(r);
    if (!properties.empty()) {
      out_ += ' ';
      printEntries(properties);
    }
    out_ += ']';
  }

  void printPath(const Path& path) {
    out_ += '<';
    printNode(path.nodes.front());
    for (std::size_t i = 0; i < path.relationships.size(); ++i) {
      const Relationship& r = path.relationships[i];
      const bool forward = r.start == path.nodes[i];
      out_ += forward ? "-" : "<-";
      printRelationship(r);
      out_ += forward ? "->" : "-";
      printNode(path.nodes[i + 1]);
    }
    out_ += '>';
  }

  std::string& out_;
  const EntitySource* entities_;
};

void appendJsonString(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

class JsonPrinter {
 public:
  JsonPrinter(std::string& out, const EntitySource& entities) : out_{out}, entities_{entities} {}

  void print(const Value& v) {
    switch (v.kind()) {
      case ValueKind::kNull:
        out_ += "null";
        break;
      case ValueKind::kBoolean:
        out_ += v.boolean() ? "true" : "false";
        break;
      case ValueKind::kInteger:
        number(v.integer());
        break;
      case ValueKind::kFloat:
        printFloat(v.floating());
        break;
      case ValueKind::kString:
        appendJsonString(out_, v.string());
        break;
      case ValueKind::kList:
        array(v.list(), [this](const Value& element) { print(element); });
        break;
      case ValueKind::kMap:
        printEntries(v.map().entries());
        break;
      case ValueKind::kNode:
        printNode(v.node());
        break;
      case ValueKind::kRelationship:
        printRelationship(v.relationship());
        break;
      case ValueKind::kPath:
        printPath(v.path());
        break;
      case ValueKind::kPoint:
        printPoint(v.point());
        break;
      default:
        appendJsonString(out_, temporalText(v, Seconds::kUnlessZero));
        break;
    }
  }

 private:
  void number(std::int64_t i) { fmt::format_to(std::back_inserter(out_), "{}", i); }

  void printFloat(double d) {
    if (std::isfinite(d)) {
      out_ += floatText(d);
    } else {
      appendJsonString(out_, floatText(d));
    }
  }

  template <typename Items, typename Print>
  void array(const Items& items, Print printItem) {
    out_ += '[';
    bool first = true;
    for (const auto& item : items) {
      if (!first) out_ += ',';
      first = false;
      printItem(item);
    }
    out_ += ']';
  }

  void printEntries(const std::vector<MapEntry>& entries) {
    out_ += '{';
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (i > 0) out_ += ',';
      appendJsonString(out_, entries[i].first);
      out_ += ':';
      print(entries[i].second);
    }
    out_ += '}';
  }

  void printNode(NodeId node) {
    out_ += "{\"id\":";
    number(node);
    out_ += ",\"labels\":";
    array(entities_.labels(node), [this](const std::string& label) { appendJsonString(out_, label); });
    out_ += ",\"properties\":";
    printEntries(entities_.properties(node));
    out_ += '}';
  }

  void printRelationship(const Relationship& r) {
    out_ += "{\"id\":";
    number(r.number());
    out_ += ",\"type\":";
    appendJsonString(out_, entities_.typeName(r));
    out_ += ",\"start\":";
    number(r.start);
    out_ += ",\"end\":";
    number(r.end);
    out_ += ",\"properties\":";
    printEntries(entities_.properties(r));
    out_ += '}';
  }

  void printPath(const Path& path) {
    out_ += "{\"nodes\":";
    array(path.nodes, [this](NodeId node) { printNode(node); });
    out_ += ",\"relationships\":";
    array(path.relationships, [this](const Relationship& r) { printRelationship(r); });
    out_ += '}';
  }

  void printPoint(const Point& p) {
    out_ += "{\"srid\":";
    number(p.srid);
    out_ += ",\"x\":";
    printFloat(p.x);
    out_ += ",\"y\":";
    printFloat(p.y);
    if (p.is3D()) {
      out_ += ",\"z\":";
      printFloat(p.z);
    }
    out_ += '}';
  }

  std::string& out_;
  const EntitySource& entities_;
};

}  // namespace

std::string floatText(double d) {
  if (std::isnan(d)) return "NaN";
  if (std::isinf(d)) return d < 0 ? "-Infinity" : "Infinity";
  const double magnitude = std::fabs(d);
  char buffer[40];
  if (d == 0 || (magnitude >= 1e-3 && magnitude < 1e7)) {
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, d, std::chars_format::fixed).ptr;
    std::string text{buffer, end};
    if (text.find('.') == std::string::npos) text += ".0";
    return text;
  }
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, d, std::chars_format::scientific).ptr;
  const std::string_view text{buffer, static_cast<std::size_t>(end - buffer)};
  const std::size_t e = text.find('e');
  std::string digits{text.substr(0, e)};
  if (digits.find('.') == std::string::npos) digits += ".0";
  const bool negative = text[e + 1] == '-';
  std::string_view exponent = text.substr(e + 2);
  while (exponent.size() > 1 && exponent.front() == '0') exponent.remove_prefix(1);
  return digits + (negative ? "E-" : "E") + std::string{exponent};
}

std::string toCypherText(const Value& v, const EntitySource* entities) {
  std::string out;
  CypherPrinter{out, entities}.print(v);
  return out;
}

void appendJson(std::string& out, const Value& v, const EntitySource& entities) { JsonPrinter{out, entities}.print(v); }

std::string toDisplayText(const Value& v, const EntitySource* entities) {
  return v.is(ValueKind::kString) ? std::string{v.string()} : toCypherText(v, entities);
}

std::string toStringText(const Value& v) {
  return v.isTemporal() ? temporalText(v, Seconds::kAlways) : toDisplayText(v);
}

}  // namespace plexus
