#include "core/storage/codec/keys.h"

namespace plexus::storage {
namespace {

template <typename... T>
std::string meta(char kind, T... numbers) {
  std::string key(1, kind);
  (putBig(key, numbers), ...);
  return key;
}

void putScope(std::string& key, const PropertyScope& scope) {
  key.push_back(scope.onRelationships ? 1 : 0);
  putBig(key, scope.type);
  putBig(key, scope.key);
}

}  // namespace

std::string formatKey() { return "F"; }
std::string versionKey() { return "V"; }
std::string nodeCountersKey() { return "N"; }
std::string attachmentKey() { return "A"; }
std::string labelCountKey(LabelId label) { return meta('l', label); }
std::string relTypeKey(RelTypeId type) { return meta('T', type); }
std::string labelBlockKey(LabelId label, std::uint16_t block) { return meta('L', label, block); }
std::string labelPrefix(LabelId label) { return meta('L', label); }
std::string indexSpecKey(IndexId index) { return meta('I', index); }
std::string directoryKey(RelTypeId type, Direction direction) {
  return meta('D', type, static_cast<std::uint8_t>(direction));
}

std::string propertySummaryKey(const PropertyScope& scope) {
  std::string key = "P";
  putScope(key, scope);
  return key;
}

std::string adjacencyPrefix(RelTypeId type, Direction direction, ChunkPart part) {
  std::string key;
  putBig(key, type);
  key.push_back(static_cast<char>(direction));
  key.push_back(static_cast<char>(part));
  return key;
}

std::string adjacencyKey(RelTypeId type, Direction direction, ChunkPart part, const AdjacencyEntry& first) {
  std::string key = adjacencyPrefix(type, direction, part);
  putBig(key, first.node);
  putBig(key, first.neighbour);
  putBig(key, first.id);
  return key;
}

AdjacencyEntry decodeAdjacencyKey(std::string_view key) {
  ByteReader in{key, "adjacency key"};
  in.take(4);
  const AdjacencyEntry first{in.big<NodeId>(), in.big<NodeId>(), in.big<RelId>()};
  if (!in.atEnd()) in.fail();
  return first;
}

std::string propertyPrefix(const PropertyScope& scope) {
  std::string key;
  putScope(key, scope);
  return key;
}

std::string propertyKey(const PropertyScope& scope, std::uint32_t block) {
  std::string key = propertyPrefix(scope);
  putBig(key, block);
  return key;
}

std::string indexPrefix(IndexId index) {
  std::string key;
  putBig(key, index);
  return key;
}

IndexId indexOf(std::string_view key) {
  ByteReader in{key, "index key"};
  return in.big<IndexId>();
}

std::string afterPrefix(std::string prefix) {
  while (!prefix.empty() && prefix.back() == '\xFF') prefix.pop_back();
  if (!prefix.empty()) prefix.back() = static_cast<char>(static_cast<unsigned char>(prefix.back()) + 1);
  return prefix;
}

}  // namespace plexus::storage
