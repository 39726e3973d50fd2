#include "core/function/access.h"

#include <fmt/format.h>

#include "core/function/kernel.h"
#include "core/function/temporal_fields.h"
#include "core/inference/entailment.h"

namespace plexus::function {
namespace {

template <typename Entity>
void requireLive(FunctionContext& context, const Entity& entity, const char* what) {
  if (!context.mayMeetDeleted || inference::exists(context.graph(), entity)) return;
  throwRuntime(ErrorType::kEntityNotFound, "DeletedEntityAccess",
               fmt::format("the {} was deleted in this query: its properties and labels are gone", what));
}

// Whose properties an entity has: a relationship that is read off an asserted one, that one's.
std::optional<NodeId> owner(FunctionContext&, NodeId node) { return node; }
std::optional<Relationship> owner(FunctionContext& context, const Relationship& r) {
  return inference::assertedOf(context.graph(), r);
}

template <typename Entity>
Value storedProperty(FunctionContext& context, const Entity& entity, std::string_view key, const char* what) {
  requireLive(context, entity, what);
  const auto id = context.catalog().propertyKeys.find(key);
  const auto from = id ? owner(context, entity) : std::nullopt;
  return from ? context.graph().property(*from, *id) : Value{};
}

template <typename Entity>
Value storedProperties(FunctionContext& context, const Entity& entity, const char* what) {
  requireLive(context, entity, what);
  const catalog::Catalog& catalog = context.catalog();
  std::vector<MapEntry> entries;
  if (const auto from = owner(context, entity)) {
    for (auto& [key, value] : context.graph().properties(*from)) {
      entries.emplace_back(catalog.propertyKeys.name(key), std::move(value));
    }
  }
  return Map{std::move(entries)};
}

std::optional<Value> pointField(const Point& p, std::string_view key) {
  if (key == "x" || (key == "longitude" && p.isGeographic())) return p.x;
  if (key == "y" || (key == "latitude" && p.isGeographic())) return p.y;
  if (p.is3D() && (key == "z" || (key == "height" && p.isGeographic()))) return p.z;
  if (key == "srid") return static_cast<std::int64_t>(p.srid);
  if (key == "crs") {
    if (p.isGeographic()) return p.is3D() ? "wgs-84-3d" : "wgs-84";
    return p.is3D() ? "cartesian-3d" : "cartesian";
  }
  return std::nullopt;
}

Value fieldOf(const Value& base, std::string_view key) {
  const auto field = base.is(ValueKind::kPoint) ? pointField(base.point(), key) : temporalField(base, key);
  if (!field) {
    throwArgument("InvalidArgumentValue", fmt::format("a {} has no component `{}`", name(base.kind()), key));
  }
  return *field;
}

}  // namespace

Value property(FunctionContext& context, const Value& base, std::string_view key) {
  switch (base.kind()) {
    case ValueKind::kNull:
      return {};
    case ValueKind::kNode:
      return storedProperty(context, base.node(), key, "node");
    case ValueKind::kRelationship:
      return storedProperty(context, base.relationship(), key, "relationship");
    case ValueKind::kMap: {
      const Value* found = base.map().find(key);
      return found ? *found : Value{};
    }
    default:
      break;
  }
  if (base.isTemporal() || base.is(ValueKind::kPoint)) return fieldOf(base, key);
  throwRuntime(ErrorType::kTypeError, "InvalidArgumentType",
               fmt::format("{} has no property `{}`: only maps, nodes, relationships, temporal values and points have "
                           "properties",
                           describe(base), key));
}

Value properties(FunctionContext& context, const Value& base) {
  switch (base.kind()) {
    case ValueKind::kNull:
      return {};
    case ValueKind::kNode:
      return storedProperties(context, base.node(), "node");
    case ValueKind::kRelationship:
      return storedProperties(context, base.relationship(), "relationship");
    case ValueKind::kMap:
      return base;
    default:
      throwWrongArgument("properties", "a NODE, RELATIONSHIP or MAP", base);
  }
}

}  // namespace plexus::function
