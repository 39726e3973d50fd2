// core/exec/operator/write/constraints.h: constraints as conditions on one entity, and the words for their violation.
#pragma once

#include <optional>
#include <string>

#include "core/bind/bound_expression.h"
#include "core/catalog/catalog.h"
#include "core/storage/write_transaction.h"

namespace plexus::exec {

// True for constraints that storage does not keep by itself (all but uniqueness).
bool isChecked(const catalog::SchemaRule& rule);
bool needsChecking(const catalog::Catalog& catalog);

// One constraint of existence, type or key, ready to be asked about many entities.
class RuleCheck {
 public:
  // Both must outlive this.
  RuleCheck(const catalog::SchemaRule& rule, const storage::GraphView& view);

  // Throws Error{kConstraintValidationFailed} if the constraint is about the entity and does not hold for it.
  void require(NodeId node) const;
  void require(const Relationship& relationship) const;
  // All entities of its label or type: when the constraint is created.
  void requireAll() const;

 private:
  template <typename Entity>
  void requireProperties(const Entity& entity, const std::string& shown) const;
  const catalog::SchemaRule& rule_;
  const storage::GraphView& view_;
  std::optional<CheckedType> type_;
};

// The error for two entities with the same values.
[[noreturn]] void throwViolation(const storage::UniqueViolation& violation, const storage::GraphView& view);

}  // namespace plexus::exec
