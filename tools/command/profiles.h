// tools/command/profiles.h: ready vocabularies for `plexus schema DB --profile NAME` (docs/knowledge.md, "Profiles").
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace plexus::tools {

struct Profile {
  std::string_view name, summary;
  std::string_view script;  // CREATE ... IF NOT EXISTS statements: what is declared already stays as it is
};

std::span<const Profile> profiles();
// Throws UsageError with the names there are.
const Profile& findProfile(const std::string& name);

}  // namespace plexus::tools
