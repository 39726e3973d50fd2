// core/storage/view/index_overlay.h: index entries that the open transaction has added and removed.
#pragma once

#include <map>
#include <string>

namespace plexus::storage {

// Key of keyspace "index" -> added (true) or removed (false).
using IndexOverlay = std::map<std::string, bool>;

}  // namespace plexus::storage
