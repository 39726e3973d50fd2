// tests/fuzz/input.h: the fuzzer's bytes, read as numbers, and used to damage what was encoded well.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

namespace plexus::fuzz {

class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size) : rest_{reinterpret_cast<const char*>(data), size} {}

  bool empty() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }

  // The next number; what is missing at the end is zero.
  template <typename T>
  T take() {
    static_assert(std::is_trivially_copyable_v<T>);
    T value{};
    const std::size_t size = std::min(sizeof(T), rest_.size());
    std::memcpy(&value, rest_.data(), size);
    rest_.remove_prefix(size);
    return value;
  }

  std::string_view takeText(std::size_t size) {
    const std::string_view text = rest_.substr(0, size);
    rest_.remove_prefix(text.size());
    return text;
  }

  // `bytes` with what is left of the input done to it: cut, or some bytes replaced. Ends the input.
  std::string damage(std::string bytes) {
    if (take<std::uint8_t>() % 4 == 1) bytes.resize(take<std::uint16_t>() % (bytes.size() + 1));
    while (!empty() && !bytes.empty()) {
      const auto at = take<std::uint16_t>() % bytes.size();
      bytes[at] = take<char>();
    }
    return bytes;
  }

 private:
  std::string_view rest_;
};

// A property that must hold.
inline void require(bool holds) {
  if (!holds) __builtin_trap();
}

}  // namespace plexus::fuzz
