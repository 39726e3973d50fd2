// core/storage/write/transaction.h: the WriteTransaction. Its writes go at once to the logs in memory, under the
// version that its commit will have, which no other view reads; so its own view is an ordinary view at that version.
#pragma once

#include "core/storage/view/view_impl.h"
#include "core/storage/write/chunk_directories.h"
#include "core/storage/write/operation.h"
#include "core/storage/write_transaction.h"

namespace plexus::storage {

class Transaction final : public WriteTransaction {
 public:
  // Waits for the writer's lock.
  Transaction(std::shared_ptr<Core> core, std::shared_ptr<ChunkDirectories> directories);
  // Rolls back what was not committed. Should that fail, nothing in memory can be trusted: the process ends.
  ~Transaction() override;  // NOLINT(bugprone-exception-escape)

  const GraphView& view() const override { return *view_; }
  NodeId createNode(std::span<const LabelId> labels) override;
  bool deleteNode(NodeId node, bool connected) override;
  std::optional<NodeId> danglingNode() const override;
  bool addLabel(NodeId node, LabelId label) override;
  bool removeLabel(NodeId node, LabelId label) override;
  Relationship createRelationship(RelTypeId type, NodeId start, NodeId end) override;
  bool deleteRelationship(const Relationship& r) override;
  void setProperty(NodeId node, PropertyKeyId key, const Value& value) override;
  void setProperty(const Relationship& r, PropertyKeyId key, const Value& value) override;
  void createIndex(const IndexSpec& spec) override;
  void dropIndex(IndexId id) override;
  void setAttachment(std::shared_ptr<const Attachment> attachment) override;
  Savepoint savepoint() override { return operations_.size(); }
  void rollbackTo(Savepoint mark) override;
  void commit() override;
  bool hasChanges() const override { return !operations_.empty(); }

 private:
  // Does it in memory and notes it.
  void perform(Operation operation);
  void apply(const Operation& operation);
  void undo(const Operation& operation);
  void applyRel(const RelOperation& rel);
  void undoRel(const RelOperation& rel);
  void applyProperty(const PropertyOperation& property);
  void undoProperty(const PropertyOperation& property);
  void changeLabel(LabelId label, NodeId node, bool add);

  void checkUsable() const;
  bool createdHere(const PropertyScope& scope, std::uint32_t id) const { return id >= base_->bound(scope); }
  Value current(const PropertyScope& scope, std::uint32_t id) const;
  void set(const PropertyScope& scope, std::uint32_t id, const Value& value);
  void clearProperties(bool onRelationships, RelTypeId type, std::uint32_t id);

  // Index entries: transaction_indexes.cpp.
  bool covers(const IndexSpec& spec, std::uint32_t id) const;
  // The key of an entity that has all properties of the index; `key` is taken to have `value` (if given).
  std::string entryKey(const IndexSpec& spec, std::uint32_t id, const PropertyScope* scope, const Value* value) const;
  // Keys of an entity before and after a change; empty: not in the index.
  void reindex(const std::string& before, const std::string& after);
  void checkUnique(const IndexSpec& spec, std::uint32_t id, const std::string& key) const;

  // Full-text entries: transaction_text.cpp. Keys ascend.
  std::vector<std::string> textKeys(const IndexSpec& spec, RelTypeId type, std::uint32_t id, std::size_t field,
                                    const Value& value) const;
  std::vector<std::string> textKeys(const IndexSpec& spec, RelTypeId type, std::uint32_t id) const;
  void reindexText(const std::vector<std::string>& before, const std::vector<std::string>& after);
  std::vector<std::string> allTextKeys(const IndexSpec& spec) const;

  void end();
  void foldLargeLogs();

  std::shared_ptr<Core> core_;
  std::shared_ptr<ChunkDirectories> directories_;
  std::unique_lock<WriterTurn> lock_;
  std::shared_ptr<const State> base_;
  State working_;
  std::vector<Operation> operations_;
  std::vector<NodeId> deletedConnected_;  // some may be back after rollbackTo()
  std::shared_ptr<GraphView::Impl> impl_;
  std::unique_ptr<GraphView> view_;
  bool over_ = false;
};

}  // namespace plexus::storage
