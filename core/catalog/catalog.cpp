#include "core/catalog/catalog.h"

#include <algorithm>
#include <boost/serialization/string.hpp>
#include <boost/serialization/vector.hpp>
#include <sstream>

#include "core/base/error.h"
#include "core/base/nearest_name.h"
#include "core/catalog/type_archive.h"

namespace plexus::catalog {
namespace {

constexpr std::size_t kMaxNames = 65534;
constexpr unsigned kArchiveVersion = 4;  // of what serialize() writes; a newer one is refused
constexpr unsigned kFirstWithTypes = 2;
constexpr unsigned kFirstWithText = 3;
constexpr unsigned kFirstWithKind = 4;  // of indexes; and with fields of evidence

// The order of fields is the format (docs/file-format.md).
template <typename Archive>
void archiveRule(Archive& archive, SchemaRule& rule, unsigned version) {
  auto constraint = static_cast<unsigned>(rule.constraint);
  archive& rule.name& rule.hasIndex& constraint& rule.spec.id& rule.spec.unique& rule.spec.onRelationships& rule.spec
      .labelOrType& rule.spec.properties& rule.propertyType;
  rule.constraint = static_cast<ConstraintKind>(constraint);
  if (version >= kFirstWithTypes) archive& rule.ofType;
  if (version >= kFirstWithText) archive& rule.spec.text& rule.spec.otherLabelsOrTypes;
  if (version >= kFirstWithKind) archive& rule.kind;
}

[[noreturn]] void throwSchema(std::string_view detail, std::string message, std::string hint = {}) {
  throw Error{ErrorType::kSchemaError, Phase::kRuntime, detail, std::move(message), {}, std::move(hint)};
}

}  // namespace

bool sameProperties(const SchemaRule& a, const SchemaRule& b) {
  return a.spec.onRelationships == b.spec.onRelationships && a.spec.owners() == b.spec.owners() &&
         a.spec.properties == b.spec.properties && a.spec.text == b.spec.text;
}

bool sameSubject(const SchemaRule& a, const SchemaRule& b) {
  return a.hasIndex == b.hasIndex && a.constraint == b.constraint && sameProperties(a, b) && a.kind == b.kind;
}

std::optional<std::uint16_t> NameTable::find(std::string_view name) const {
  const auto found = ids_.find(std::string{name});
  if (found == ids_.end()) return std::nullopt;
  return found->second;
}

NameTable::NameTable(const std::vector<std::string>& names) {
  for (const auto& name : names) append(name);
}

std::uint16_t NameTable::add(std::string_view name) {
  if (const auto known = find(name)) return *known;
  if (name.empty()) throwSchema("EmptyName", "a label, relationship type or property key cannot be empty");
  return append(name);
}

std::uint16_t NameTable::append(std::string_view name) {
  if (names_.size() >= kMaxNames) {
    throw Error{ErrorType::kLimitExceeded, Phase::kRuntime, "",
                "a database holds at most 65,534 labels, relationship types and property keys each"};
  }
  const auto id = static_cast<std::uint16_t>(names_.size());
  names_.emplace_back(name);
  ids_.emplace(name, id);
  return id;
}

const SchemaRule* Catalog::findRule(std::string_view name) const {
  const auto found = std::find_if(rules_.begin(), rules_.end(), [&](const SchemaRule& r) { return r.name == name; });
  return found == rules_.end() ? nullptr : &*found;
}

const SchemaRule* Catalog::findIndex(LabelId label, PropertyKeyId property) const {
  const auto found = std::find_if(rules_.begin(), rules_.end(), [&](const SchemaRule& r) {
    return r.hasIndex && !r.spec.text && !r.spec.onRelationships && r.spec.labelOrType == label &&
           r.spec.properties.front() == property;
  });
  return found == rules_.end() ? nullptr : &*found;
}

SchemaRule& Catalog::addRule(SchemaRule rule) {
  for (const SchemaRule& known : rules_) {
    const bool index = rule.constraint == ConstraintKind::kNone;
    if (known.name == rule.name) {
      throwSchema(index ? "IndexNameExists" : "ConstraintNameExists", "`" + rule.name + "` exists already");
    }
    if (!sameSubject(known, rule)) continue;
    if (known.propertyType != rule.propertyType) {
      throwSchema("SameConstraintExists",
                  "`" + known.name + "` wants another type of the same property: " + known.propertyType);
    }
    throwSchema(index ? "SameIndexExists" : "SameConstraintExists",
                "`" + known.name + "` is the same index or constraint already");
  }
  rule.spec.id = nextIndex_++;
  return rules_.emplace_back(std::move(rule));
}

void Catalog::dropRule(std::string_view name) {
  const auto found = std::find_if(rules_.begin(), rules_.end(), [&](const SchemaRule& r) { return r.name == name; });
  if (found == rules_.end()) {
    std::vector<std::string> names;
    for (const SchemaRule& rule : rules_) names.push_back(rule.name);
    throwSchema("IndexNotFound", "there is no index or constraint `" + std::string{name} + "`",
                didYouMean(name, names));
  }
  rules_.erase(found);
}

const Catalog& Catalog::of(const storage::GraphView& view) { return static_cast<const Catalog&>(*view.attachment()); }

std::string Catalog::serialize() const {
  std::ostringstream out;
  boost::archive::text_oarchive archive{out, boost::archive::no_header};
  const unsigned version = kArchiveVersion;
  const std::size_t rules = rules_.size();
  archive << version << labels.names() << relTypes.names() << propertyKeys.names() << nextIndex_ << rules;
  for (SchemaRule rule : rules_) archiveRule(archive, rule, version);
  write(archive, *types_);
  return out.str();
}

std::shared_ptr<const Catalog> Catalog::deserialize(std::string_view bytes) {
  auto catalog = std::make_shared<Catalog>();
  if (bytes.empty()) return catalog;
  try {
    std::istringstream in{std::string{bytes}};
    BoundedArchive archive{in, bytes.size()};
    unsigned version = 0;
    archive >> version;
    if (version > kArchiveVersion) {
      throw Error{ErrorType::kCorruption, Phase::kRuntime, "", "the catalog was written by a newer version of Plexus"};
    }
    std::vector<std::string> labels, relTypes, propertyKeys;
    std::size_t rules = 0;
    archive >> labels >> relTypes >> propertyKeys >> catalog->nextIndex_ >> rules;
    catalog->labels = NameTable(labels);
    catalog->relTypes = NameTable(relTypes);
    catalog->propertyKeys = NameTable(propertyKeys);
    for (std::size_t i = 0; i < rules; ++i) archiveRule(archive, catalog->rules_.emplace_back(), version);
    if (version >= kFirstWithTypes) {
      auto types = read(archive, version >= kFirstWithKind);
      catalog->types_ = TypeSchema::build(std::move(types.nodes), std::move(types.relations), types.strict, *catalog);
    }
  } catch (const Error& error) {
    if (error.type() == ErrorType::kCorruption) throw;
    throw Error{ErrorType::kCorruption, Phase::kRuntime, "",
                std::string{"the catalog contradicts itself: "} + error.what()};
  } catch (const std::exception& error) {  // of Boost
    throw Error{ErrorType::kCorruption, Phase::kRuntime, "",
                std::string{"the catalog cannot be read: "} + error.what()};
  }
  return catalog;
}

}  // namespace plexus::catalog
