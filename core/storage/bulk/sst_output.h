// core/storage/bulk/sst_output.h: sorted pairs as table files, and their ingestion in one atomic step.
#pragma once

#include <functional>
#include <memory>

#include <rocksdb/sst_file_writer.h>

#include "core/storage/bulk/keyed_values.h"
#include "core/storage/rocks/database.h"

namespace plexus::storage {

class SstOutput {
 public:
  // Files are written into `directory` of the database's environment.
  SstOutput(const Database& database, std::string directory) : database_{database}, directory_{std::move(directory)} {}

  // The items [first, last) of `values`, which are sorted, as one file. Of items with the same key, `join` makes one
  // value. Concurrent calls are fine as long as their ranges of keys do not overlap.
  using Join = std::function<std::string(const std::string& key, std::vector<std::string> parts)>;
  void write(Keyspace keyspace, const KeyedValues& values, std::size_t first, std::size_t last, const Join& join);

  // The keys, without values, that `produce` puts or removes in ascending order, as one file; none if there are no
  // keys.
  using PutKey = std::function<void(const std::string& key)>;
  void writeKeys(Keyspace keyspace, const std::function<void(const PutKey& put, const PutKey& remove)>& produce);

  // All files, in all keyspaces, or none. Throws Error{kIoError}.
  void ingest();

 private:
  std::unique_ptr<rocksdb::SstFileWriter> open(Keyspace keyspace);

  const Database& database_;
  std::string directory_;
  std::mutex mutex_;
  std::array<std::vector<std::string>, kKeyspaces> files_;
  std::size_t count_ = 0;
};

}  // namespace plexus::storage
