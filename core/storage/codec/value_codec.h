// core/storage/codec/value_codec.h: a property value as bytes, and as bytes that sort.
//
//   value := kind: u8  payload
//     kBoolean u8 | kInteger zigzag varint | kFloat f64le | kString varint length, bytes
//     kList    varint length, value*
//     kDate    zigzag varint epochDay | kLocalTime varint nanoOfDay | kTime varint nanoOfDay, zigzag varint offset
//     kLocalDateTime zigzag varint epochSecond, varint nano
//     kDateTime      zigzag varint epochSecond, varint nano, zigzag varint offset, varint length, zone name
//     kDuration      zigzag varint months, days, seconds, varint nanos
//     kPoint         u16le srid, f64le x, y [, z]
// kind is ValueKind's number: on disk, never renumbered.
//
// The sorting form, one after another in an index key: tag, payload; no value's form is a prefix of another's.
//   list 0x10 element* 0x00 | point 0x20 | date-time 0x30 | local date-time 0x31 | date 0x32 | time 0x33 | local time
//   0x34 duration 0x35 | string 0x40 bytes (00 -> 00 FF) 00 01 | boolean 0x50 | number 0x60 | NaN 0x61
// Numbers: the greatest double <= the number, as 8 bytes that sort, then the rest (0..2047) as u16be, so that 1 and 1.0
// have the same form and large integers keep their last digits.
#pragma once

#include <string>
#include <string_view>

#include "core/storage/codec/bytes.h"
#include "core/value/value.h"

namespace plexus::storage {

// Null: kind 0 without payload. Requires isStorable(value) or null.
void encodeValue(std::string& out, const Value& value);
Value decodeValue(ByteReader& in);  // throws Error{kCorruption}

// Properties hold these: not nodes, relationships, paths, maps; lists of one kind (integers and floats may mix),
// without nulls or lists inside.
bool isStorable(const Value& value);
// A storable value as it is stored: integers among floats of a list become floats.
Value storedForm(const Value& value);

void encodeSortable(std::string& out, const Value& value);
// The form of a string without its end: what all strings starting with `prefix` start with.
void encodeSortablePrefix(std::string& out, std::string_view prefix);
// First byte of the forms of this value's type group; the forms of the next group start at or after `tag + 1`.
unsigned char sortableTag(const Value& value);

}  // namespace plexus::storage
