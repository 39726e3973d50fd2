// tests/fuzz/catalog_fuzz.cpp: a catalog's archive, damaged, is read or refused as corruption; what is read can be
// written.
#include "core/base/error.h"
#include "core/catalog/catalog.h"
#include "tests/fuzz/input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  plexus::fuzz::Input input{data, size};
  plexus::catalog::Catalog catalog;
  for (unsigned n = input.take<std::uint8_t>() % 8; n > 0; --n) {
    catalog.labels.add("l" + std::string{input.takeText(3)});
    catalog.propertyKeys.add("k" + std::string{input.takeText(2)});
  }
  const std::string archive = catalog.serialize();
  const bool raw = input.take<std::uint8_t>() % 4 == 0;
  const std::string damaged = raw ? std::string{input.rest()} : input.damage(archive);
  try {
    const auto read = plexus::catalog::Catalog::deserialize(damaged);
    const std::string again = read->serialize();
    plexus::fuzz::require(plexus::catalog::Catalog::deserialize(again)->serialize() == again);
  } catch (const plexus::Error& error) {
    plexus::fuzz::require(error.type() == plexus::ErrorType::kCorruption);
  }
  return 0;
}
