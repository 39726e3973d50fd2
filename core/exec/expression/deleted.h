// core/exec/expression/deleted.h: rows may still hold entities that the statement has deleted; reading them is an
// error.
#pragma once

#include "core/base/error.h"
#include "core/exec/context.h"
#include "core/function/context.h"
#include "core/inference/entailment.h"

namespace plexus::exec {

// Throws Error{kEntityNotFound, DeletedEntityAccess} if the entity is gone. Free in statements that delete nothing.
template <typename Entity>
void requireAlive(const Worker& worker, const Entity& entity, Span span) {
  if (!worker.functions.mayMeetDeleted || inference::exists(worker.context.view, entity)) return;
  throwRuntime(ErrorType::kEntityNotFound, "DeletedEntityAccess",
               "a node or relationship is read that this query has deleted", span);
}

}  // namespace plexus::exec
