// import/format/point_text.h: points as cells hold them: {x: 1, y: 2}, {latitude: 48.8, longitude: 2.3, height: 35}.
#pragma once

#include <optional>
#include <string_view>

#include "core/value/value.h"

namespace plexus::format {

// Keys x, y, z, longitude, latitude, height, crs ("cartesian", "wgs-84", with "-3d") and srid; braces may be missing.
// Nothing if the text is not a point, or its coordinate system contradicts its keys.
std::optional<Point> parsePoint(std::string_view text);

}  // namespace plexus::format
