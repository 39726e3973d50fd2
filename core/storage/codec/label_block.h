// core/storage/codec/label_block.h: the nodes of one block that have a label, as a Roaring bitmap.
//
//   block   := version: u8 (= 1)  bitmap in the portable Roaring format (RoaringFormatSpec), of full node ids
//   operand := (add: u8 (0 or 1)  node: u32le)+
#pragma once

#include <roaring/roaring.hh>
#include <span>
#include <string>
#include <string_view>

#include "core/storage/fold.h"

namespace plexus::storage {

std::string encodeLabelBlock(const Roaring& nodes);
Roaring decodeLabelBlock(std::string_view value);  // throws Error{kCorruption}

void appendBitmapOp(std::string& out, const BitmapOp& op);
std::vector<BitmapOp> decodeBitmapOps(std::string_view operand);  // throws Error{kCorruption}

void foldBitmap(Roaring& base, std::span<const BitmapOp> ops);

}  // namespace plexus::storage
