#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include <fmt/format.h>

#include "core/function/families.h"
#include "core/function/kernel.h"
#include "core/function/unicode.h"

namespace plexus::function {
namespace {

using Arguments = std::span<const Value>;

constexpr double kEarthRadius = 6'378'140;  // metres, as Neo4j has it

struct ReferenceSystem {
  std::int32_t srid;
  std::string_view name;
};
constexpr std::array<ReferenceSystem, 4> kSystems{
    {{7203, "cartesian"}, {9157, "cartesian-3d"}, {4326, "wgs-84"}, {4979, "wgs-84-3d"}}};

[[noreturn]] void throwPoint(std::string message) { throwArgument("InvalidArgumentValue", std::move(message)); }

// The first of the keys that the map has.
const Value* anyOf(const Map& map, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) {
    if (const Value* v = map.find(key)) return v;
  }
  return nullptr;
}

bool isGeographic(std::int32_t srid) { return srid == 4326 || srid == 4979; }

std::int32_t namedSrid(const Map& map, bool geographic, bool threeDimensional) {
  if (const Value* srid = map.find("srid")) {
    for (const auto& system : kSystems) {
      if (srid->is(ValueKind::kInteger) && srid->integer() == system.srid) return system.srid;
    }
    throwPoint(fmt::format("there is no coordinate reference system {}", describe(*srid)));
  }
  if (const Value* crs = map.find("crs")) {
    const std::string name = lowerCase(stringArgument("point", *crs));
    for (const auto& system : kSystems) {
      if (name == system.name) return system.srid;
    }
    throwPoint(
        fmt::format("there is no coordinate reference system '{}': use cartesian, cartesian-3d, wgs-84 or "
                    "wgs-84-3d",
                    crs->string()));
  }
  if (geographic) return threeDimensional ? 4979 : 4326;
  return threeDimensional ? 9157 : 7203;
}

std::int32_t sridOf(const Map& map, bool geographic, bool threeDimensional) {
  if (map.find("srid") && map.find("crs")) throwPoint("a point has a `crs` or a `srid`, not both");
  const std::int32_t srid = namedSrid(map, geographic, threeDimensional);
  if (geographic && !isGeographic(srid)) throwPoint("longitude and latitude do not belong to a cartesian system");
  return srid;
}

Value point(FunctionContext&, Arguments a) {
  if (a[0].is(ValueKind::kPoint)) return a[0];
  const Map& map = mapArgument("point", a[0]);
  for (const auto& [key, value] : map.entries()) {
    if (value.isNull()) return {};
  }
  const Value* x = anyOf(map, {"x", "longitude"});
  const Value* y = anyOf(map, {"y", "latitude"});
  const Value* z = anyOf(map, {"z", "height"});
  if (!x || !y) throwPoint("a point needs x and y, or longitude and latitude");
  Point p;
  p.srid = sridOf(map, anyOf(map, {"longitude", "latitude"}) != nullptr, z != nullptr);
  if (p.is3D() != (z != nullptr)) throwPoint("the number of coordinates does not fit the coordinate reference system");
  p.x = numberArgument("point", *x);
  p.y = numberArgument("point", *y);
  p.z = z ? numberArgument("point", *z) : std::numeric_limits<double>::quiet_NaN();
  if (p.isGeographic() && (std::fabs(p.y) > 90)) throwPoint("a latitude lies between -90 and 90");
  if (p.isGeographic()) p.x = std::fabs(p.x) <= 180 ? p.x : std::remainder(p.x, 360);
  return p;
}

double radians(double degrees) { return degrees * std::numbers::pi / 180; }

// The great-circle distance by the haversine formula, at the mean height.
double geographicDistance(const Point& a, const Point& b) {
  const double sinLatitude = std::sin(radians(b.y - a.y) / 2);
  const double sinLongitude = std::sin(radians(b.x - a.x) / 2);
  const double h =
      sinLatitude * sinLatitude + std::cos(radians(a.y)) * std::cos(radians(b.y)) * sinLongitude * sinLongitude;
  const double height = a.is3D() ? (a.z + b.z) / 2 : 0;
  const double along = 2 * (kEarthRadius + height) * std::asin(std::sqrt(std::min(1.0, h)));
  return a.is3D() ? std::hypot(along, b.z - a.z) : along;
}

const Point& pointArgument(std::string_view function, const Value& v) {
  if (!v.is(ValueKind::kPoint)) throwWrongArgument(function, "a POINT", v);
  return v.point();
}

Value distance(FunctionContext&, Arguments arguments) {
  if (!arguments[0].is(ValueKind::kPoint) || !arguments[1].is(ValueKind::kPoint)) return {};
  const Point& a = arguments[0].point();
  const Point& b = arguments[1].point();
  if (a.srid != b.srid) return {};
  if (a.isGeographic()) return geographicDistance(a, b);
  return a.is3D() ? std::hypot(b.x - a.x, b.y - a.y, b.z - a.z) : std::hypot(b.x - a.x, b.y - a.y);
}

Value withinBox(FunctionContext&, Arguments arguments) {
  const Point& p = pointArgument("point.withinBBox", arguments[0]);
  const Point& low = pointArgument("point.withinBBox", arguments[1]);
  const Point& high = pointArgument("point.withinBBox", arguments[2]);
  if (p.srid != low.srid || p.srid != high.srid) return {};
  const auto between = [](double a, double x, double b) { return a <= x && x <= b; };
  // A geographic box whose left side lies east of its right side spans the 180th meridian.
  const bool wraps = p.isGeographic() && low.x > high.x;
  const bool x = wraps ? p.x >= low.x || p.x <= high.x : between(low.x, p.x, high.x);
  return x && between(low.y, p.y, high.y) && (!p.is3D() || between(low.z, p.z, high.z));
}

constexpr std::string_view kSpatial = "Spatial";

}  // namespace

std::span<const FunctionSpec> spatialFunctions() {
  static const FunctionSpec kTable[] = {
      {.name = "point",
       .signatures = "(coordinates :: MAP) :: POINT\n(point :: POINT) :: POINT",
       .category = kSpatial,
       .description = "A point from x and y (and z), or from longitude and latitude in degrees (and height in metres); "
                      "`crs` or `srid` may name the reference system.",
       .example = "point({x: 3, y: 4}).y",
       .result = "4.0",
       .kernel = point},
      {.name = "point.distance",
       .signatures = "(a :: ANY, b :: ANY) :: FLOAT",
       .category = kSpatial,
       .description = "The distance of two points, in metres between geographic ones; null if they have different "
                      "reference systems.",
       .example = "point.distance(point({x: 0, y: 0}), point({x: 3, y: 4}))",
       .result = "5.0",
       .kernel = distance},
      {.name = "distance",
       .signatures = "(a :: ANY, b :: ANY) :: FLOAT",
       .category = kSpatial,
       .description = "As point.distance(), by its older name.",
       .example = "distance(point({x: 0, y: 0}), point({x: 0, y: 2}))",
       .result = "2.0",
       .kernel = distance},
      {.name = "point.withinBBox",
       .signatures = "(point :: POINT, lowerLeft :: POINT, upperRight :: POINT) :: BOOLEAN",
       .category = kSpatial,
       .description = "Whether a point lies in the box between two corners, borders included.",
       .example = "point.withinBBox(point({x: 1, y: 1}), point({x: 0, y: 0}), point({x: 2, y: 2}))",
       .result = "true",
       .kernel = withinBox}};
  return kTable;
}

}  // namespace plexus::function
