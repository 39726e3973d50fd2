#include "core/storage/codec/value_codec.h"

#include <algorithm>
#include <cmath>

#include "core/value/calendar.h"

namespace plexus::storage {
namespace {

void putString(std::string& out, std::string_view s) {
  putVarint(out, s.size());
  out += s;
}

void putSigned(std::string& out, std::int64_t v) { putVarint(out, zigzag(v)); }
std::int64_t getSigned(ByteReader& in) { return unzigzag(in.varint()); }

// A field of a temporal value: outside what the type holds, arithmetic on it would overflow.
std::int64_t within(ByteReader& in, std::int64_t low, std::int64_t high, std::int64_t value) {
  if (value < low || value > high) in.fail();
  return value;
}
std::int64_t getNanoOfDay(ByteReader& in) {
  return within(in, 0, kSecondsPerDay * kNanosPerSecond - 1, static_cast<std::int64_t>(in.varint()));
}
std::int32_t getNano(ByteReader& in, std::int64_t low = 0) {
  return static_cast<std::int32_t>(within(in, low, kNanosPerSecond - 1, static_cast<std::int64_t>(in.varint())));
}
std::int32_t getOffset(ByteReader& in) {
  return static_cast<std::int32_t>(within(in, -kSecondsPerDay, kSecondsPerDay, getSigned(in)));
}
std::int64_t getEpochDay(ByteReader& in) {
  return within(in, calendar::kMinEpochDay, calendar::kMaxEpochDay, getSigned(in));
}
// A day more at both ends: the clock on the wall is within the years, UTC may be outside.
std::int64_t getEpochSecond(ByteReader& in) {
  return within(in, (calendar::kMinEpochDay - 1) * kSecondsPerDay, (calendar::kMaxEpochDay + 2) * kSecondsPerDay,
                getSigned(in));
}

void encodeDateTime(std::string& out, const DateTime& t) {
  putSigned(out, t.epochSecond);
  putVarint(out, static_cast<std::uint64_t>(t.nano));
  putSigned(out, t.offsetSeconds);
  putString(out, t.zone);
}

void encodeDuration(std::string& out, const Duration& d) {
  putSigned(out, d.months);
  putSigned(out, d.days);
  putSigned(out, d.seconds);
  putVarint(out, static_cast<std::uint64_t>(d.nanos));
}

void encodePoint(std::string& out, const Point& p) {
  putLittle(out, static_cast<std::uint16_t>(p.srid));
  putLittle(out, p.x);
  putLittle(out, p.y);
  if (p.is3D()) putLittle(out, p.z);
}

Value decodeList(ByteReader& in) {
  const std::uint64_t count = in.varint();
  if (count > in.rest().size()) in.fail();
  List list;
  list.reserve(count);
  for (std::uint64_t i = 0; i < count; ++i) list.push_back(decodeValue(in));
  return Value{std::move(list)};
}

Value decodeDateTime(ByteReader& in) {
  DateTime t;
  t.epochSecond = getEpochSecond(in);
  t.nano = getNano(in);
  t.offsetSeconds = getOffset(in);
  t.zone = in.take(in.varint());
  return Value{t};
}

Value decodeDuration(ByteReader& in) {
  Duration d;
  d.months = getSigned(in);
  d.days = getSigned(in);
  d.seconds = getSigned(in);
  d.nanos = getNano(in, 1 - kNanosPerSecond);
  return Value{d};
}

Value decodePoint(ByteReader& in) {
  Point p;
  p.srid = in.little<std::uint16_t>();
  p.x = in.little<double>();
  p.y = in.little<double>();
  p.z = p.is3D() ? in.little<double>() : std::nan("");
  return Value{p};
}

// Two's complement and IEEE bits turned so that unsigned bytes sort as the numbers do.
std::uint64_t sortableBits(std::int64_t v) { return static_cast<std::uint64_t>(v) ^ (std::uint64_t{1} << 63); }
std::uint64_t sortableBits(double d) {
  const auto bits = std::bit_cast<std::uint64_t>(d == 0 ? 0.0 : d);
  return (bits >> 63) != 0 ? ~bits : bits | (std::uint64_t{1} << 63);
}

void sortableInteger(std::string& out, std::int64_t v) {
  auto below = static_cast<double>(v);
  // The conversion rounds to nearest; step down if it went up (2^63 itself does not fit int64).
  if (below >= 0x1p63 || static_cast<std::int64_t>(below) > v) below = std::nextafter(below, -HUGE_VAL);
  putBig(out, sortableBits(below));
  putBig(out, static_cast<std::uint16_t>(v - static_cast<std::int64_t>(below)));
}

void sortableFloat(std::string& out, double d) {
  putBig(out, sortableBits(d));
  putBig(out, std::uint16_t{0});
}

void sortableTemporal(std::string& out, const Value& v) {
  switch (v.kind()) {
    case ValueKind::kDate:
      putBig(out, sortableBits(v.date().epochDay));
      return;
    case ValueKind::kLocalTime:
      putBig(out, sortableBits(v.localTime().nanoOfDay));
      return;
    case ValueKind::kTime:
      putBig(out, sortableBits(v.time().nanoOfDay - v.time().offsetSeconds * kNanosPerSecond));
      putBig(out, sortableBits(std::int64_t{v.time().offsetSeconds}));
      return;
    case ValueKind::kLocalDateTime:
      putBig(out, sortableBits(v.localDateTime().epochSecond));
      putBig(out, static_cast<std::uint32_t>(v.localDateTime().nano));
      return;
    case ValueKind::kDateTime:
      putBig(out, sortableBits(v.dateTime().epochSecond));
      putBig(out, static_cast<std::uint32_t>(v.dateTime().nano));
      putBig(out, sortableBits(std::int64_t{v.dateTime().offsetSeconds}));
      encodeSortablePrefix(out, v.dateTime().zone);
      out.append({'\0', '\1'});
      return;
    default:
      putBig(out, sortableBits(v.duration().months));
      putBig(out, sortableBits(v.duration().days));
      putBig(out, sortableBits(v.duration().seconds));
      putBig(out, static_cast<std::uint32_t>(v.duration().nanos));
  }
}

}  // namespace

void encodeValue(std::string& out, const Value& v) {
  out.push_back(static_cast<char>(v.kind()));
  switch (v.kind()) {
    case ValueKind::kBoolean:
      out.push_back(v.boolean() ? 1 : 0);
      break;
    case ValueKind::kInteger:
      putSigned(out, v.integer());
      break;
    case ValueKind::kFloat:
      putLittle(out, v.floating());
      break;
    case ValueKind::kString:
      putString(out, v.string());
      break;
    case ValueKind::kList:
      putVarint(out, v.list().size());
      for (const Value& element : v.list()) encodeValue(out, element);
      break;
    case ValueKind::kDate:
      putSigned(out, v.date().epochDay);
      break;
    case ValueKind::kLocalTime:
      putVarint(out, static_cast<std::uint64_t>(v.localTime().nanoOfDay));
      break;
    case ValueKind::kTime:
      putVarint(out, static_cast<std::uint64_t>(v.time().nanoOfDay));
      putSigned(out, v.time().offsetSeconds);
      break;
    case ValueKind::kLocalDateTime:
      putSigned(out, v.localDateTime().epochSecond);
      putVarint(out, static_cast<std::uint64_t>(v.localDateTime().nano));
      break;
    case ValueKind::kDateTime:
      encodeDateTime(out, v.dateTime());
      break;
    case ValueKind::kDuration:
      encodeDuration(out, v.duration());
      break;
    case ValueKind::kPoint:
      encodePoint(out, v.point());
      break;
    default:
      break;  // null
  }
}

Value decodeValue(ByteReader& in) {
  switch (static_cast<ValueKind>(in.little<std::uint8_t>())) {
    case ValueKind::kNull:
      return {};
    case ValueKind::kBoolean:
      return Value{in.little<std::uint8_t>() != 0};
    case ValueKind::kInteger:
      return Value{getSigned(in)};
    case ValueKind::kFloat:
      return Value{in.little<double>()};
    case ValueKind::kString:
      return Value{in.take(in.varint())};
    case ValueKind::kList:
      return decodeList(in);
    case ValueKind::kDate:
      return Value{Date{getEpochDay(in)}};
    case ValueKind::kLocalTime:
      return Value{LocalTime{getNanoOfDay(in)}};
    case ValueKind::kTime:
      return Value{Time{.nanoOfDay = getNanoOfDay(in), .offsetSeconds = getOffset(in)}};
    case ValueKind::kLocalDateTime:
      return Value{LocalDateTime{.epochSecond = getEpochSecond(in), .nano = getNano(in)}};
    case ValueKind::kDateTime:
      return decodeDateTime(in);
    case ValueKind::kDuration:
      return decodeDuration(in);
    case ValueKind::kPoint:
      return decodePoint(in);
    default:
      in.fail();
  }
}

bool isStorable(const Value& value) {
  const auto scalar = [](const Value& v) {
    return v.is(ValueKind::kBoolean) || v.isNumber() || v.is(ValueKind::kString) || v.isTemporal() ||
           v.is(ValueKind::kPoint);
  };
  if (!value.is(ValueKind::kList)) return scalar(value);
  const List& list = value.list();
  return std::all_of(list.begin(), list.end(), [&](const Value& v) {
    return scalar(v) && (v.kind() == list.front().kind() || (v.isNumber() && list.front().isNumber()));
  });
}

Value storedForm(const Value& value) {
  if (!value.is(ValueKind::kList)) return value;
  const List& list = value.list();
  const auto isFloat = [](const Value& v) { return v.is(ValueKind::kFloat); };
  if (std::none_of(list.begin(), list.end(), isFloat) || std::all_of(list.begin(), list.end(), isFloat)) return value;
  List floats;
  for (const Value& v : list) floats.emplace_back(v.number());
  return floats;
}

unsigned char sortableTag(const Value& v) {
  switch (v.kind()) {
    case ValueKind::kList:
      return 0x10;
    case ValueKind::kPoint:
      return 0x20;
    case ValueKind::kDateTime:
      return 0x30;
    case ValueKind::kLocalDateTime:
      return 0x31;
    case ValueKind::kDate:
      return 0x32;
    case ValueKind::kTime:
      return 0x33;
    case ValueKind::kLocalTime:
      return 0x34;
    case ValueKind::kDuration:
      return 0x35;
    case ValueKind::kString:
      return 0x40;
    case ValueKind::kBoolean:
      return 0x50;
    case ValueKind::kFloat:
      return std::isnan(v.floating()) ? 0x61 : 0x60;
    case ValueKind::kInteger:
      return 0x60;
    default:
      return 0x70;  // never stored: a seek for it finds nothing
  }
}

void encodeSortable(std::string& out, const Value& v) {
  out.push_back(static_cast<char>(sortableTag(v)));
  switch (v.kind()) {
    case ValueKind::kList:
      for (const Value& element : v.list()) encodeSortable(out, element);
      out.push_back('\0');
      break;
    case ValueKind::kPoint:
      putBig(out, static_cast<std::uint16_t>(v.point().srid));
      putBig(out, sortableBits(v.point().x));
      putBig(out, sortableBits(v.point().y));
      if (v.point().is3D()) putBig(out, sortableBits(v.point().z));
      break;
    case ValueKind::kString:
      out.pop_back();
      encodeSortablePrefix(out, v.string());
      out.append({'\0', '\1'});
      break;
    case ValueKind::kBoolean:
      out.push_back(v.boolean() ? 1 : 0);
      break;
    case ValueKind::kInteger:
      sortableInteger(out, v.integer());
      break;
    case ValueKind::kFloat:
      if (!std::isnan(v.floating())) sortableFloat(out, v.floating());
      break;
    default:
      if (v.isTemporal()) sortableTemporal(out, v);
  }
}

void encodeSortablePrefix(std::string& out, std::string_view prefix) {
  out.push_back('\x40');
  for (const char c : prefix) {
    out.push_back(c);
    if (c == '\0') out.push_back('\xFF');
  }
}

}  // namespace plexus::storage
