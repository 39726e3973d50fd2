// core/storage/rocks/merge_operators.h: how RocksDB joins pending updates to values: one operator a keyspace that has
// them.
#pragma once

#include <memory>

#include <rocksdb/merge_operator.h>

namespace plexus::storage {

std::shared_ptr<rocksdb::MergeOperator> adjacencyMerge();  // appends operations (codec/adjacency_chunk.h)
std::shared_ptr<rocksdb::MergeOperator> propertyMerge();   // folds slots (codec/property_segment.h)
std::shared_ptr<rocksdb::MergeOperator> labelMerge();      // folds bitmaps (codec/label_block.h)

}  // namespace plexus::storage
