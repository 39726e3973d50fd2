// core/storage/codec/bytes.h: numbers to bytes and back. Keys are big-endian so that they sort; values little-endian.
//
// ByteReader checks every read and throws Error{kCorruption}: stored bytes are input, not trusted.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace plexus::storage {

static_assert(std::endian::native == std::endian::little, "values are read in place");

[[noreturn]] void throwCorruption(std::string_view what, std::string_view bytes = {});

template <typename T>
void putLittle(std::string& out, T value) {
  char raw[sizeof(T)];
  std::memcpy(raw, &value, sizeof(T));
  out.append(raw, sizeof(T));
}

template <typename T>
void putBig(std::string& out, T value) {
  for (int shift = 8 * (static_cast<int>(sizeof(T)) - 1); shift >= 0; shift -= 8) {
    out.push_back(static_cast<char>((value >> shift) & 0xFF));
  }
}

// LEB128: seven bits a byte, low first.
inline void putVarint(std::string& out, std::uint64_t value) {
  while (value >= 0x80) {
    out.push_back(static_cast<char>(value | 0x80));
    value >>= 7;
  }
  out.push_back(static_cast<char>(value));
}

inline std::uint64_t zigzag(std::int64_t v) {
  return (static_cast<std::uint64_t>(v) << 1) ^ static_cast<std::uint64_t>(v >> 63);
}
inline std::int64_t unzigzag(std::uint64_t v) {
  return static_cast<std::int64_t>(v >> 1) ^ -static_cast<std::int64_t>(v & 1);
}

class ByteReader {
 public:
  // `what` names the keyspace in errors.
  ByteReader(std::string_view bytes, std::string_view what) : rest_{bytes}, what_{what} {}

  template <typename T>
  T little() {
    T value;
    std::memcpy(&value, take(sizeof(T)).data(), sizeof(T));
    return value;
  }
  template <typename T>
  T big() {
    T value = 0;
    for (const char c : take(sizeof(T))) value = static_cast<T>((value << 8) | static_cast<unsigned char>(c));
    return value;
  }
  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      const auto byte = little<std::uint8_t>();
      value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return value;
    }
    fail();
  }
  std::string_view take(std::size_t size) {
    if (size > rest_.size()) fail();
    const std::string_view part = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return part;
  }
  // An array of `count` numbers, copied out (values are not aligned).
  template <typename T>
  void array(T* out, std::size_t count) {
    if (count > rest_.size() / sizeof(T)) fail();
    const std::string_view part = take(count * sizeof(T));
    if (count > 0) std::memcpy(out, part.data(), part.size());
  }
  std::string_view rest() const { return rest_; }
  bool atEnd() const { return rest_.empty(); }
  [[noreturn]] void fail() const { throwCorruption(what_, rest_); }

 private:
  std::string_view rest_;
  std::string_view what_;
};

}  // namespace plexus::storage
