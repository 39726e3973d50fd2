#include "import/load/id_space.h"

#include <algorithm>

namespace plexus::load {

bool IdSpace::hasLabel(std::string_view label) const {
  return std::find(labels.begin(), labels.end(), label) != labels.end();
}

void IdSpace::addLabel(std::string_view label) {
  if (!hasLabel(label)) labels.emplace_back(label);
}

IdSpace& IdSpaces::get(const std::string& name) {
  if (IdSpace* space = find(name)) return *space;
  spaces_.emplace_back();
  spaces_.back().name = name;
  return spaces_.back();
}

IdSpace* IdSpaces::find(std::string_view name) {
  const auto found = std::find_if(spaces_.begin(), spaces_.end(), [&](const IdSpace& s) { return s.name == name; });
  return found == spaces_.end() ? nullptr : &*found;
}

bool IdSpaces::extendToDatabase(IdSpace& space, const std::string& label) const {
  if (!space.existingLabel.empty()) return true;
  if (existing_.idProperty(label).empty()) return false;
  space.existingLabel = label;
  return true;
}

NodeId IdSpaces::resolve(IdSpace& space, std::string_view id) const {
  const NodeId node = space.ids.find(id);
  if (node != kNoNode || space.existingLabel.empty() || id.empty()) return node;
  const NodeId existing = existing_.find(space.existingLabel, id);
  if (existing != kNoNode) space.ids.insert(id, existing, 0);
  return existing;
}

NodeId EndResolver::resolveNew(std::string_view id) {
  for (IdSpace* space : candidates_) {
    const NodeId node = spaces_.resolve(*space, id);
    if (node == kNoNode) continue;
    last_.assign(id);
    node_ = node;
    return node;
  }
  return kNoNode;
}

}  // namespace plexus::load
