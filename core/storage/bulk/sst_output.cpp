#include "core/storage/bulk/sst_output.h"

#include <fmt/format.h>

namespace plexus::storage {

std::unique_ptr<rocksdb::SstFileWriter> SstOutput::open(Keyspace keyspace) {
  std::string path;
  {
    const std::lock_guard lock{mutex_};
    path = fmt::format("{}/{}.sst", directory_, count_++);
    files_[static_cast<std::size_t>(keyspace)].push_back(path);
  }
  rocksdb::Options options{database_.options(), database_.familyOptions(keyspace)};
  options.env = database_.env();
  auto writer = std::make_unique<rocksdb::SstFileWriter>(rocksdb::EnvOptions{}, options, database_.family(keyspace));
  check(writer->Open(path));
  return writer;
}

void SstOutput::write(Keyspace keyspace, const KeyedValues& values, std::size_t first, std::size_t last,
                      const Join& join) {
  if (first == last) return;
  const auto writer = open(keyspace);
  for (std::size_t i = first; i < last;) {
    const KeyedValues::Item& item = values.items()[i];
    std::vector<std::string> parts;
    for (; i < last && values.items()[i].key == item.key; ++i) parts.push_back(values.read(values.items()[i]));
    check(writer->Put(item.key, join ? join(item.key, std::move(parts)) : parts.back()));
  }
  check(writer->Finish());
}

void SstOutput::writeKeys(Keyspace keyspace,
                          const std::function<void(const PutKey& put, const PutKey& remove)>& produce) {
  std::unique_ptr<rocksdb::SstFileWriter> writer;
  const auto file = [&]() -> rocksdb::SstFileWriter& {
    if (!writer) writer = open(keyspace);
    return *writer;
  };
  produce([&](const std::string& key) { check(file().Put(key, rocksdb::Slice{})); },
          [&](const std::string& key) { check(file().Delete(key)); });
  if (writer) check(writer->Finish());
}

void SstOutput::ingest() {
  std::vector<rocksdb::IngestExternalFileArg> args;
  for (std::size_t i = 0; i < kKeyspaces; ++i) {
    if (files_[i].empty()) continue;
    rocksdb::IngestExternalFileArg arg;
    arg.column_family = database_.family(static_cast<Keyspace>(i));
    arg.external_files = files_[i];
    arg.options.move_files = true;
    arg.options.write_global_seqno = false;
    args.push_back(std::move(arg));
  }
  if (!args.empty()) check(database_.rocks().IngestExternalFiles(args));
}

}  // namespace plexus::storage
