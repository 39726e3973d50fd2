// core/function/temporal_create.h: date(), localtime(), time(), localdatetime(), datetime() and duration() from text,
// from maps of fields and from other instants.
#pragma once

#include "core/function/context.h"
#include "core/value/value.h"

namespace plexus::function {

// `type`: any temporal kind but kDuration. Throws ArgumentError InvalidArgumentValue for text or fields that do not say
// such an instant, TypeError InvalidArgumentValue for values of other types.
Value createInstant(const FunctionContext& context, ValueKind type, const Value& from);
// The instant in a zone (the default zone if there is none).
Value currentInstant(const FunctionContext& context, ValueKind type, Instant now, const Value& zone = {});

Duration createDuration(const Value& from);

// The function's name: "date", "localtime", ...
std::string_view constructorName(ValueKind type);

}  // namespace plexus::function
