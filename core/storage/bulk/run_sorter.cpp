#include "core/storage/bulk/run_sorter.h"

#include <cerrno>
#include <cstring>

namespace plexus::storage {
namespace {

[[noreturn]] void fail(const char* what) {
  throw Error{ErrorType::kIoError, Phase::kRuntime, "", std::string{what} + ": " + std::strerror(errno)};
}

}  // namespace

RunFile::RunFile(const std::filesystem::path& directory) {
  // Unlinked at once: nothing is left behind whatever happens.
  std::string name = (directory / "run-XXXXXX").string();
  const int descriptor = ::mkstemp(name.data());
  if (descriptor < 0) fail("a temporary file cannot be made");
  std::filesystem::remove(name);
  file_.reset(::fdopen(descriptor, "w+b"));
  if (!file_) fail("a temporary file cannot be opened");
}

void RunFile::write(const void* data, std::size_t size) {
  if (size > 0 && std::fwrite(data, 1, size, file_.get()) != size) fail("a temporary file cannot be written");
}

bool RunFile::read(void* data, std::size_t size) {
  if (size == 0) return true;
  const std::size_t got = std::fread(data, 1, size, file_.get());
  if (got == size) return true;
  if (got == 0 && std::feof(file_.get()) != 0) return false;
  fail("a temporary file cannot be read");
}

void RunFile::rewind() {
  if (std::fseek(file_.get(), 0, SEEK_SET) != 0) fail("a temporary file cannot be read");
}

}  // namespace plexus::storage
