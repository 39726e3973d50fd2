#include "core/parse/ast/clause.h"

namespace plexus::ast {

CallSubquery::CallSubquery() = default;
CallSubquery::~CallSubquery() = default;
CallSubquery::CallSubquery(CallSubquery&&) noexcept = default;
CallSubquery& CallSubquery::operator=(CallSubquery&&) noexcept = default;

}  // namespace plexus::ast
