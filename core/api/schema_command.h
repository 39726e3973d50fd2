// core/api/schema_command.h: CREATE and DROP of indexes and constraints.
#pragma once

#include "core/api/options.h"
#include "core/api/result.h"
#include "core/parse/ast/statement.h"
#include "core/storage/write_transaction.h"

namespace plexus::api {

// Runs the command in the transaction; counts and warnings go to `summary`. Throws Error{kSchemaError} for what
// contradicts the schema, Error{kConstraintValidationFailed} for data that the new constraint does not allow.
void runSchemaCommand(const ast::Statement& statement, const Parameters& parameters,
                      storage::WriteTransaction& transaction, Summary& summary);

}  // namespace plexus::api
