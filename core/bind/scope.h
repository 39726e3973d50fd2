// core/bind/scope.h: which names an expression or pattern sees.
//
// A scope has names of its own and, as part of a subquery or a comprehension, those of its parent. WITH replaces a
// scope's own names; the parent's stay visible. Scopes are small and live on the stack of the recursive binder; a
// parent outlives its children.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/bind/bound_expression.h"

namespace plexus::bind {

// What a subquery reads of the scopes around it, in order of first use, each once.
class Captures {
 public:
  void add(VariableId variable);
  const std::vector<VariableId>& variables() const { return variables_; }

 private:
  std::vector<VariableId> variables_;
};

// Where a row of LOAD CSV comes from: what linenumber() and file() read.
struct CsvPlace {
  VariableId line = kNoVariable, file = kNoVariable;
};

class Scope {
 public:
  using Names = std::map<std::string, VariableId, std::less<>>;  // alphabetical, as `*` lists them

  Scope() = default;
  // A scope inside `parent`. With `captures`, what is found in the parent is noted there.
  explicit Scope(const Scope* parent, Captures* captures = nullptr) : parent_{parent}, captures_{captures} {}

  // Own names first, then the parent's.
  std::optional<VariableId> find(std::string_view name) const;
  bool has(std::string_view name) const { return find(name).has_value(); }
  // Only own names.
  bool hasOwn(std::string_view name) const { return own_.find(name) != own_.end(); }

  void declare(const std::string& name, VariableId variable) { own_[name] = variable; }
  const Names& own() const { return own_; }
  const Scope* parent() const { return parent_; }

  // Of the last LOAD CSV in sight.
  std::optional<CsvPlace> csvPlace() const;
  void setCsvPlace(CsvPlace place) { csvPlace_ = place; }

  // A scope with the same parent and no names of its own: what WITH starts from.
  Scope afterProjection() const {
    Scope next{parent_, captures_};
    next.outside_ = outside_;
    return next;
  }
  // The scope around a subquery that sees only what it imports: for messages.
  void setOutside(const Scope* outside) { outside_ = outside; }
  // Whether the name is known around a subquery, which has not imported it.
  bool isOutside(std::string_view name) const;
  // Whether the name is one of a query around, and not of this one.
  bool isOuter(std::string_view name) const { return !hasOwn(name) && has(name); }
  // All names in sight, for "did you mean".
  std::vector<std::string> visibleNames() const;

 private:
  const Scope* parent_ = nullptr;
  const Scope* outside_ = nullptr;
  Captures* captures_ = nullptr;
  Names own_;
  std::optional<CsvPlace> csvPlace_;
};

}  // namespace plexus::bind
