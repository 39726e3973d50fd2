#include "core/storage/bulk/keyed_values.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <unistd.h>

#include "core/base/error.h"

namespace plexus::storage {
namespace {

[[noreturn]] void fail(const char* what) {
  throw Error{ErrorType::kIoError, Phase::kRuntime, "", std::string{what} + ": " + std::strerror(errno)};
}

}  // namespace

KeyedValues::~KeyedValues() {
  if (file_ >= 0) ::close(file_);
}

void KeyedValues::add(std::string key, std::string value) {
  const std::lock_guard lock{mutex_};
  bytes_ += value.size();
  items_.push_back({std::move(key), std::move(value), 0, 0});
  if (bytes_ > limit_) spill();
}

void KeyedValues::spill() {
  if (file_ < 0) {
    std::string name = (directory_ / "values-XXXXXX").string();
    file_ = ::mkstemp(name.data());
    if (file_ < 0) fail("a temporary file cannot be made");
    std::filesystem::remove(name);
  }
  for (std::size_t i = firstInMemory_; i < items_.size(); ++i) {
    Item& item = items_[i];
    item.offset = fileSize_;
    item.size = static_cast<std::uint32_t>(item.value.size());
    for (std::size_t done = 0; done < item.value.size();) {
      const ssize_t wrote =
          ::pwrite(file_, item.value.data() + done, item.value.size() - done, static_cast<off_t>(fileSize_ + done));
      if (wrote <= 0) fail("a temporary file cannot be written");
      done += static_cast<std::size_t>(wrote);
    }
    fileSize_ += item.size;
    item.value = {};
  }
  firstInMemory_ = items_.size();
  bytes_ = 0;
}

void KeyedValues::sort() {
  std::stable_sort(items_.begin(), items_.end(), [](const Item& a, const Item& b) { return a.key < b.key; });
}

std::string KeyedValues::read(const Item& item) const {
  if (item.size == 0) return item.value;
  std::string value(item.size, '\0');
  for (std::size_t done = 0; done < value.size();) {
    const ssize_t got =
        ::pread(file_, value.data() + done, value.size() - done, static_cast<off_t>(item.offset + done));
    if (got <= 0) fail("a temporary file cannot be read");
    done += static_cast<std::size_t>(got);
  }
  return value;
}

std::pair<std::size_t, std::size_t> KeyedValues::find(std::string_view key) const {
  const auto [from, to] = std::equal_range(items_.begin(), items_.end(), key, [](const auto& a, const auto& b) {
    const auto text = [](const auto& x) -> std::string_view {
      if constexpr (std::is_same_v<std::decay_t<decltype(x)>, Item>) {
        return x.key;
      } else {
        return x;
      }
    };
    return text(a) < text(b);
  });
  return {static_cast<std::size_t>(from - items_.begin()), static_cast<std::size_t>(to - items_.begin())};
}

}  // namespace plexus::storage
