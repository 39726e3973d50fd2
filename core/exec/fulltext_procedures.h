// core/exec/fulltext_procedures.h: db.index.fulltext.*: how queries reach the full-text indexes of core/text. Here,
// since procedures (core/function) and full text do not know each other.
#pragma once

#include <vector>

#include "core/function/procedure.h"

namespace plexus::exec {

std::vector<function::ProcedureEntry> fullTextProcedures();

}  // namespace plexus::exec
