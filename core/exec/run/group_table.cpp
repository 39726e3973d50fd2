#include "core/exec/run/group_table.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>

#include "core/exec/run/reuse.h"
#include "core/value/compare.h"

namespace plexus::exec {
namespace {

constexpr std::uint32_t kNone = NumberTable::kNone;
constexpr std::size_t kDirectFrom = 1024;  // keys, before an array is considered

std::uint64_t mix(std::uint64_t h) {
  h *= 0x9E3779B97F4A7C15;
  h ^= h >> 32;
  h *= 0xD6E8FEB86659FD93;
  return h ^ (h >> 29);
}

// Equal for equivalent values, whatever kind of vector they are in.
std::uint64_t hashOf(const Value& v) {
  if (v.is(ValueKind::kString)) return mix(std::hash<std::string_view>{}(v.string()));
  return hash(v);
}

std::uint64_t hashAt(const Vector& values, std::size_t row) {
  if (values.isNull(row)) return 0;
  switch (values.kind()) {
    case Vector::Kind::kString:
      return mix(std::hash<std::string_view>{}(values.data<std::string_view>()[row]));
    case Vector::Kind::kValue:
      return hashOf(values.data<Value>()[row]);
    default:
      return hash(values.value(row));
  }
}

// The node or null (kNoNode) in a row; kNotNode for other values.
constexpr std::uint32_t kNotNode = kNoNode - 1;
std::uint32_t nodeAt(const Vector& values, std::size_t row) {
  if (values.isNull(row)) return kNoNode;
  if (values.kind() == Vector::Kind::kNode) return values.data<NodeId>()[row];
  const bool node = values.kind() == Vector::Kind::kValue && values.data<Value>()[row].is(ValueKind::kNode);
  return node ? values.data<Value>()[row].node() : kNotNode;
}

// An empty hash table of the same size, unless that is large.
void clearSlots(std::vector<std::uint32_t>& slots) {
  if (slots.size() > 2 * kKeptRows) {
    slots = {};
  } else {
    std::fill(slots.begin(), slots.end(), kNone);
  }
}

bool sameFloat(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

}  // namespace

// --- NumberTable ----------------------------------------------------------------------------------------------------

std::uint32_t NumberTable::find(std::uint64_t key) const {
  if (key < direct_.size()) return direct_[key];
  if (slots_.empty()) return kNone;
  for (std::size_t slot = mixed(key) & (slots_.size() - 1);; slot = (slot + 1) & (slots_.size() - 1)) {
    const std::uint32_t number = slots_[slot];
    if (number == kNone || keys_[number] == key) return number;
  }
}

std::uint32_t NumberTable::append(std::uint64_t key) {
  keys_.push_back(key);
  smallest_ = std::min(smallest_, key);
  largest_ = std::max(largest_, key);
  return static_cast<std::uint32_t>(keys_.size() - 1);
}

std::uint32_t NumberTable::addHashed(std::uint64_t key) {
  if ((keys_.size() + 1) * 2 > slots_.size()) grow();
  if (key < direct_.size()) return add(key);
  std::size_t slot = mixed(key) & (slots_.size() - 1);
  for (; slots_[slot] != kNone; slot = (slot + 1) & (slots_.size() - 1)) {
    if (keys_[slots_[slot]] == key) return slots_[slot];
  }
  return slots_[slot] = append(key);
}

// Doubles; or, once there are many keys that fill a good part of the numbers below the largest, goes over to an array.
void NumberTable::grow() {
  if (keys_.size() >= kDirectFrom && direct_.size() <= largest_ && largest_ < keys_.size() * 16) {
    direct_.assign(std::bit_ceil(largest_ * 2 + 1), kNone);
    for (std::uint32_t number = 0; number < keys_.size(); ++number) direct_[keys_[number]] = number;
    slots_.assign(slots_.size(), kNone);
    return;
  }
  slots_.assign(std::max<std::size_t>(64, slots_.size() * 2), kNone);
  for (std::uint32_t number = 0; number < keys_.size(); ++number) {
    if (keys_[number] >= direct_.size()) insert(number);
  }
}

void NumberTable::insert(std::uint32_t number) {
  std::size_t slot = mixed(keys_[number]) & (slots_.size() - 1);
  while (slots_[slot] != kNone) slot = (slot + 1) & (slots_.size() - 1);
  slots_[slot] = number;
}

std::size_t NumberTable::bytes() const {
  return keys_.capacity() * sizeof(std::uint64_t) + (slots_.size() + direct_.size()) * sizeof(std::uint32_t);
}

void NumberTable::clear() {
  keepMemory(keys_);
  clearSlots(slots_);
  direct_ = {};
  smallest_ = ~std::uint64_t{0};
  largest_ = 0;
}

// --- Dictionary -----------------------------------------------------------------------------------------------------

void Dictionary::adopt(Vector::Kind kind) {
  if (!decided_) {
    ofNodes_ = kind == Vector::Kind::kNode;
    const Vector::Kind wanted = ofNodes_ ? Vector::Kind::kValue : kind;
    if (!values_ || values_->kind() != wanted) values_ = std::make_shared<Vector>(wanted);
    decided_ = true;
  }
  if (ofNodes_ || values_->kind() == kind || values_->kind() == Vector::Kind::kValue) return;
  auto values = std::make_shared<Vector>(Vector::Kind::kValue, values_->size());
  for (std::size_t i = 0; i < values_->size(); ++i) values->set(i, values_->value(i));
  values_ = std::move(values);
}

void Dictionary::clear() {
  if (isUnshared(values_) && values_->size() <= kKeptRows) {
    values_->clear();
  } else {
    values_.reset();
  }
  decided_ = ofNodes_ = false;
  keepMemory(hashes_);
  clearSlots(slots_);
  bytes_ = 0;
  memoOf_.reset();
  keepMemory(memo_);
}

void Dictionary::encode(const Column& column, std::size_t rows, std::vector<std::uint32_t>& codes) {
  const Vector& values = *column.data;
  adopt(values.kind());
  codes.resize(rows);
  if (values.kind() == Vector::Kind::kNode && ofNodes_) {
    const auto nodes = values.data<NodeId>();
    for (std::size_t row = 0; row < rows; ++row) codes[row] = nodes[column.at(row)];
    return;
  }
  if (!column.rows || (memoOf_ != column.data && values.size() > rows)) {
    for (std::size_t row = 0; row < rows; ++row) codes[row] = encodeOne(values, column.at(row));
    return;
  }
  if (memoOf_ != column.data) {
    memoOf_ = column.data;
    memo_.assign(values.size(), kNone);
  }
  const Selection& selection = *column.rows;
  for (std::size_t row = 0; row < rows; ++row) {
    std::uint32_t& code = memo_[selection[row]];
    if (code == kNone) code = encodeOne(values, selection[row]);
    codes[row] = code;
  }
}

// Where the column is one of nodes: a node's id; other values are numbered downwards from the largest number that is no
// node, null is that number itself.
std::uint32_t Dictionary::encodeOne(const Vector& values, std::size_t row) {
  if (const std::uint32_t node = ofNodes_ ? nodeAt(values, row) : kNotNode; node != kNotNode) return node;
  if ((hashes_.size() + 1) * 2 > slots_.size()) grow();
  const std::uint64_t hash = hashAt(values, row);
  std::size_t slot = hash & (slots_.size() - 1);
  for (; slots_[slot] != kNone; slot = (slot + 1) & (slots_.size() - 1)) {
    const std::uint32_t code = slots_[slot];
    if (hashes_[code] == hash && same(code, values, row)) return ofNodes_ ? kNotNode - 1 - code : code;
  }
  const std::uint32_t code = slots_[slot] = addNew(values, row, hash);
  return ofNodes_ ? kNotNode - 1 - code : code;
}

std::uint32_t Dictionary::findOne(const Vector& values, std::size_t row) const {
  if (const std::uint32_t node = ofNodes_ ? nodeAt(values, row) : kNotNode; node != kNotNode) return node;
  if (slots_.empty()) return kNone;
  const std::uint64_t hash = hashAt(values, row);
  for (std::size_t slot = hash & (slots_.size() - 1);; slot = (slot + 1) & (slots_.size() - 1)) {
    const std::uint32_t code = slots_[slot];
    if (code == kNone) return kNone;
    if (hashes_[code] == hash && same(code, values, row)) return ofNodes_ ? kNotNode - 1 - code : code;
  }
}

void Dictionary::find(const Column& column, std::size_t rows, std::vector<std::uint32_t>& codes) const {
  codes.resize(rows);
  const Vector& values = *column.data;
  if (values.kind() == Vector::Kind::kNode && ofNodes_) {
    const auto nodes = values.data<NodeId>();
    for (std::size_t row = 0; row < rows; ++row) codes[row] = nodes[column.at(row)];
    return;
  }
  for (std::size_t row = 0; row < rows; ++row) codes[row] = findOne(values, column.at(row));
}

std::uint32_t Dictionary::addNew(const Vector& values, std::size_t row, std::uint64_t hash) {
  if (values_->kind() == values.kind()) {
    const auto index = static_cast<RowIndex>(row);
    values_->appendRows(values, {&index, 1});
  } else {
    values_->append(values.value(row));
  }
  hashes_.push_back(hash);
  bytes_ += 24;
  if (values_->kind() == Vector::Kind::kValue) bytes_ += values_->data<Value>().back().heapBytes();
  return static_cast<std::uint32_t>(hashes_.size() - 1);
}

bool Dictionary::same(std::uint32_t code, const Vector& values, std::size_t row) const {
  if (values_->kind() != values.kind()) return equivalent(values_->value(code), values.value(row));
  if (values_->isNull(code) || values.isNull(row)) return values_->isNull(code) && values.isNull(row);
  switch (values.kind()) {
    case Vector::Kind::kBoolean:
      return values_->data<std::uint8_t>()[code] == values.data<std::uint8_t>()[row];
    case Vector::Kind::kInteger:
      return values_->data<std::int64_t>()[code] == values.data<std::int64_t>()[row];
    case Vector::Kind::kFloat:
      return sameFloat(values_->data<double>()[code], values.data<double>()[row]);
    case Vector::Kind::kString:
      return values_->data<std::string_view>()[code] == values.data<std::string_view>()[row];
    case Vector::Kind::kNode:
      return values_->data<NodeId>()[code] == values.data<NodeId>()[row];
    case Vector::Kind::kRelationship:
      return values_->data<Relationship>()[code] == values.data<Relationship>()[row];
    case Vector::Kind::kValue:
      return equivalent(values_->data<Value>()[code], values.data<Value>()[row]);
  }
  return false;
}

void Dictionary::grow() {
  slots_.assign(std::max<std::size_t>(64, slots_.size() * 2), kNone);
  for (std::uint32_t code = 0; code < hashes_.size(); ++code) {
    std::size_t slot = hashes_[code] & (slots_.size() - 1);
    while (slots_[slot] != kNone) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = code;
  }
}

Column Dictionary::decode(std::span<const std::uint32_t> codes) const {
  if (!ofNodes_) return {values_, std::make_shared<Selection>(codes.begin(), codes.end())};
  const bool mixed = !hashes_.empty();
  auto out = std::make_shared<Vector>(mixed ? Vector::Kind::kValue : Vector::Kind::kNode, codes.size());
  for (std::size_t i = 0; i < codes.size(); ++i) {
    if (codes[i] == kNoNode) {
      out->setNull(i);
    } else if (!mixed) {
      out->data<NodeId>()[i] = codes[i];
    } else {
      const std::uint32_t other = kNotNode - 1 - codes[i];
      out->set(i, other < hashes_.size() ? values_->value(other) : Value::node(codes[i]));
    }
  }
  return {std::move(out), nullptr};
}

// --- GroupTable -----------------------------------------------------------------------------------------------------

void GroupTable::assign(std::span<const Column> keys, std::size_t rows, std::vector<std::uint32_t>& groups) {
  if (keys.empty()) {
    groups.assign(rows, 0);
    if (rows > 0) size_ = 1;
    return;
  }
  dictionaries_[0].encode(keys[0], rows, groups);
  const bool direct = dictionaries_[0].isDense();
  if (!direct) {
    for (std::size_t row = 0; row < rows; ++row) groups[row] = pairs_[0].add(groups[row]);
  }
  size_ = direct ? dictionaries_[0].size() : pairs_[0].size();
  for (std::size_t i = 1; i < keys.size(); ++i) {
    dictionaries_[i].encode(keys[i], rows, codes_);
    NumberTable& pairs = pairs_[i];
    for (std::size_t row = 0; row < rows; ++row) {
      groups[row] = pairs.add((std::uint64_t{groups[row]} << 32) | codes_[row]);
    }
    size_ = pairs.size();
  }
}

void GroupTable::find(std::span<const Column> keys, std::size_t rows, std::vector<std::uint32_t>& groups) const {
  if (keys.empty()) {
    groups.assign(rows, size_ == 0 ? kNone : 0);
    return;
  }
  if (size_ == 0) {
    groups.assign(rows, kNone);
    return;
  }
  dictionaries_[0].find(keys[0], rows, groups);
  if (!dictionaries_[0].isDense()) {
    for (std::size_t row = 0; row < rows; ++row) groups[row] = pairs_[0].find(groups[row]);
  }
  std::vector<std::uint32_t> codes;
  for (std::size_t i = 1; i < keys.size(); ++i) {
    dictionaries_[i].find(keys[i], rows, codes);
    for (std::size_t row = 0; row < rows; ++row) {
      if (groups[row] == kNone) continue;
      groups[row] = pairs_[i].find((std::uint64_t{groups[row]} << 32) | codes[row]);
    }
  }
}

Column GroupTable::keys(std::size_t i, std::size_t first, std::size_t count) const {
  std::vector<std::uint32_t> codes(count);
  for (std::size_t g = 0; g < count; ++g) {
    auto number = static_cast<std::uint32_t>(first + g);
    for (std::size_t level = dictionaries_.size() - 1; level > i; --level) {
      number = static_cast<std::uint32_t>(pairs_[level].key(number) >> 32);
    }
    if (i > 0 || !dictionaries_[0].isDense()) number = static_cast<std::uint32_t>(pairs_[i].key(number));
    codes[g] = number;
  }
  return dictionaries_[i].decode(codes);
}

void GroupTable::clear() {
  for (Dictionary& dictionary : dictionaries_) dictionary.clear();
  for (NumberTable& pairs : pairs_) pairs.clear();
  size_ = 0;
  keepMemory(codes_);
}

std::size_t GroupTable::bytes() const {
  std::size_t bytes = 0;
  for (const Dictionary& dictionary : dictionaries_) bytes += dictionary.bytes();
  for (const NumberTable& pairs : pairs_) bytes += pairs.bytes();
  return bytes;
}

}  // namespace plexus::exec
