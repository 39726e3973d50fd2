#include "core/storage/codec/text_key.h"

#include "core/storage/codec/keys.h"
#include "core/storage/codec/value_codec.h"

namespace plexus::storage {
namespace {

constexpr std::size_t kHead = 3;     // index, tag of a string
constexpr std::size_t kTail = 10;    // entity ... length
constexpr std::size_t kTermEnd = 2;  // 00 01

}  // namespace

std::string textTermPrefix(IndexId index, std::string_view term) {
  std::string key = indexPrefix(index);
  encodeSortable(key, Value{term});
  return key;
}

std::string textPrefix(IndexId index, std::string_view prefix) {
  std::string key = indexPrefix(index);
  encodeSortablePrefix(key, prefix);
  return key;
}

std::string textKey(IndexId index, std::string_view term, const TextPosting& posting) {
  std::string key = textTermPrefix(index, term);
  putBig(key, posting.entity);
  putBig(key, posting.type);
  putBig(key, posting.field);
  putBig(key, posting.frequency);
  putBig(key, posting.length);
  return key;
}

std::string_view textTermOf(std::string_view key) {
  if (key.size() < kHead + kTermEnd + kTail) ByteReader{key, "full-text key"}.fail();
  return key.substr(kHead, key.size() - kHead - kTermEnd - kTail);
}

TextPosting textPostingOf(std::string_view key) {
  ByteReader in{key.substr(key.size() < kTail ? 0 : key.size() - kTail), "full-text key"};
  TextPosting posting;
  posting.entity = in.big<std::uint32_t>();
  posting.type = in.big<RelTypeId>();
  posting.field = in.big<std::uint8_t>();
  posting.frequency = in.big<std::uint8_t>();
  posting.length = in.big<std::uint16_t>();
  return posting;
}

}  // namespace plexus::storage
