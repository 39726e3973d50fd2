// core/storage/bulk/text_builder.h: the entries that a bulk load adds to a full-text index.
#pragma once

#include "core/storage/bulk/index_builder.h"

namespace plexus::storage {

// As addIndexEntries(), for an index with spec.text.
void addTextEntries(const IndexSource& source, const IndexSpec& spec, bool whole,
                    const std::filesystem::path& directory, std::size_t memoryBytes, const SstOutput::PutKey& put);

}  // namespace plexus::storage
