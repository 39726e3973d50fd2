#include "core/storage/codec/bytes.h"

#include <fmt/format.h>

#include "core/base/error.h"

namespace plexus::storage {

void throwCorruption(std::string_view what, std::string_view bytes) {
  std::string hex;
  for (const char c : bytes.substr(0, 24)) hex += fmt::format("{:02x}", static_cast<unsigned char>(c));
  throw Error{ErrorType::kCorruption, Phase::kRuntime, "",
              fmt::format("stored bytes are damaged: {}{}{}", what, hex.empty() ? "" : " at ", hex)};
}

}  // namespace plexus::storage
