// core/storage/codec/meta.h: the small values of keyspace "default".
//
//   format           u32le (= 1)
//   version          u64le
//   node counters    bound: u32le (ids below were given out)  count: u64le
//   label count      u64le
//   relation type    bound: u32le  count: u64le
//   property summary count: u64le (entities that have it)  kinds: u32le (bit 1 << ValueKind of every value ever stored)
//   index            flags: u8 (1 unique, 2 on relationships, 4 full text)  labelOrType: u16le  n: u16le
//                    property: u16le[n]; full text: m: u16le, other labels or types: u16le[m]
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/storage/attachment.h"
#include "core/storage/codec/keys.h"
#include "core/storage/index_spec.h"
#include "core/storage/version.h"

namespace plexus::storage {

struct PropertySummary {
  std::uint64_t count = 0;
  std::uint32_t kinds = 0;
  friend bool operator==(const PropertySummary&, const PropertySummary&) = default;
};

struct RelTypeCounters {
  RelId bound = 0;
  std::uint64_t count = 0;
  friend bool operator==(const RelTypeCounters&, const RelTypeCounters&) = default;
};

struct NodeCounters {
  NodeId bound = 0;
  std::uint64_t count = 0;
  friend bool operator==(const NodeCounters&, const NodeCounters&) = default;
};

std::string encodeVersion(Version version);
std::string encode(const NodeCounters& counters);
std::string encodeLabelCount(std::uint64_t count);
std::string encode(const RelTypeCounters& counters);
std::string encode(const PropertySummary& summary);
std::string encode(const IndexSpec& spec);

}  // namespace plexus::storage
