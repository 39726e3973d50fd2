// core/exec/operator/write/asserted_target.h: what is changed when a statement changes a relationship that it matched.
#pragma once

#include "core/base/error.h"
#include "core/exec/context.h"

namespace plexus::exec {

// A relationship that was read off an asserted one stands for that one. Throws Error{kConstraintVerificationFailed} if
// it follows from several: there is nothing to change.
Relationship assertedTarget(const Worker& worker, const Relationship& relationship, Span span);

}  // namespace plexus::exec
