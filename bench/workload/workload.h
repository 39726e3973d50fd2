// bench/workload/workload.h: a workload file: queries, their parameters, and the answers they must give.
//
//   {"queries": [{"id", "title", "query", "params": [{...}...], "answers": [[[cell...]...]...], "ordered"}]}
// or, without parameters, the counts by data set: {"data": {"NAME": [n...]}, "queries": [...]}, in query order.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/api/options.h"
#include "core/value/value.h"

namespace plexus::bench {

using Rows = std::vector<std::vector<Value>>;

struct Item {
  Parameters parameters;
  std::optional<Rows> answer;
};

struct Query {
  std::string id, title, text;
  bool ordered = false;
  std::vector<Item> items;  // at least one
};

// Throws std::runtime_error. `dataSet` chooses among the counts of the second form.
std::vector<Query> readWorkload(const std::filesystem::path& file, const std::string& dataSet);

// Equal as a sequence or a bag; floats to six digits.
bool matches(const Rows& got, const Rows& wanted, bool ordered);

}  // namespace plexus::bench
