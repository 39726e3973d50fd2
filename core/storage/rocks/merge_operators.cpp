#include "core/storage/rocks/merge_operators.h"

#include <exception>

#include "core/storage/codec/adjacency_chunk.h"
#include "core/storage/codec/label_block.h"
#include "core/storage/codec/property_segment.h"

namespace plexus::storage {
namespace {

std::string_view view(const rocksdb::Slice& s) { return {s.data(), s.size()}; }

// Operands of all three keyspaces are lists, so two become one by appending. What differs is how a list meets a value.
class ListMerge : public rocksdb::MergeOperator {
 public:
  bool FullMergeV2(const MergeOperationInput& in, MergeOperationOutput* out) const override {
    try {
      const std::string_view base = in.existing_value == nullptr ? std::string_view{} : view(*in.existing_value);
      fold(base, in.operand_list, out->new_value);
      return true;
    } catch (const std::exception&) {
      return false;  // RocksDB reports corruption
    }
  }
  bool PartialMergeMulti(const rocksdb::Slice&, const std::deque<rocksdb::Slice>& operands, std::string* out,
                         rocksdb::Logger*) const override {
    for (const rocksdb::Slice& operand : operands) out->append(operand.data(), operand.size());
    return true;
  }

 private:
  virtual void fold(std::string_view base, const std::vector<rocksdb::Slice>& operands, std::string& out) const = 0;
};

class AdjacencyMerge final : public ListMerge {
  const char* Name() const override { return "plexus.adjacency.1"; }
  void fold(std::string_view base, const std::vector<rocksdb::Slice>& operands, std::string& out) const override {
    std::size_t size = base.size() + 16;
    for (const rocksdb::Slice& operand : operands) size += operand.size();
    out.reserve(size);
    out = base.empty() ? emptyChunk() : std::string{base};
    for (const rocksdb::Slice& operand : operands) out.append(operand.data(), operand.size());
  }
};

class PropertyMerge final : public ListMerge {
  const char* Name() const override { return "plexus.property.1"; }
  void fold(std::string_view base, const std::vector<rocksdb::Slice>& operands, std::string& out) const override {
    std::vector<SlotOp> ops;
    for (const rocksdb::Slice& operand : operands) {
      for (SlotOp& op : decodeSlotOps(view(operand))) ops.push_back(std::move(op));
    }
    out = foldSegment(base, std::move(ops));
  }
};

class LabelMerge final : public ListMerge {
  const char* Name() const override { return "plexus.label.1"; }
  void fold(std::string_view base, const std::vector<rocksdb::Slice>& operands, std::string& out) const override {
    Roaring nodes = base.empty() ? Roaring{} : decodeLabelBlock(base);
    for (const rocksdb::Slice& operand : operands) foldBitmap(nodes, decodeBitmapOps(view(operand)));
    out = encodeLabelBlock(nodes);
  }
};

}  // namespace

std::shared_ptr<rocksdb::MergeOperator> adjacencyMerge() { return std::make_shared<AdjacencyMerge>(); }
std::shared_ptr<rocksdb::MergeOperator> propertyMerge() { return std::make_shared<PropertyMerge>(); }
std::shared_ptr<rocksdb::MergeOperator> labelMerge() { return std::make_shared<LabelMerge>(); }

}  // namespace plexus::storage
