// import/load/sample.h: the leiomyosarcoma sample (examples/leiomyosarcoma), built from data inside the binary.
#pragma once

#include "core/storage/store.h"
#include "import/load/import.h"

namespace plexus::load {

// Adds the sample to `store`, in one atomic step; its schema (sampleSchema(), sample_data.h) may be declared before.
// Throws Error{kConstraintValidationFailed} if nodes of its kinds with the same names are there already.
ImportReport buildSample(storage::Store& store);

}  // namespace plexus::load
