// core/value/temporal_text.h: temporal values as ISO 8601 text, and back.
//
// Printing is canonical: what is zero at the end of a time is left out (12:31, 12:31:14, 12:31:14.645), offset zero is
// Z, a named zone follows in brackets, a duration names only its groups that are not zero, each with its own sign.
#pragma once

#include <string>
#include <string_view>

#include "core/value/temporal.h"

namespace plexus {

std::string toText(Date d);
std::string toText(LocalTime t);
std::string toText(Time t);
std::string toText(LocalDateTime t);
std::string toText(const DateTime& t);
std::string toText(const Duration& d);

// "Z", "+02:00", "-00:30:15".
std::string offsetText(std::int32_t seconds);

}  // namespace plexus
