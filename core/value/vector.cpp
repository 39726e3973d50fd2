#include "core/value/vector.h"

#include <algorithm>
#include <cstring>

#include "core/base/error.h"

namespace plexus {
namespace {

constexpr std::size_t kFirstChunkBytes = 256, kChunkBytes = 8192;  // of stored texts

Vector::Kind vectorKind(ValueKind kind) {
  switch (kind) {
    case ValueKind::kBoolean:
      return Vector::Kind::kBoolean;
    case ValueKind::kInteger:
      return Vector::Kind::kInteger;
    case ValueKind::kFloat:
      return Vector::Kind::kFloat;
    case ValueKind::kString:
      return Vector::Kind::kString;
    case ValueKind::kNode:
      return Vector::Kind::kNode;
    case ValueKind::kRelationship:
      return Vector::Kind::kRelationship;
    default:
      return Vector::Kind::kValue;
  }
}

}  // namespace

Vector::Vector(Kind kind, std::size_t size) : kind_{kind} {
  switch (kind) {
    case Kind::kValue:
      data_.emplace<std::vector<Value>>();
      break;
    case Kind::kBoolean:
      data_.emplace<std::vector<std::uint8_t>>();
      break;
    case Kind::kInteger:
      data_.emplace<std::vector<std::int64_t>>();
      break;
    case Kind::kFloat:
      data_.emplace<std::vector<double>>();
      break;
    case Kind::kString:
      data_.emplace<std::vector<std::string_view>>();
      break;
    case Kind::kNode:
      data_.emplace<std::vector<NodeId>>();
      break;
    case Kind::kRelationship:
      data_.emplace<std::vector<Relationship>>();
      break;
  }
  resize(size);
}

Vector Vector::constant(const Value& value, std::size_t size) {
  Vector v{vectorKind(value.kind()), size};
  if (size == 0) return v;
  v.set(0, value);
  std::visit([](auto& data) { std::fill(data.begin() + 1, data.end(), data.front()); }, v.data_);
  return v;
}

void Vector::resize(std::size_t size) {
  std::visit([size](auto& data) { data.resize(size); }, data_);
  if (!nulls_.empty()) nulls_.resize(size);
  size_ = size;
}

void Vector::clear() {
  std::visit([](auto& data) { data.clear(); }, data_);
  nulls_.clear();
  keptAlive_.clear();
  storedBytes_ = 0;
  chunk_ = Chunk{};
  size_ = 0;
}

void Vector::setNull(std::size_t row) {
  if (kind_ == Kind::kValue) {
    data<Value>()[row] = Value{};
    return;
  }
  if (nulls_.empty()) nulls_.resize(size_);
  nulls_[row] = 1;
  if (kind_ == Kind::kNode) data<NodeId>()[row] = kNoNode;
}

Value Vector::value(std::size_t row) const {
  if (isNull(row)) return {};
  switch (kind_) {
    case Kind::kValue:
      return data<Value>()[row];
    case Kind::kBoolean:
      return data<std::uint8_t>()[row] != 0;
    case Kind::kInteger:
      return data<std::int64_t>()[row];
    case Kind::kFloat:
      return data<double>()[row];
    case Kind::kString:
      return data<std::string_view>()[row];
    case Kind::kNode:
      return Value::node(data<NodeId>()[row]);
    case Kind::kRelationship:
      return data<Relationship>()[row];
  }
  return {};
}

void Vector::set(std::size_t row, const Value& value) {
  if (kind_ == Kind::kValue) {
    data<Value>()[row] = value;
    return;
  }
  if (value.isNull()) {
    setNull(row);
    return;
  }
  if (vectorKind(value.kind()) != kind_) {
    throw Error{ErrorType::kInternalError, Phase::kRuntime, "",
                "a value of type " + std::string{name(value.kind())} + " was put into a vector of another type"};
  }
  if (!nulls_.empty()) nulls_[row] = 0;
  switch (kind_) {
    case Kind::kBoolean:
      data<std::uint8_t>()[row] = value.boolean() ? 1 : 0;
      break;
    case Kind::kInteger:
      data<std::int64_t>()[row] = value.integer();
      break;
    case Kind::kFloat:
      data<double>()[row] = value.floating();
      break;
    case Kind::kString:
      data<std::string_view>()[row] = store(value.string());
      break;
    case Kind::kNode:
      data<NodeId>()[row] = value.node();
      break;
    case Kind::kRelationship:
      data<Relationship>()[row] = value.relationship();
      break;
    case Kind::kValue:
      break;
  }
}

void Vector::append(const Value& value) {
  resize(size_ + 1);
  set(size_ - 1, value);
}

void Vector::appendRows(const Vector& from, std::span<const std::uint32_t> rows) {
  const std::size_t first = size_;
  resize(size_ + rows.size());
  std::visit(
      [&](auto& to) {
        const auto& source = std::get<std::decay_t<decltype(to)>>(from.data_);
        for (std::size_t i = 0; i < rows.size(); ++i) to[first + i] = source[rows[i]];
      },
      data_);
  if (kind_ == Kind::kString) keepAliveAllOf(from);
  if (from.nulls_.empty()) return;
  if (nulls_.empty()) nulls_.resize(size_);
  for (std::size_t i = 0; i < rows.size(); ++i) nulls_[first + i] = from.nulls_[rows[i]];
}

void Vector::keepAlive(std::shared_ptr<const void> owner) {
  if (std::find(keptAlive_.rbegin(), keptAlive_.rend(), owner) == keptAlive_.rend()) {
    keptAlive_.push_back(std::move(owner));
  }
}

void Vector::keepAliveAllOf(const Vector& other) {
  for (const auto& owner : other.keptAlive_) {
    if (std::find(keptAlive_.rbegin(), keptAlive_.rend(), owner) == keptAlive_.rend()) keptAlive_.push_back(owner);
  }
}

std::string_view Vector::store(std::string_view text) {
  if (text.empty()) return {};
  if (chunk_.left < text.size()) {
    // A vector of one text, such as a parameter, takes no more than that.
    const std::size_t bytes = std::max(std::min(kChunkBytes, kFirstChunkBytes + 2 * storedBytes_), text.size());
    std::shared_ptr<char[]> memory{new char[bytes]};
    storedBytes_ += bytes;
    chunk_.next = memory.get();
    chunk_.left = bytes;
    keptAlive_.push_back(std::move(memory));
  }
  char* place = chunk_.next;
  std::memcpy(place, text.data(), text.size());
  chunk_.next += text.size();
  chunk_.left -= text.size();
  return {place, text.size()};
}

std::size_t Vector::bytes() const {
  std::size_t bytes = sizeof(Vector) + nulls_.capacity() + storedBytes_;
  std::visit([&](const auto& data) { bytes += data.capacity() * sizeof(data[0]); }, data_);
  if (kind_ == Kind::kValue) {
    for (const Value& v : data<Value>()) bytes += v.heapBytes();
  }
  return bytes;
}

}  // namespace plexus
