#include "core/catalog/type_archive.h"

#include <boost/serialization/string.hpp>
#include <boost/serialization/vector.hpp>

#include "core/storage/codec/value_codec.h"

namespace plexus::catalog {
namespace {

using Input = BoundedArchive;
using Output = boost::archive::text_oarchive;

// The order of fields is the format.
void archive(Output& out, Value& value) {
  std::string bytes;
  storage::encodeValue(bytes, value);
  out << bytes;
}

void archive(Input& in, Value& value) {
  std::string bytes;
  in >> bytes;
  storage::ByteReader reader{bytes, "a value in the catalog"};
  value = storage::decodeValue(reader);
}

template <typename Archive>
void archive(Archive& a, RelationReading& reading) {
  a& reading.type& reading.reversed;
}

template <typename Archive>
void archive(Archive& a, CheckedType& type);
template <typename Archive>
void archive(Archive& a, PropertyDeclaration& property);
template <typename Archive>
void archive(Archive& a, NodeType& type);
template <typename Archive>
void archive(Archive& a, RelationType& type);

template <typename Archive, typename Element>
void archive(Archive& a, std::vector<Element>& elements) {
  std::size_t count = elements.size();
  a& count;
  for (std::size_t i = 0; i < count; ++i) {
    if constexpr (Archive::is_loading::value) elements.emplace_back();
    archive(a, elements[i]);
  }
}

template <typename Archive>
void archive(Archive& a, CheckedType& type) {
  a& type.base& type.notNull;
  archive(a, type.arguments);
  archive(a, type.alternatives);
}

template <typename Archive>
void archive(Archive& a, PropertyDeclaration& property) {
  a& property.key& property.notNull& property.unique;
  archive(a, property.type);
  archive(a, property.defaultValue);
  archive(a, property.enumeration);
}

template <typename Archive>
void archive(Archive& a, NodeType& type) {
  a& type.label& type.parents& type.isAbstract& type.strict;
  archive(a, type.properties);
}

template <typename Archive>
void archive(Archive& a, RelationType& type) {
  a& type.type& type.from& type.to& type.symmetric& type.transitive& type.acyclic& type.functional& type
      .withEvidence& type.strict& type.inverse;
  archive(a, type.parents);
  archive(a, type.impliedBy);
  archive(a, type.disjointWith);
  archive(a, type.properties);
}

template <typename Archive>
void archiveEvidence(Archive& a, std::vector<RelationType>& relations) {
  for (RelationType& type : relations) {
    for (PropertyDeclaration& property : type.properties) a& property.evidence;
  }
}

}  // namespace

void write(Output& out, const TypeSchema& schema) {
  TypeDeclarations types{schema.nodeTypes(), schema.relationTypes(), schema.strict()};
  out << types.strict;
  archive(out, types.nodes);
  archive(out, types.relations);
  archiveEvidence(out, types.relations);
}

TypeDeclarations read(Input& in, bool withEvidenceFields) {
  TypeDeclarations types;
  in >> types.strict;
  archive(in, types.nodes);
  archive(in, types.relations);
  if (withEvidenceFields) archiveEvidence(in, types.relations);
  return types;
}

}  // namespace plexus::catalog
