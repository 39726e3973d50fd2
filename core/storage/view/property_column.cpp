#include <bit>

#include "core/storage/view/view_impl.h"

namespace plexus::storage {
namespace {

Vector::Kind vectorKind(std::uint32_t kinds) {
  const auto only = [&](ValueKind kind) { return kinds == 1U << static_cast<unsigned>(kind); };
  if (only(ValueKind::kBoolean)) return Vector::Kind::kBoolean;
  if (only(ValueKind::kInteger)) return Vector::Kind::kInteger;
  if (only(ValueKind::kFloat)) return Vector::Kind::kFloat;
  if (only(ValueKind::kString)) return Vector::Kind::kString;
  return Vector::Kind::kValue;
}

// Rows of a gather, typed once a column: `put` stores what segment and rank hold, `changed` a value from the log.
template <typename Put, typename Changed>
void forRows(const PropertyColumn::Impl& column, std::span<const std::uint32_t> ids, Vector& out, Put put,
             Changed changed) {
  for (std::size_t row = 0; row < ids.size(); ++row) {
    const std::uint32_t id = ids[row];
    if (const auto value = column.logged(id)) {
      if (value->isNull()) {
        out.setNull(row);
      } else {
        changed(row, *value);
      }
      continue;
    }
    const Segment* segment = column.segment(id);
    const std::uint32_t slot = id & (kSegmentSlots - 1);
    if (segment == nullptr || !segment->has(slot)) {
      out.setNull(row);
    } else {
      put(row, *segment, segment->rank(slot));
    }
  }
}

void gatherStrings(const PropertyColumn::Impl& column, std::span<const std::uint32_t> ids, Vector& out) {
  const std::span<std::string_view> data = out.data<std::string_view>();
  // Values of the log are copies: the views need one that lives as long as the vector.
  auto copies = std::make_shared<std::vector<Value>>();
  forRows(
      column, ids, out, [&](std::size_t row, const Segment& s, std::size_t rank) { data[row] = s.string(rank); },
      [&](std::size_t row, const Value& v) {
        copies->push_back(v);
        data[row] = v.string();
      });
  if (!copies->empty()) out.keepAlive(copies);
  out.keepAlive(column.segments);
}

}  // namespace

std::shared_ptr<const PropertyColumn::Impl> openColumn(std::shared_ptr<const GraphView::Impl> view,
                                                       const PropertyScope& scope) {
  auto impl = std::make_shared<PropertyColumn::Impl>();
  impl->scope = scope;
  impl->generation = view->core().property(scope).at(view->version());
  impl->segments = impl->generation->segments(view->state->bound(scope));
  impl->changes = view->writing() || impl->generation->size() > 0;
  impl->view = std::move(view);
  return impl;
}

Vector::Kind PropertyColumn::kind() const { return vectorKind(impl_->view->state->summary(impl_->scope).kinds); }

std::uint64_t PropertyColumn::count() const { return impl_->view->state->summary(impl_->scope).count; }

Value PropertyColumn::get(std::uint32_t id) const {
  if (auto value = impl_->logged(id)) return *std::move(value);
  const Segment* segment = impl_->segment(id);
  return segment == nullptr ? Value{} : segment->get(id & (kSegmentSlots - 1));
}

void PropertyColumn::gather(std::span<const std::uint32_t> ids, Vector& out) const {
  out.clear();
  out.resize(ids.size());
  switch (out.kind()) {
    case Vector::Kind::kBoolean: {
      const auto data = out.data<std::uint8_t>();
      return forRows(
          *impl_, ids, out,
          [&](std::size_t row, const Segment& s, std::size_t rank) { data[row] = s.boolean(rank) ? 1 : 0; },
          [&](std::size_t row, const Value& v) { data[row] = v.boolean() ? 1 : 0; });
    }
    case Vector::Kind::kInteger: {
      const auto data = out.data<std::int64_t>();
      return forRows(
          *impl_, ids, out, [&](std::size_t row, const Segment& s, std::size_t rank) { data[row] = s.integer(rank); },
          [&](std::size_t row, const Value& v) { data[row] = v.integer(); });
    }
    case Vector::Kind::kFloat: {
      const auto data = out.data<double>();
      return forRows(
          *impl_, ids, out, [&](std::size_t row, const Segment& s, std::size_t rank) { data[row] = s.floating(rank); },
          [&](std::size_t row, const Value& v) { data[row] = v.floating(); });
    }
    case Vector::Kind::kString:
      return gatherStrings(*impl_, ids, out);
    default: {
      const auto data = out.data<Value>();
      return forRows(
          *impl_, ids, out, [&](std::size_t row, const Segment& s, std::size_t rank) { data[row] = s.byRank(rank); },
          [&](std::size_t row, const Value& v) { data[row] = v; });
    }
  }
}

}  // namespace plexus::storage
