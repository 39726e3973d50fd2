// core/catalog/property_check.h: what is demanded of one property: that it is there, is of a type, is one of some
// values.
//
// From declared types and from constraints alike, so that writes, declarations on a populated database, importers and
// CALL kg.lint() ask the same.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/catalog/catalog.h"
#include "core/value/checked_type.h"
#include "core/value/vector.h"

namespace plexus::catalog {

struct PropertyCheck {
  PropertyKeyId key = kNoId;
  std::string keyName;
  std::string rule;  // for messages: "node type `Drug`", "constraint `c`"
  bool notNull = false;
  CheckedType type;
  std::vector<Value> enumeration;

  // What is wrong with the value, after "the property `name` ": "must be STRING, not 3". Nothing: all is well.
  std::optional<std::string> offence(const Value& value) const;
  // True if no value of such a vector offends; `mayBeNull`: some may be null.
  bool holdsForAll(Vector::Kind kind, bool mayBeNull) const;
};

// Of declared types: those of the label or relation type itself, not of its super-types.
std::vector<PropertyCheck> propertyChecks(const NodeType& type, const Catalog& catalog);
std::vector<PropertyCheck> propertyChecks(const RelationType& type, const Catalog& catalog);

}  // namespace plexus::catalog
