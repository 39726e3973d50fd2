// core/storage/write_transaction.h: the only way to change a database, one at a time.
//
// All or nothing: nothing is visible to others, or on disk, before commit(); a transaction that is destroyed without
// commit() leaves no trace. Calls throw Error and leave the transaction usable; what they were asked was then not done.
// Thread safety: one thread at a time.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <stdexcept>

#include "core/storage/graph_view.h"

namespace plexus::storage {

// A write would give two entities the same values in a unique index. The engine words the message (it knows names).
struct UniqueViolation : std::runtime_error {
  UniqueViolation(IndexId index_, std::uint32_t existing_, std::uint32_t offending_)
      : std::runtime_error{"unique index violated"}, index{index_}, existing{existing_}, offending{offending_} {}
  IndexId index;
  std::uint32_t existing, offending;
};

class WriteTransaction {
 public:
  virtual ~WriteTransaction() = default;

  // The state with all writes so far; valid as long as the transaction.
  virtual const GraphView& view() const = 0;

  virtual NodeId createNode(std::span<const LabelId> labels) = 0;
  // False if it did not exist. Unless `connected`, no live relationship may touch it (the caller deletes those first);
  // those of a connected one must be gone when the transaction commits.
  virtual bool deleteNode(NodeId node, bool connected = false) = 0;
  // A deleted node that still has relationships. O(nodes deleted as connected).
  virtual std::optional<NodeId> danglingNode() const = 0;
  // False if it had it / had it not.
  virtual bool addLabel(NodeId node, LabelId label) = 0;
  virtual bool removeLabel(NodeId node, LabelId label) = 0;

  virtual Relationship createRelationship(RelTypeId type, NodeId start, NodeId end) = 0;
  virtual bool deleteRelationship(const Relationship& r) = 0;

  // A null value removes. Values must be storable (not nodes, relationships, paths, maps; lists of one type):
  // otherwise Error{kTypeError, "InvalidPropertyType"}. May throw UniqueViolation.
  virtual void setProperty(NodeId node, PropertyKeyId key, const Value& value) = 0;
  virtual void setProperty(const Relationship& r, PropertyKeyId key, const Value& value) = 0;

  // Builds the index from what is there. Throws UniqueViolation.
  virtual void createIndex(const IndexSpec& spec) = 0;
  virtual void dropIndex(IndexId id) = 0;

  // The catalog from now on; written by commit().
  virtual void setAttachment(std::shared_ptr<const Attachment> attachment) = 0;

  // A mark to which rollbackTo() undoes: for statements inside an explicit transaction.
  using Savepoint = std::size_t;
  virtual Savepoint savepoint() = 0;
  virtual void rollbackTo(Savepoint mark) = 0;

  // Error{kConstraintVerificationFailed, DeleteConnectedNode} if there is a danglingNode(); else makes it durable (by
  // StoreOptions::syncCommits) and visible, in one step. The transaction is over, also on a throw.
  virtual void commit() = 0;
  virtual bool hasChanges() const = 0;
};

}  // namespace plexus::storage
