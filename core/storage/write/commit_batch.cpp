#include "core/storage/write/commit_batch.h"

#include "core/storage/codec/label_block.h"
#include "core/storage/codec/property_segment.h"

namespace plexus::storage {

std::string& CommitBatch::operand(Keyspace keyspace, const std::string& key) {
  Operands& operands = operands_[static_cast<std::size_t>(keyspace)];
  const auto [it, added] = operands.at.try_emplace(key, operands.list.size());
  if (added) operands.list.emplace_back(key, std::string{});
  return operands.list[it->second].second;
}

void CommitBatch::addLabel(LabelId label, NodeId node, bool add) {
  appendBitmapOp(operand(Keyspace::kMeta, labelBlockKey(label, static_cast<std::uint16_t>(node >> kLabelBlockBits))),
                 {node, add});
}

void CommitBatch::add(const Operation& operation) {
  if (const auto* node = std::get_if<NodeOperation>(&operation)) {
    addLabel(kAllNodes, node->node, node->add);
  } else if (const auto* label = std::get_if<LabelOperation>(&operation)) {
    addLabel(label->label, label->node, label->add);
  } else if (const auto* rel = std::get_if<RelOperation>(&operation)) {
    const AdjacencyEntry out{rel->start, rel->end, rel->id}, in{rel->end, rel->start, rel->id};
    appendOperation(operand(Keyspace::kAdjacency, directories_.chunkFor(rel->type, Direction::kOut, out)),
                    {out, rel->add});
    appendOperation(operand(Keyspace::kAdjacency, directories_.chunkFor(rel->type, Direction::kIn, in)),
                    {in, rel->add});
  } else if (const auto* property = std::get_if<PropertyOperation>(&operation)) {
    appendSlotOp(operand(Keyspace::kProperty, propertyKey(property->scope, property->id >> kSegmentBits)),
                 static_cast<std::uint16_t>(property->id & (kSegmentSlots - 1)), property->after);
  } else if (const auto* entry = std::get_if<IndexEntryOperation>(&operation)) {
    indexEntries_[entry->key] = entry->add;
  }
}

void CommitBatch::finish(rocksdb::WriteBatch& batch) {
  for (std::size_t i = 0; i < kKeyspaces; ++i) {
    rocksdb::ColumnFamilyHandle* family = database_.family(static_cast<Keyspace>(i));
    for (const auto& [key, value] : operands_[i].list) check(batch.Merge(family, key, value));
  }
  rocksdb::ColumnFamilyHandle* index = database_.family(Keyspace::kIndex);
  for (const auto& [key, add] : indexEntries_) check(add ? batch.Put(index, key, "") : batch.Delete(index, key));
}

}  // namespace plexus::storage
