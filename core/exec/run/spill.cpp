#include "core/exec/run/spill.h"

#include <atomic>
#include <cerrno>
#include <cstring>
#include <string>

#include <unistd.h>

#include "core/base/error.h"

namespace plexus::exec {
namespace {

[[noreturn]] void throwIo(const std::filesystem::path& path, const char* what) {
  throw Error{ErrorType::kIoError, Phase::kRuntime, "",
              std::string{"cannot "} + what + " the temporary file " + path.string() + ": " + std::strerror(errno)};
}

// Appends to a block.
class Writer {
 public:
  explicit Writer(std::string& out) : out_{out} {}
  template <typename T>
  void pod(const T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    out_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void text(std::string_view s) {
    pod(static_cast<std::uint64_t>(s.size()));
    out_.append(s);
  }
  void value(const Value& v);

 private:
  void list(const List& list) {
    pod(static_cast<std::uint64_t>(list.size()));
    for (const Value& element : list) value(element);
  }
  void map(const Map& map) {
    pod(static_cast<std::uint64_t>(map.size()));
    for (const auto& [key, v] : map.entries()) {
      text(key);
      value(v);
    }
  }
  void path(const Path& path) {
    pod(static_cast<std::uint64_t>(path.relationships.size()));
    for (const NodeId node : path.nodes) pod(node);
    for (const Relationship& r : path.relationships) pod(r);
  }
  std::string& out_;
};

void Writer::value(const Value& v) {
  pod(v.kind());
  switch (v.kind()) {
    case ValueKind::kNull:
      return;
    case ValueKind::kBoolean:
      return pod(v.boolean());
    case ValueKind::kInteger:
      return pod(v.integer());
    case ValueKind::kFloat:
      return pod(v.floating());
    case ValueKind::kString:
      return text(v.string());
    case ValueKind::kList:
      return list(v.list());
    case ValueKind::kMap:
      return map(v.map());
    case ValueKind::kNode:
      return pod(v.node());
    case ValueKind::kRelationship:
      return pod(v.relationship());
    case ValueKind::kPath:
      return path(v.path());
    case ValueKind::kDate:
      return pod(v.date());
    case ValueKind::kLocalTime:
      return pod(v.localTime());
    case ValueKind::kTime:
      return pod(v.time());
    case ValueKind::kLocalDateTime:
      return pod(v.localDateTime());
    case ValueKind::kDateTime: {
      const DateTime& t = v.dateTime();
      pod(t.epochSecond);
      pod(t.nano);
      pod(t.offsetSeconds);
      return text(t.zone);
    }
    case ValueKind::kDuration:
      return pod(v.duration());
    case ValueKind::kPoint:
      return pod(v.point());
  }
}

// Reads a block from its start.
class Reader {
 public:
  explicit Reader(std::string_view in) : in_{in} {}
  template <typename T>
  T pod() {
    T value;
    std::memcpy(&value, in_.data(), sizeof value);
    in_.remove_prefix(sizeof value);
    return value;
  }
  std::string_view text() {
    const auto size = pod<std::uint64_t>();
    const std::string_view s = in_.substr(0, size);
    in_.remove_prefix(size);
    return s;
  }
  Value value();

 private:
  Value list() {
    List list(pod<std::uint64_t>());
    for (Value& element : list) element = value();
    return list;
  }
  Value map() {
    std::vector<MapEntry> entries(pod<std::uint64_t>());
    for (auto& [key, v] : entries) {
      key = std::string{text()};
      v = value();
    }
    return Map{std::move(entries)};
  }
  Value path() {
    Path path;
    path.relationships.resize(pod<std::uint64_t>());
    path.nodes.resize(path.relationships.size() + 1);
    for (NodeId& node : path.nodes) node = pod<NodeId>();
    for (Relationship& r : path.relationships) r = pod<Relationship>();
    return path;
  }
  std::string_view in_;
};

Value Reader::value() {
  switch (pod<ValueKind>()) {
    case ValueKind::kNull:
      return {};
    case ValueKind::kBoolean:
      return pod<bool>();
    case ValueKind::kInteger:
      return pod<std::int64_t>();
    case ValueKind::kFloat:
      return pod<double>();
    case ValueKind::kString:
      return text();
    case ValueKind::kList:
      return list();
    case ValueKind::kMap:
      return map();
    case ValueKind::kNode:
      return Value::node(pod<NodeId>());
    case ValueKind::kRelationship:
      return pod<Relationship>();
    case ValueKind::kPath:
      return path();
    case ValueKind::kDate:
      return pod<Date>();
    case ValueKind::kLocalTime:
      return pod<LocalTime>();
    case ValueKind::kTime:
      return pod<Time>();
    case ValueKind::kLocalDateTime:
      return pod<LocalDateTime>();
    case ValueKind::kDateTime: {
      DateTime t;
      t.epochSecond = pod<decltype(t.epochSecond)>();
      t.nano = pod<decltype(t.nano)>();
      t.offsetSeconds = pod<decltype(t.offsetSeconds)>();
      t.zone = std::string{text()};
      return t;
    }
    case ValueKind::kDuration:
      return pod<Duration>();
    case ValueKind::kPoint:
      return pod<Point>();
  }
  return {};
}

template <typename T>
void writeData(Writer& out, const Vector& column) {
  for (const T& element : column.data<T>()) out.pod(element);
}

void writeColumn(Writer& out, const Vector& column) {
  out.pod(column.kind());
  for (std::size_t i = 0; i < column.size(); ++i) out.pod(column.isNull(i));
  switch (column.kind()) {
    case Vector::Kind::kBoolean:
      return writeData<std::uint8_t>(out, column);
    case Vector::Kind::kInteger:
      return writeData<std::int64_t>(out, column);
    case Vector::Kind::kFloat:
      return writeData<double>(out, column);
    case Vector::Kind::kNode:
      return writeData<NodeId>(out, column);
    case Vector::Kind::kRelationship:
      return writeData<Relationship>(out, column);
    case Vector::Kind::kString:
      for (std::size_t i = 0; i < column.size(); ++i) {
        out.text(column.isNull(i) ? std::string_view{} : column.data<std::string_view>()[i]);
      }
      return;
    case Vector::Kind::kValue:
      for (const Value& v : column.data<Value>()) out.value(v);
      return;
  }
}

template <typename T>
void readData(Reader& in, Vector& column) {
  for (T& element : column.data<T>()) element = in.pod<T>();
}

std::shared_ptr<Vector> readColumn(Reader& in, std::size_t rows) {
  auto column = std::make_shared<Vector>(in.pod<Vector::Kind>(), rows);
  std::vector<bool> nulls(rows);
  for (std::size_t i = 0; i < rows; ++i) nulls[i] = in.pod<bool>();
  switch (column->kind()) {
    case Vector::Kind::kBoolean:
      readData<std::uint8_t>(in, *column);
      break;
    case Vector::Kind::kInteger:
      readData<std::int64_t>(in, *column);
      break;
    case Vector::Kind::kFloat:
      readData<double>(in, *column);
      break;
    case Vector::Kind::kNode:
      readData<NodeId>(in, *column);
      break;
    case Vector::Kind::kRelationship:
      readData<Relationship>(in, *column);
      break;
    case Vector::Kind::kString:
      for (std::string_view& s : column->data<std::string_view>()) s = column->store(in.text());
      break;
    case Vector::Kind::kValue:
      for (Value& v : column->data<Value>()) v = in.value();
      break;
  }
  for (std::size_t i = 0; i < rows; ++i) {
    if (nulls[i]) column->setNull(i);
  }
  return column;
}

}  // namespace

SpillFile::SpillFile(const std::filesystem::path& directory) {
  static std::atomic<std::uint64_t> counter{0};
  path_ = directory / ("plexus-" + std::to_string(::getpid()) + "-" + std::to_string(counter++) + ".spill");
  file_ = std::fopen(path_.c_str(), "wb+");
  if (file_ == nullptr) throwIo(path_, "create");
}

SpillFile::~SpillFile() {
  std::fclose(file_);
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

void SpillFile::put(const std::string& block) {
  const std::uint64_t size = block.size();
  if (std::fwrite(&size, sizeof size, 1, file_) != 1 || std::fwrite(block.data(), 1, size, file_) != size) {
    throwIo(path_, "write");
  }
  bytes_ += sizeof size + size;
}

void SpillFile::write(const Batch& rows) {
  std::string block;
  Writer out{block};
  out.pod(rows.rows());
  out.pod(rows.columns());
  out.pod(rows.multiplicity().size());
  for (const std::uint64_t m : rows.multiplicity()) out.pod(m);
  for (ColumnIndex i = 0; i < rows.columns(); ++i) {
    out.pod(rows.column(i).data != nullptr);
    if (rows.column(i).data) writeColumn(out, *rows.flat(i));
  }
  put(block);
}

void SpillFile::rewind() {
  if (std::fflush(file_) != 0) throwIo(path_, "write");
  std::rewind(file_);
}

bool SpillFile::read(Batch& rows) {
  std::uint64_t size = 0;
  if (std::fread(&size, sizeof size, 1, file_) != 1) return false;
  std::string block(size, '\0');
  if (std::fread(block.data(), 1, size, file_) != size) throwIo(path_, "read");
  Reader in{block};
  const auto count = in.pod<std::size_t>();
  rows = Batch{in.pod<std::size_t>()};
  rows.setRows(count);
  std::vector<std::uint64_t> multiplicity(in.pod<std::size_t>());
  for (std::uint64_t& m : multiplicity) m = in.pod<std::uint64_t>();
  rows.setMultiplicity(std::move(multiplicity));
  for (ColumnIndex i = 0; i < rows.columns(); ++i) {
    if (in.pod<bool>()) rows.setColumn(i, readColumn(in, count));
  }
  return true;
}

}  // namespace plexus::exec
