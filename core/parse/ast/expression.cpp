#include "core/parse/ast/expression.h"

#include "core/parse/ast/clause.h"
#include "core/parse/ast/pattern.h"

namespace plexus::ast {

PatternComprehension::~PatternComprehension() = default;
PatternExpression::~PatternExpression() = default;
Subquery::~Subquery() = default;

}  // namespace plexus::ast
