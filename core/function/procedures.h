// core/function/procedures.h: the procedures that every database has.
#pragma once

#include <vector>

#include "core/function/procedure.h"

namespace plexus::function {

// db.labels, db.relationshipTypes, db.propertyKeys, db.schema.*, db.info, db.indexes, dbms.components. They only read.
std::vector<ProcedureEntry> builtInProcedures();
// kg.lint, kg.conflicts (knowledge_procedures.cpp): among the former.
std::vector<ProcedureEntry> knowledgeProcedures();

}  // namespace plexus::function
