// import/format/table_plan.h: what each column of a table means, whoever said so (a neo4j-admin header, or options).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "import/format/cell_type.h"

namespace plexus::format {

struct ColumnPlan {
  enum class Role : std::uint8_t {
    kIgnore,
    kId,      // of a node; also stored if `property` is not empty
    kLabels,  // of a node, separated by the array delimiter
    kStart,   // id of the start of a relationship
    kEnd,
    kType,  // of a relationship
    kProperty,
  };
  Role role = Role::kIgnore;
  std::string header;    // as the file calls it, for messages
  std::string property;  // kProperty, kId
  std::string idSpace;   // kId, kStart, kEnd; "" is the global one
  CellType type;         // of the stored value
};

struct TablePlan {
  std::vector<ColumnPlan> columns;  // one a column of the file

  // The column with that role, or -1.
  int find(ColumnPlan::Role role) const {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (columns[i].role == role) return static_cast<int>(i);
    }
    return -1;
  }
};

}  // namespace plexus::format
