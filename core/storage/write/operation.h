// core/storage/write/operation.h: what a transaction did, in order: done to memory at once, written on commit, undone
// on rollback.
#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "core/storage/attachment.h"
#include "core/storage/codec/keys.h"
#include "core/storage/index_spec.h"
#include "core/value/value.h"

namespace plexus::storage {

// A node came (add) or went.
struct NodeOperation {
  NodeId node;
  bool add;
};
struct LabelOperation {
  LabelId label;
  NodeId node;
  bool add;
};
struct RelOperation {
  RelTypeId type;
  NodeId start, end;
  RelId id;
  bool add;
};
struct PropertyOperation {
  PropertyScope scope;
  std::uint32_t id;
  std::uint32_t kindsBefore;  // of the property's summary
  Value before, after;
};
struct IndexEntryOperation {
  std::string key;
  bool add;
};
struct IndexesOperation {
  std::shared_ptr<const std::vector<IndexSpec>> before, after;
};
struct AttachmentOperation {
  std::shared_ptr<const Attachment> before, after;
};

using Operation = std::variant<NodeOperation, LabelOperation, RelOperation, PropertyOperation, IndexEntryOperation,
                               IndexesOperation, AttachmentOperation>;

}  // namespace plexus::storage
