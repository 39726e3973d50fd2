#include "core/storage/write/transaction.h"

#include <algorithm>
#include <set>

#include "core/base/error.h"
#include "core/storage/codec/value_codec.h"
#include "core/storage/write/commit_batch.h"

namespace plexus::storage {
namespace {

// Logs are folded when they reach this, and an eighth of what they are beside.
constexpr std::size_t kFoldChanges = 16384;
constexpr std::size_t kTrimBitmapChanges = 4096;
// A commit of more leaves no view of what was before.
constexpr std::size_t kManyOperations = 1024;
constexpr std::uint64_t kMinusOne = ~std::uint64_t{0};  // added to a counter takes one away

[[noreturn]] void fail(ErrorType type, std::string_view detail, std::string message) {
  throw Error{type, Phase::kRuntime, detail, std::move(message)};
}

}  // namespace

Transaction::Transaction(std::shared_ptr<Core> core, std::shared_ptr<ChunkDirectories> directories)
    : core_{std::move(core)},
      directories_{std::move(directories)},
      lock_{core_->writer},
      base_{core_->written()},
      working_{*base_} {
  working_.version = base_->version + 1;
  core_->live.add(working_.version);
  impl_ = std::make_shared<GraphView::Impl>(std::make_shared<VersionPin>(core_, working_.version), &working_);
  view_ = std::make_unique<GraphView>(impl_);
}

// Should undoing fail, the process ends: half of a transaction must not be seen by the next one.
// NOLINTNEXTLINE(bugprone-exception-escape)
Transaction::~Transaction() {
  if (!over_) {
    rollbackTo(0);
    end();
  }
}

void Transaction::end() {
  over_ = true;
  lock_.unlock();
}

void Transaction::checkUsable() const {
  if (over_) fail(ErrorType::kTransactionError, "", "the transaction is over");
}

void Transaction::perform(Operation operation) {
  apply(operation);
  operations_.push_back(std::move(operation));
}

void Transaction::changeLabel(LabelId label, NodeId node, bool add) {
  core_->label(label).withCurrent([&](BitmapGeneration& g) { g.append(working_.version, {node, add}); });
  working_.nodesChanged = working_.version;
}

void Transaction::applyRel(const RelOperation& rel) {
  const auto append = [&](Direction direction, const AdjacencyEntry& entry) {
    core_->adjacency(rel.type, direction).withCurrent([&](AdjacencyGeneration& g) {
      g.lastChange = working_.version;
      g.log().append(working_.version, {entry, rel.add});
    });
  };
  append(Direction::kOut, {rel.start, rel.end, rel.id});
  append(Direction::kIn, {rel.end, rel.start, rel.id});
  RelTypeCounters& counters = working_.relTypeRef(rel.type);
  counters.count += rel.add ? 1 : kMinusOne;
  if (rel.add) counters.bound = rel.id + 1;
}

void Transaction::undoRel(const RelOperation& rel) {
  core_->adjacency(rel.type, Direction::kIn).withCurrent([&](AdjacencyGeneration& g) { g.log().undo(rel.end); });
  core_->adjacency(rel.type, Direction::kOut).withCurrent([&](AdjacencyGeneration& g) { g.log().undo(rel.start); });
  RelTypeCounters& counters = working_.relTypeRef(rel.type);
  counters.count += rel.add ? kMinusOne : 1;
  if (rel.add) counters.bound = rel.id;
}

void Transaction::applyProperty(const PropertyOperation& p) {
  core_->property(p.scope).withCurrent([&](PropertyGeneration& g) {
    g.lastChange = working_.version;
    g.append(working_.version, p.id, p.before, p.after);
  });
  PropertySummary& summary = working_.summaryRef(p.scope);
  summary.count += (p.after.isNull() ? 0 : 1);
  summary.count -= (p.before.isNull() ? 0 : 1);
  if (!p.after.isNull()) summary.kinds |= 1U << static_cast<unsigned>(p.after.kind());
}

void Transaction::undoProperty(const PropertyOperation& p) {
  core_->property(p.scope).withCurrent([&](PropertyGeneration& g) { g.undo(p.id); });
  PropertySummary& summary = working_.summaryRef(p.scope);
  summary.count -= (p.after.isNull() ? 0 : 1);
  summary.count += (p.before.isNull() ? 0 : 1);
  summary.kinds = p.kindsBefore;
}

void Transaction::apply(const Operation& operation) {
  if (const auto* node = std::get_if<NodeOperation>(&operation)) {
    changeLabel(kAllNodes, node->node, node->add);
    working_.nodes.count += node->add ? 1 : kMinusOne;
    if (node->add) working_.nodes.bound = node->node + 1;
  } else if (const auto* label = std::get_if<LabelOperation>(&operation)) {
    changeLabel(label->label, label->node, label->add);
    working_.labelCountRef(label->label) += label->add ? 1 : kMinusOne;
  } else if (const auto* rel = std::get_if<RelOperation>(&operation)) {
    applyRel(*rel);
  } else if (const auto* property = std::get_if<PropertyOperation>(&operation)) {
    applyProperty(*property);
  } else if (const auto* entry = std::get_if<IndexEntryOperation>(&operation)) {
    core_->index(indexOf(entry->key)).withCurrent([&](IndexGeneration& g) {
      g.lastChange = working_.version;
      g.append(working_.version, entry->key, entry->add);
    });
  } else if (const auto* indexes = std::get_if<IndexesOperation>(&operation)) {
    working_.indexes = indexes->after;
  } else if (const auto* attachment = std::get_if<AttachmentOperation>(&operation)) {
    working_.attachment = attachment->after;
  }
}

void Transaction::undo(const Operation& operation) {
  if (const auto* node = std::get_if<NodeOperation>(&operation)) {
    core_->label(kAllNodes).withCurrent([](BitmapGeneration& g) { g.undo(); });
    working_.nodes.count += node->add ? kMinusOne : 1;
    if (node->add) working_.nodes.bound = node->node;
  } else if (const auto* label = std::get_if<LabelOperation>(&operation)) {
    core_->label(label->label).withCurrent([](BitmapGeneration& g) { g.undo(); });
    working_.labelCountRef(label->label) += label->add ? kMinusOne : 1;
  } else if (const auto* rel = std::get_if<RelOperation>(&operation)) {
    undoRel(*rel);
  } else if (const auto* property = std::get_if<PropertyOperation>(&operation)) {
    undoProperty(*property);
  } else if (const auto* entry = std::get_if<IndexEntryOperation>(&operation)) {
    core_->index(indexOf(entry->key)).withCurrent([&](IndexGeneration& g) { g.undo(entry->key); });
  } else if (const auto* indexes = std::get_if<IndexesOperation>(&operation)) {
    working_.indexes = indexes->before;
  } else if (const auto* attachment = std::get_if<AttachmentOperation>(&operation)) {
    working_.attachment = attachment->before;
  }
}

void Transaction::rollbackTo(Savepoint mark) {
  checkUsable();
  if (mark >= operations_.size()) return;
  impl_->forgetBitmaps();
  while (operations_.size() > mark) {
    undo(operations_.back());
    operations_.pop_back();
  }
}

NodeId Transaction::createNode(std::span<const LabelId> labels) {
  checkUsable();
  const NodeId node = working_.nodes.bound;
  if (node >= kNoNode - 1)
    fail(ErrorType::kLimitExceeded, "", "the database has as many nodes as it can hold (2^32 - 2)");
  perform(NodeOperation{node, true});
  for (auto it = labels.begin(); it != labels.end(); ++it) {
    if (std::find(labels.begin(), it, *it) == it) perform(LabelOperation{*it, node, true});
  }
  return node;
}

std::optional<NodeId> Transaction::danglingNode() const {
  const auto touched = [&](NodeId node, RelTypeId type) {
    return view_->adjacency(type, Direction::kOut).degree(node) > 0 ||
           view_->adjacency(type, Direction::kIn).degree(node) > 0;
  };
  for (const NodeId node : deletedConnected_) {
    if (view_->exists(node)) continue;
    for (const RelTypeId type : view_->relTypesInUse()) {
      if (touched(node, type)) return node;
    }
  }
  return std::nullopt;
}

bool Transaction::deleteNode(NodeId node, bool connected) {
  checkUsable();
  if (!view_->exists(node)) return false;
  for (const LabelId label : view_->labels(node)) removeLabel(node, label);
  clearProperties(false, 0, node);
  perform(NodeOperation{node, false});
  if (connected) deletedConnected_.push_back(node);
  return true;
}

bool Transaction::addLabel(NodeId node, LabelId label) {
  checkUsable();
  if (!view_->exists(node) || view_->hasLabel(node, label)) return false;
  std::vector<std::string> keys, texts;
  for (const IndexSpec& spec : *working_.indexes) {
    if (spec.onRelationships || !spec.isOn(label)) continue;
    if (spec.text) {
      if (covers(spec, node)) continue;
      const auto more = textKeys(spec, 0, node);
      texts.insert(texts.end(), more.begin(), more.end());
      continue;
    }
    keys.push_back(entryKey(spec, node, nullptr, nullptr));
    checkUnique(spec, node, keys.back());
  }
  perform(LabelOperation{label, node, true});
  for (const std::string& key : keys) reindex({}, key);
  reindexText({}, texts);
  return true;
}

bool Transaction::removeLabel(NodeId node, LabelId label) {
  checkUsable();
  if (!view_->hasLabel(node, label)) return false;
  for (const IndexSpec& spec : *working_.indexes) {
    if (spec.onRelationships || !spec.isOn(label)) continue;
    if (spec.text) {
      const std::vector<std::uint16_t> owners = spec.owners();
      const auto held = [&](std::uint16_t owner) { return owner != label && view_->hasLabel(node, owner); };
      if (std::none_of(owners.begin(), owners.end(), held)) reindexText(textKeys(spec, 0, node), {});
    } else {
      reindex(entryKey(spec, node, nullptr, nullptr), {});
    }
  }
  perform(LabelOperation{label, node, false});
  return true;
}

Relationship Transaction::createRelationship(RelTypeId type, NodeId start, NodeId end) {
  checkUsable();
  if (!view_->exists(start) || !view_->exists(end)) {
    fail(ErrorType::kEntityNotFound, "DeletedEntityAccess", "a relationship cannot join a node that does not exist");
  }
  const RelId id = working_.relType(type).bound;
  if (id >= kNoRel - 1)
    fail(ErrorType::kLimitExceeded, "", "the relation type has as many relationships as it can hold");
  perform(RelOperation{type, start, end, id, true});
  return {start, end, id, type};
}

bool Transaction::deleteRelationship(const Relationship& r) {
  checkUsable();
  if (!view_->exists(r)) return false;
  for (const IndexSpec& spec : *working_.indexes) {
    if (!spec.onRelationships || !spec.isOn(r.type)) continue;
    if (spec.text) {
      reindexText(textKeys(spec, r.type, r.id), {});
    } else {
      reindex(entryKey(spec, r.id, nullptr, nullptr), {});
    }
  }
  clearProperties(true, r.type, r.id);
  perform(RelOperation{r.type, r.start, r.end, r.id, false});
  return true;
}

Value Transaction::current(const PropertyScope& scope, std::uint32_t id) const {
  if (createdHere(scope, id)) {
    const auto generation = core_->property(scope).at(working_.version);
    const auto logged = generation->mayHave(id) ? generation->logged(id, working_.version) : std::nullopt;
    return logged ? *logged : Value{};
  }
  return PropertyColumn{openColumn(impl_, scope)}.get(id);
}

void Transaction::clearProperties(bool onRelationships, RelTypeId type, std::uint32_t id) {
  std::vector<PropertyScope> scopes;
  for (const auto& [scope, summary] : working_.properties) {
    if (scope.onRelationships == onRelationships && scope.type == type && summary.count > 0) scopes.push_back(scope);
  }
  for (const PropertyScope& scope : scopes) {
    const Value before = current(scope, id);
    if (!before.isNull()) perform(PropertyOperation{scope, id, working_.summary(scope).kinds, before, Value{}});
  }
}

void Transaction::set(const PropertyScope& scope, std::uint32_t id, const Value& given) {
  checkUsable();
  if (!given.isNull() && !isStorable(given)) {
    fail(ErrorType::kTypeError, "InvalidPropertyType",
         "a property holds a scalar, a temporal value, a point, or a list of one such type");
  }
  const Value value = storedForm(given);
  const Value before = current(scope, id);
  if (before.isNull() && value.isNull()) return;
  std::vector<std::pair<std::string, std::string>> entries;
  std::vector<std::pair<std::vector<std::string>, std::vector<std::string>>> texts;
  for (const IndexSpec& spec : *working_.indexes) {
    const auto use = std::find(spec.properties.begin(), spec.properties.end(), scope.key);
    if (use == spec.properties.end() || spec.onRelationships != scope.onRelationships || !covers(spec, id)) continue;
    if (spec.onRelationships && !spec.isOn(scope.type)) continue;
    if (spec.text) {
      const auto field = static_cast<std::size_t>(use - spec.properties.begin());
      texts.emplace_back(textKeys(spec, scope.type, id, field, before), textKeys(spec, scope.type, id, field, value));
      continue;
    }
    entries.emplace_back(entryKey(spec, id, nullptr, nullptr), entryKey(spec, id, &scope, &value));
    if (entries.back().first != entries.back().second) checkUnique(spec, id, entries.back().second);
  }
  perform(PropertyOperation{scope, id, working_.summary(scope).kinds, before, value});
  for (const auto& [old, now] : entries) reindex(old, now);
  for (const auto& [old, now] : texts) reindexText(old, now);
}

void Transaction::setProperty(NodeId node, PropertyKeyId key, const Value& value) {
  if (!view_->exists(node)) fail(ErrorType::kEntityNotFound, "DeletedEntityAccess", "the node does not exist");
  set({false, 0, key}, node, value);
}

void Transaction::setProperty(const Relationship& r, PropertyKeyId key, const Value& value) {
  if (r.id >= working_.relType(r.type).bound || (r.id < base_->relType(r.type).bound && !view_->exists(r))) {
    fail(ErrorType::kEntityNotFound, "DeletedEntityAccess", "the relationship does not exist");
  }
  set({true, r.type, key}, r.id, value);
}

void Transaction::setAttachment(std::shared_ptr<const Attachment> attachment) {
  checkUsable();
  perform(AttachmentOperation{working_.attachment, std::move(attachment)});
}

void Transaction::commit() {
  checkUsable();
  if (operations_.empty()) return end();
  auto next = std::make_shared<State>(working_);
  try {
    core_->checkOpen();
    if (const auto node = danglingNode()) {
      fail(ErrorType::kConstraintVerificationFailed, "DeleteConnectedNode",
           "node " + std::to_string(*node) + " was deleted, but still has relationships");
    }
    rocksdb::WriteBatch batch;
    CommitBatch gathered{*core_->database, *directories_};
    for (const Operation& operation : operations_) gathered.add(operation);
    gathered.finish(batch);
    writeState(*core_->database, *base_, *next, batch);
    core_->database->write(batch, false);
  } catch (...) {
    rollbackTo(0);
    end();
    throw;
  }
  for (const Operation& operation : operations_) {
    if (const auto* rel = std::get_if<RelOperation>(&operation)) {
      core_->changes.add(working_.version, rel->type, rel->start, rel->end);
    }
  }
  const bool wait = core_->options.syncCommits;
  wait ? core_->setWritten(std::move(next)) : core_->publish(std::move(next));
  if (operations_.size() > kManyOperations) core_->releaseView();
  // What follows only tidies: the commit stands whatever happens.
  try {
    directories_->rewriteFull();
    foldLargeLogs();
  } catch (const Error&) {
    directories_->forget();
  }
  end();
  // The next transaction goes on meanwhile, so that those who wait here together wait for the disk once.
  if (wait) core_->makeDurable(working_.version);
}

void Transaction::foldLargeLogs() {
  std::set<RelTypeId> types;
  std::set<PropertyScope> scopes;
  std::set<LabelId> labels;
  std::set<IndexId> indexes;
  for (const Operation& operation : operations_) {
    if (const auto* rel = std::get_if<RelOperation>(&operation)) types.insert(rel->type);
    if (const auto* property = std::get_if<PropertyOperation>(&operation)) scopes.insert(property->scope);
    if (const auto* label = std::get_if<LabelOperation>(&operation)) labels.insert(label->label);
    if (std::holds_alternative<NodeOperation>(operation)) labels.insert(kAllNodes);
    if (const auto* entry = std::get_if<IndexEntryOperation>(&operation)) indexes.insert(indexOf(entry->key));
  }
  const auto large = [](std::size_t changes, std::uint64_t beside) {
    return changes > kFoldChanges && changes > beside / 8;
  };
  for (const RelTypeId type : types) {
    for (const Direction direction : {Direction::kOut, Direction::kIn}) {
      const std::size_t changes =
          core_->adjacency(type, direction).withCurrent([](const AdjacencyGeneration& g) { return g.log().size(); });
      if (large(changes, working_.relType(type).count)) core_->foldAdjacency(type, direction, working_);
    }
  }
  core_->foldWanted(working_);
  for (const PropertyScope& scope : scopes) {
    const std::size_t changes =
        core_->property(scope).withCurrent([](const PropertyGeneration& g) { return g.size(); });
    if (large(changes, working_.summary(scope).count)) core_->foldProperty(scope, working_.version);
  }
  for (const IndexId index : indexes) {
    const std::size_t changes = core_->index(index).withCurrent([](const IndexGeneration& g) { return g.size(); });
    if (large(changes, working_.expectedKeys(index))) core_->foldIndex(index, working_.version);
  }
  for (const LabelId label : labels) {
    core_->label(label).withCurrent([&](BitmapGeneration& g) {
      if (g.changes() < kTrimBitmapChanges) return;
      g.at(working_.version);
      g.trim(std::min(core_->live.oldest(), working_.version));
    });
  }
}

}  // namespace plexus::storage
