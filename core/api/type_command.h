// core/api/type_command.h: CREATE, ALTER and DROP of node types and relation types.
#pragma once

#include "core/api/result.h"
#include "core/catalog/catalog.h"
#include "core/parse/ast/statement.h"
#include "core/storage/write_transaction.h"

namespace plexus::api {

// Run in the transaction, whose catalog is replaced; nodes that are there get the labels of super-types, and defaults
// of properties that must not be missing. Data that contradicts the declaration: Error{kConstraintValidationFailed}
// with the first offenders and their number. Warnings (nothing to do, an end that is no declared type) go to `summary`.
void runCreateType(const ast::CreateType& create, storage::WriteTransaction& transaction, Summary& summary);
void runDropType(const ast::DropType& drop, storage::WriteTransaction& transaction, Summary& summary);
void runAlterDatabase(const ast::AlterDatabase& alter, storage::WriteTransaction& transaction);

}  // namespace plexus::api
