#include "import/format/point_text.h"

#include <charconv>
#include <cmath>
#include <limits>
#include <string>

namespace plexus::format {
namespace {

std::string_view trim(std::string_view text, std::string_view unwanted = " \t\"'") {
  const std::size_t first = text.find_first_not_of(unwanted);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(unwanted) - first + 1);
}

bool readNumber(std::string_view text, double& out) {
  const auto [ptr, code] = std::from_chars(text.data(), text.data() + text.size(), out);
  return code == std::errc{} && ptr == text.data() + text.size();
}

std::string lower(std::string_view text) {
  std::string out{text};
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

struct Parts {
  double x = kMissing, y = kMissing, z = kMissing;
  bool geographic = false, hasZ = false;
  int srid = 0;  // 0: not said
};

int sridOf(std::string_view crs) {
  const std::string name = lower(crs);
  return name == "cartesian"      ? 7203
         : name == "cartesian-3d" ? 9157
         : name == "wgs-84"       ? 4326
         : name == "wgs-84-3d"    ? 4979
                                  : -1;
}

bool setPart(Parts& parts, std::string_view key, std::string_view value) {
  if (key == "crs") {
    parts.srid = sridOf(value);
    return parts.srid > 0;
  }
  double number = 0;
  if (!readNumber(value, number)) return false;
  if (key == "srid") {
    parts.srid = static_cast<int>(number);
  } else if (key == "x" || key == "longitude") {
    parts.x = number;
  } else if (key == "y" || key == "latitude") {
    parts.y = number;
  } else if (key == "z" || key == "height") {
    parts.z = number;
    parts.hasZ = true;
  } else {
    return false;
  }
  parts.geographic = parts.geographic || key == "longitude" || key == "latitude" || key == "height";
  return true;
}

}  // namespace

std::optional<Point> parsePoint(std::string_view text) {
  text = trim(text);
  if (text.starts_with('{') && text.ends_with('}')) text = text.substr(1, text.size() - 2);
  Parts parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(','), text.size());
    const std::string_view part = text.substr(0, end);
    const std::size_t colon = part.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    if (!setPart(parts, lower(trim(part.substr(0, colon))), trim(part.substr(colon + 1)))) return std::nullopt;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (std::isnan(parts.x) || std::isnan(parts.y)) return std::nullopt;
  const bool saysGeographic = parts.srid == 4326 || parts.srid == 4979;
  const bool saysCartesian = parts.srid == 7203 || parts.srid == 9157;
  const bool says3D = parts.srid == 9157 || parts.srid == 4979;
  if (parts.srid != 0 && !saysGeographic && !saysCartesian) return std::nullopt;
  if (parts.srid != 0 && says3D != parts.hasZ) return std::nullopt;
  if (parts.geographic && saysCartesian) return std::nullopt;
  const bool geographic = parts.geographic || saysGeographic;
  if (geographic && (std::abs(parts.x) > 180 || std::abs(parts.y) > 90)) return std::nullopt;
  const int srid = geographic ? (parts.hasZ ? 4979 : 4326) : (parts.hasZ ? 9157 : 7203);
  return Point{srid, parts.x, parts.y, parts.z};
}

}  // namespace plexus::format
