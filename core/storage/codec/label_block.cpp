#include "core/storage/codec/label_block.h"

namespace plexus::storage {
namespace {
constexpr char kVersion = 1;
}

std::string encodeLabelBlock(const Roaring& nodes) {
  Roaring compact = nodes;
  compact.runOptimize();
  std::string out(1 + compact.getSizeInBytes(true), kVersion);
  compact.write(out.data() + 1, true);
  return out;
}

Roaring decodeLabelBlock(std::string_view value) {
  if (value.empty() || value[0] != kVersion) throwCorruption("label block", value);
  const std::string_view bytes = value.substr(1);
  roaring_bitmap_t* raw = roaring_bitmap_portable_deserialize_safe(bytes.data(), bytes.size());
  if (raw == nullptr) throwCorruption("label block", value);
  return Roaring{raw};
}

void appendBitmapOp(std::string& out, const BitmapOp& op) {
  out.push_back(op.add ? 1 : 0);
  putLittle(out, op.node);
}

std::vector<BitmapOp> decodeBitmapOps(std::string_view operand) {
  std::vector<BitmapOp> ops;
  ByteReader in{operand, "label operations"};
  while (!in.atEnd()) {
    const auto add = in.little<std::uint8_t>();
    if (add > 1) in.fail();
    ops.push_back({in.little<NodeId>(), add == 1});
  }
  return ops;
}

void foldBitmap(Roaring& base, std::span<const BitmapOp> ops) {
  for (const BitmapOp& op : ops) {
    if (op.add) {
      base.add(op.node);
    } else {
      base.remove(op.node);
    }
  }
}

}  // namespace plexus::storage
