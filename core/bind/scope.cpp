#include "core/bind/scope.h"

#include <algorithm>

namespace plexus::bind {

void Captures::add(VariableId variable) {
  if (std::find(variables_.begin(), variables_.end(), variable) == variables_.end()) variables_.push_back(variable);
}

std::optional<VariableId> Scope::find(std::string_view name) const {
  if (const auto it = own_.find(name); it != own_.end()) return it->second;
  if (parent_ == nullptr) return std::nullopt;
  const auto found = parent_->find(name);
  if (found && captures_ != nullptr) captures_->add(*found);
  return found;
}

bool Scope::isOutside(std::string_view name) const {
  for (const Scope* scope = this; scope != nullptr; scope = scope->parent_) {
    if (scope->outside_ != nullptr && scope->outside_->has(name)) return true;
  }
  return false;
}

std::optional<CsvPlace> Scope::csvPlace() const {
  if (csvPlace_ || parent_ == nullptr) return csvPlace_;
  const auto place = parent_->csvPlace();
  if (place && captures_ != nullptr) {
    captures_->add(place->line);
    captures_->add(place->file);
  }
  return place;
}

std::vector<std::string> Scope::visibleNames() const {
  std::vector<std::string> names;
  for (const Scope* scope = this; scope != nullptr; scope = scope->parent_) {
    for (const auto& [name, variable] : scope->own_) names.push_back(name);
  }
  return names;
}

}  // namespace plexus::bind
