#include "core/base/gql_status.h"

namespace plexus {
namespace {

struct Code {
  std::string_view detail, status;
  std::string_view atRunTime = status;
};

// Beside details of the TCK those that only we have: of constraints, schema commands and transactions.
constexpr Code kByDetail[] = {
    {"UnexpectedSyntax", "42I06"},
    {"UndefinedVariable", "42N62"},
    {"VariableAlreadyBound", "42N59"},
    {"VariableShadowing", "42N07"},
    {"NoExpressionAlias", "42N21"},
    {"UnknownFunction", "42N48"},
    {"ProcedureNotFound", "42N08"},
    {"MissingParameter", "42N81"},
    {"InvalidNumberOfArguments", "42I13"},
    {"InvalidAggregation", "42I24"},
    {"NestedAggregation", "22N34"},
    {"AmbiguousAggregationExpression", "42I18"},
    {"ColumnNameConflict", "42N38"},
    {"DifferentColumnsInUnion", "42N39"},
    {"InvalidClauseComposition", "42N71"},
    {"NoSingleRelationshipType", "42I14"},
    {"MergeReadOwnWrites", "22N31"},
    {"InvalidArgumentType", "22NB1", "22N01"},
    {"InvalidArgumentValue", "22N11"},
    {"InvalidPropertyType", "22N01"},
    {"NegativeIntegerArgument", "22N02"},
    {"NumberOutOfRange", "22N03"},
    {"IntegerOverflow", "22003", "22N28"},
    {"FloatingPointOverflow", "22003"},
    {"DivisionByZero", "22012"},
    {"DeletedEntityAccess", "25N13"},
    {"DeleteConnectedNode", "G1001"},
    {"PropertyMissing", "22N77"},
    {"PropertyTypeViolated", "22N78"},
    {"PropertyNotUnique", "22N79"},
    {"EmptyName", "42I06"},
    {"SameConstraintExists", "22N65"},
    {"ConstraintNameExists", "22N67"},
    {"IndexNotFound", "22N69"},
    {"SameIndexExists", "22N70"},
    {"IndexNameExists", "22N71"},
    {"NestedCallInTransactions", "42N58"},
    {"TransactionOpen", "25G01"},
    {"NoTransaction", "25N04"},
    {"ReadOnlyDatabase", "08N08"},
};

std::string_view byType(ErrorType type) {
  switch (type) {
    case ErrorType::kSyntaxError:
    case ErrorType::kSemanticError:
    case ErrorType::kParameterMissing:
    case ErrorType::kProcedureError:
      return "42001";
    case ErrorType::kTypeError:
      return "22G03";
    case ErrorType::kArgumentError:
    case ErrorType::kArithmeticError:
    case ErrorType::kEntityNotFound:
    case ErrorType::kPropertyNotFound:
    case ErrorType::kLabelNotFound:
    case ErrorType::kConstraintValidationFailed:
    case ErrorType::kInputError:
      return "22000";
    case ErrorType::kSchemaError:
      return "42000";
    case ErrorType::kConstraintVerificationFailed:
      return "G1000";
    case ErrorType::kTransactionError:
      return "25000";
    case ErrorType::kCancelled:
      return "25N05";
    case ErrorType::kInternalError:
      return "50N00";
    case ErrorType::kLimitExceeded:
    case ErrorType::kCorruption:
    case ErrorType::kIoError:
      break;
  }
  return "50N42";
}

}  // namespace

std::string_view gqlStatus(const Error& error) {
  for (const Code& code : kByDetail) {
    if (code.detail == error.detail()) return error.phase() == Phase::kRuntime ? code.atRunTime : code.status;
  }
  return byType(error.type());
}

std::string statusLine(const Error& error) {
  std::string line{name(error.type())};
  if (!error.detail().empty()) line.append(" ").append(error.detail());
  return line.append(" (GQLSTATUS ").append(gqlStatus(error)).append(")");
}

}  // namespace plexus
