// core/catalog/catalog.h: what things are called: labels, relation types, property keys, indexes, constraints; and what
// is declared of node and relation types (type_schema.h).
//
// Immutable once shared: a view's catalog is `Catalog::of(view)`. A writer copies it, adds names, and hands the copy to
// the transaction with setAttachment(), so that names and data commit together. Ids are never reused.
// Persisted as a versioned Boost.Serialization archive (docs/file-format.md).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/ids.h"
#include "core/catalog/type_schema.h"
#include "core/storage/graph_view.h"

namespace plexus::catalog {

// Names <-> dense ids from 0.
class NameTable {
 public:
  NameTable() = default;
  explicit NameTable(const std::vector<std::string>& names);
  std::optional<std::uint16_t> find(std::string_view name) const;
  const std::string& name(std::uint16_t id) const { return names_.at(id); }
  // The id of `name`, which is added if new. Throws Error{kLimitExceeded} past 65,534 names, and Error{kSchemaError}
  // for an empty name.
  std::uint16_t add(std::string_view name);
  const std::vector<std::string>& names() const { return names_; }
  std::size_t size() const { return names_.size(); }

 private:
  std::uint16_t append(std::string_view name);

  std::vector<std::string> names_;
  std::unordered_map<std::string, std::uint16_t> ids_;
};

enum class ConstraintKind : std::uint8_t { kNone, kUnique, kKey, kExistence, kPropertyType };

// An index, a constraint, or both (a unique constraint is backed by an index of the same name).
struct SchemaRule {
  std::string name;
  bool hasIndex = false;
  ConstraintKind constraint = ConstraintKind::kNone;
  storage::IndexSpec spec;   // also tells label or type and properties where there is no index
  std::string propertyType;  // kPropertyType: "INTEGER", "LIST<STRING NOT NULL>", ...
  std::string kind;          // of an index by itself: RANGE, TEXT, POINT, as it was asked for; all work alike
  bool ofType = false;       // follows from the declaration of a type, and goes with it
};

// Whether both speak of the same properties, in the same order, of the same labels or types.
bool sameProperties(const SchemaRule& a, const SchemaRule& b);
// Whether the second would be the first under another name: the same properties, constraint and kind of index.
bool sameSubject(const SchemaRule& a, const SchemaRule& b);

class Catalog final : public storage::Attachment {
 public:
  NameTable labels, relTypes, propertyKeys;

  const std::vector<SchemaRule>& rules() const { return rules_; }
  const SchemaRule* findRule(std::string_view name) const;
  // The index that serves equality on `label` and `property` (first column), or null.
  const SchemaRule* findIndex(LabelId label, PropertyKeyId property) const;
  // Gives the index an id. Throws Error{kSchemaError} if the name, or an equal rule, is there already.
  SchemaRule& addRule(SchemaRule rule);
  void dropRule(std::string_view name);  // Error{kSchemaError} if there is none, with the nearest name

  // What is declared of node and relation types; never null.
  const TypeSchema& types() const { return *types_; }
  const std::shared_ptr<const TypeSchema>& sharedTypes() const { return types_; }
  void setTypes(std::shared_ptr<const TypeSchema> types) { types_ = std::move(types); }

  static const Catalog& of(const storage::GraphView& view);
  std::shared_ptr<Catalog> copy() const { return std::make_shared<Catalog>(*this); }

  std::string serialize() const override;
  static std::shared_ptr<const Catalog> deserialize(std::string_view bytes);  // empty: a new catalog

 private:
  std::vector<SchemaRule> rules_;
  IndexId nextIndex_ = 0;
  std::shared_ptr<const TypeSchema> types_ = std::make_shared<const TypeSchema>();
};

}  // namespace plexus::catalog
