// core/storage/index_check.h: whether an index has the entries that the data say it has.
#pragma once

#include <functional>
#include <string>

#include "core/storage/memory/core.h"

namespace plexus::storage {

// Makes the entries of the index anew from the data as of `moment`, whose state is `state`, and compares them with
// those that are stored. A line per finding. Reads the index and its properties once, in bounded memory: what is more
// is sorted in the temporary directory.
void checkIndex(const Core& core, const std::shared_ptr<const State>& state, const Database::ReadPointPtr& moment,
                const IndexSpec& spec, const std::function<void(const std::string&)>& report);

}  // namespace plexus::storage
