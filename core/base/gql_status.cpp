#include "core/base/gql_status.h"

namespace plexus {
namespace {

struct Code {
  std::string_view detail, status;
};

constexpr Code kByDetail[] = {
    {"UndefinedVariable", "42N62"},        {"VariableAlreadyBound", "42N59"},
    {"UnknownFunction", "42N48"},          {"ProcedureNotFound", "42N08"},
    {"MissingParameter", "42N51"},         {"InvalidNumberOfArguments", "42I13"},
    {"InvalidAggregation", "42I18"},       {"AmbiguousAggregationExpression", "42I18"},
    {"ColumnNameConflict", "42N38"},       {"DifferentColumnsInUnion", "42N39"},
    {"InvalidClauseComposition", "42N71"}, {"InvalidArgumentType", "22NB1"},
    {"InvalidArgumentValue", "22N11"},     {"InvalidPropertyType", "22N01"},
    {"IntegerOverflow", "22003"},          {"FloatingPointOverflow", "22003"},
    {"NumberOutOfRange", "22003"},         {"DivisionByZero", "22012"},
    {"DeleteConnectedNode", "G1001"},
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
    case ErrorType::kLimitExceeded:
    case ErrorType::kCancelled:
    case ErrorType::kCorruption:
    case ErrorType::kIoError:
    case ErrorType::kInternalError:
      break;
  }
  return "50N42";
}

}  // namespace

std::string_view gqlStatus(const Error& error) {
  for (const Code& code : kByDetail) {
    if (code.detail == error.detail()) return code.status;
  }
  return byType(error.type());
}

std::string statusLine(const Error& error) {
  std::string line{name(error.type())};
  if (!error.detail().empty()) line.append(" ").append(error.detail());
  return line.append(" (GQLSTATUS ").append(gqlStatus(error)).append(")");
}

}  // namespace plexus
