// tests/tck/procedure_table.h: `there exists a procedure test.my.proc(in :: INTEGER?) :: (out :: STRING?)`: a call
// yields the output cells of every row whose input cells equal the arguments.
#pragma once

#include <string_view>

#include "core/function/procedure.h"
#include "tests/tck/gherkin.h"

namespace plexus::tck {

// Throws std::runtime_error for a signature or a table that is not understood.
function::ProcedureEntry tableProcedure(std::string_view signature, const Table& table);

}  // namespace plexus::tck
