// core/exec/operator/write/write_context.h: what writing clauses share: names made on the way, counters, and the rules
// that a statement must leave intact.
//
// One a statement. The catalog that it extends is the transaction's from the first new name on, so views see the name
// at once. Thread safety: none; writing clauses run on the worker that runs the query.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <roaring/roaring.hh>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "core/base/error.h"
#include "core/catalog/catalog.h"
#include "core/storage/write_transaction.h"

namespace plexus::exec {

struct WriteCounters {
  std::uint64_t nodesCreated = 0, nodesDeleted = 0;
  std::uint64_t relationshipsCreated = 0, relationshipsDeleted = 0;
  std::uint64_t propertiesSet = 0;
  std::uint64_t labelsAdded = 0, labelsRemoved = 0;
};

class WriteContext {
 public:
  explicit WriteContext(storage::WriteTransaction& transaction) : transaction_{&transaction} {}

  // Ids of names, which are added if they are new.
  LabelId label(const std::string& name);
  RelTypeId relType(const std::string& name);
  PropertyKeyId propertyKey(const std::string& name);

  // All that changes the graph goes through these: they count, and remember what the rules have to look at. Nodes get
  // the labels of super-types and declared defaults; a relationship made under an inverse name is stored as the
  // relation that it is the inverse of, turned round. Property values that cannot be stored: Error{kTypeError,
  // InvalidPropertyType}; a unique constraint violated: Error{kConstraintValidationFailed}; a null value removes the
  // property.
  NodeId createNode(const std::vector<LabelId>& labels);
  Relationship createRelationship(RelTypeId type, NodeId start, NodeId end);
  void setProperty(NodeId node, PropertyKeyId key, const Value& value);
  void setProperty(const Relationship& relationship, PropertyKeyId key, const Value& value);
  void addLabel(NodeId node, LabelId label);
  void removeLabel(NodeId node, LabelId label);
  // False if it is gone already.
  bool deleteNode(NodeId node);
  // A node that has relationships: they must be gone when the transaction commits. `span` is where to say so.
  bool deleteConnectedNode(NodeId node, Span span);
  bool deleteRelationship(const Relationship& relationship);

  // Checks what was written against existence, key and type constraints, and declared types. Throws
  // Error{kConstraintValidationFailed} that names constraint, entity and value. In a transaction of the statement's own
  // also Error{kConstraintVerificationFailed, DeleteConnectedNode}. Called at the end of the statement.
  void checkConstraints();

  const WriteCounters& counters() const { return counters_; }
  const storage::GraphView& view() const { return transaction_->view(); }
  storage::WriteTransaction& transaction() { return *transaction_; }

  // CALL { } IN TRANSACTIONS: commits what was written so far and goes on in a new transaction, which becomes
  // transaction(). Set by whoever owns the transaction; empty inside an explicit one, where it is not allowed.
  std::function<storage::WriteTransaction&()> commitAndContinue;
  // For commitAndContinue: what belonged to the old transaction is forgotten.
  void continueIn(storage::WriteTransaction& transaction);

  // Undoes what was written since, counters included.
  struct Mark {
    storage::WriteTransaction::Savepoint savepoint;
    WriteCounters counters;
  };
  Mark mark() { return {transaction_->savepoint(), counters_}; }
  void rollbackTo(const Mark& mark);

 private:
  std::uint16_t add(catalog::NameTable catalog::Catalog::*table, const std::string& name);
  bool hasRules();
  template <typename Entity>
  void store(const Entity& entity, PropertyKeyId key, const Value& value);
  void requireNoDanglingNode() const;
  const catalog::TypeSchema& types() const { return catalog::Catalog::of(view()).types(); }
  const std::vector<LabelId>& withSuperTypes(const std::vector<LabelId>& labels);
  void setDefaults(NodeId node, LabelId label);
  void setDefaults(const Relationship& relationship);
  template <typename Entity>
  void setDefaults(const Entity& entity, const std::vector<catalog::PropertyDeclaration>& properties);
  void checkTypes();

  storage::WriteTransaction* transaction_;
  std::shared_ptr<catalog::Catalog> catalog_;  // ours to extend, once there was a new name
  WriteCounters counters_;
  Span connectedDelete_;                                               // the last one's place
  bool rulesKnown_ = false, hasRules_ = false;                         // constraints or types that are checked here
  std::map<std::vector<LabelId>, std::vector<LabelId>> closedLabels_;  // by what a pattern says
  Roaring touchedNodes_;
  Roaring lessLabelled_;  // that lost labels: their relationships may not fit any more
  struct RelationshipHash {
    std::size_t operator()(const Relationship& r) const { return static_cast<std::size_t>(r.number()); }
  };
  std::unordered_set<Relationship, RelationshipHash> touchedRelationships_;
};

}  // namespace plexus::exec
