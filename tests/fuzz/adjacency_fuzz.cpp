// tests/fuzz/adjacency_fuzz.cpp: chunks give back the entries they were made of; damaged ones are read or refused.
#include <algorithm>

#include "core/base/error.h"
#include "core/storage/codec/adjacency_chunk.h"
#include "tests/fuzz/input.h"

namespace plexus::storage {
namespace {

using fuzz::Input;
using fuzz::require;

AdjacencyEntry takeEntry(Input& input) {
  return {input.take<std::uint8_t>() * NodeId{3}, input.take<std::uint16_t>(), input.take<std::uint8_t>()};
}

// What must hold of bytes that were not refused.
void readAll(std::string_view chunk, std::string_view ids) {
  try {
    const NeighboursView view{chunk};
    for (std::size_t source = 0; source < view.sources(); ++source) {
      require(view.end(source) <= view.entries());
      require(source == 0 || (view.node(source) > view.node(source - 1) && view.end(source) >= view.end(source - 1)));
    }
    const auto entries = decodeChunk(view, ids);
    require(std::is_sorted(entries.begin(), entries.end()));
  } catch (const Error& error) {
    require(error.type() == ErrorType::kCorruption);
  }
}

}  // namespace
}  // namespace plexus::storage

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace plexus::storage;
  plexus::fuzz::Input input{data, size};
  std::vector<AdjacencyEntry> entries(input.take<std::uint8_t>());
  for (AdjacencyEntry& entry : entries) entry = takeEntry(input);
  std::sort(entries.begin(), entries.end());
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
  std::string chunk = encodeNeighbours(entries.data(), entries.size());
  std::string ids = encodeIds(entries.data(), entries.size());
  require(decodeChunk(NeighboursView{chunk}, ids) == entries);
  std::vector<AdjacencyEntry> firsts = entries;
  if (firsts.empty() || firsts.front() != AdjacencyEntry{}) firsts.insert(firsts.begin(), AdjacencyEntry{});
  require(decodeDirectory(encodeDirectory(firsts)) == firsts);

  std::vector<AdjacencyOp> ops(input.take<std::uint8_t>() % 8);
  for (AdjacencyOp& op : ops) {
    op = {takeEntry(input), input.take<std::uint8_t>() % 2 != 0};
    appendOperation(chunk, op);
    std::erase(entries, op.entry);
    if (op.add) entries.insert(std::upper_bound(entries.begin(), entries.end(), op.entry), op.entry);
  }
  require(decodeChunk(NeighboursView{chunk}, ids) == entries);
  if (input.take<std::uint8_t>() % 2 == 0) {
    readAll(input.damage(chunk), ids);
  } else {
    readAll(chunk, input.damage(ids));
  }
  return 0;
}
