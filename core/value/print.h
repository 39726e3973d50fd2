// core/value/print.h: values as text. Graph elements need names and properties: EntityText supplies them.
#pragma once

#include <string>
#include <vector>

#include "core/value/value.h"

namespace plexus {

// What printing needs to know about nodes and relationships. Implemented over a graph view by core/api.
class EntitySource {
 public:
  virtual ~EntitySource() = default;
  virtual std::vector<std::string> labels(NodeId node) const = 0;   // in the order they were created
  virtual std::vector<MapEntry> properties(NodeId node) const = 0;  // by name
  virtual std::string typeName(const Relationship& r) const = 0;
  virtual std::vector<MapEntry> properties(const Relationship& r) const = 0;  // by name
};

// Cypher notation, as shells and the TCK show values: 'text' (quotes and backslashes escaped), 1.0, [1, 2], {a: 1},
// (:A:B {p: 1}), [:T {p: 1}], <(:A)-[:T]->(:B)>. Temporal values are bare ISO text. Without `entities`, nodes and
// relationships show as (#id) and [#id].
std::string toCypherText(const Value& v, const EntitySource* entities = nullptr);

// One JSON value, without spaces or line ends, by the rules of `--format jsonl`: integers without, floats with a
// decimal point or exponent, temporal values as ISO strings, nodes as {"id":..,"labels":[..],"properties":{..}},
// relationships as
// {"id":..,"type":..,"start":..,"end":..,"properties":{..}}, paths as {"nodes":[..],"relationships":[..]}.
// NaN and infinities are the strings "NaN", "Infinity", "-Infinity". Appends to `out`.
void appendJson(std::string& out, const Value& v, const EntitySource& entities);

// What a CSV cell or table cell shows: strings bare, the rest in Cypher notation.
std::string toDisplayText(const Value& v, const EntitySource* entities = nullptr);

// What toString() gives: as toDisplayText(), but times always have seconds (10:15:00).
std::string toStringText(const Value& v);

// A float the way Cypher prints it: 1.0, 0.1, 1.0E10, NaN, Infinity (the shortest digits that read back the same).
std::string floatText(double d);

}  // namespace plexus
