#include "core/api/result.h"

#include "core/api/result_impl.h"
#include "core/exec/expression/vector_builder.h"

namespace plexus {
namespace {

void appendCount(std::string& text, std::uint64_t count, std::string_view verb, std::string_view one,
                 std::string_view many) {
  if (count == 0) return;
  text += text.empty() ? "" : ", ";
  text += verb;
  text += ' ' + std::to_string(count) + ' ';
  text += count == 1 ? one : many;
}

}  // namespace

std::string Counters::text() const {
  std::string text;
  appendCount(text, nodesCreated, "created", "node", "nodes");
  appendCount(text, relationshipsCreated, "created", "relationship", "relationships");
  appendCount(text, propertiesSet, "set", "property", "properties");
  appendCount(text, labelsAdded, "added", "label", "labels");
  appendCount(text, labelsRemoved, "removed", "label", "labels");
  appendCount(text, nodesDeleted, "deleted", "node", "nodes");
  appendCount(text, relationshipsDeleted, "deleted", "relationship", "relationships");
  appendCount(text, indexesAdded, "added", "index", "indexes");
  appendCount(text, indexesRemoved, "removed", "index", "indexes");
  appendCount(text, constraintsAdded, "added", "constraint", "constraints");
  appendCount(text, constraintsRemoved, "removed", "constraint", "constraints");
  if (!text.empty()) text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text;
}

bool Result::Impl::next(Batch& out) {
  if (!buffered.empty()) {
    out = std::move(buffered.front());
    buffered.pop_front();
    summary.rows += out.rows();
    return true;
  }
  out = Batch{columns().size()};
  if (!run) return false;
  const auto start = Clock::now();
  bool more = false;
  try {
    more = run->next(out);
  } catch (...) {
    run.reset();
    throw;
  }
  summary.timings.runMs += api::millisecondsSince(start);
  if (more) {
    summary.rows += out.rows();
    return true;
  }
  summary.profile = run->compiled().physical->profileText();
  run.reset();
  return false;
}

const EntitySource& Result::Impl::entities() {
  if (!entities_) {
    entities_ = std::make_unique<api::ViewEntities>([this] { return transaction ? transaction->view() : *view; });
  }
  return *entities_;
}

void Result::Impl::setRows(const std::vector<std::vector<Value>>& rows) {
  if (rows.empty()) return;
  Batch batch{columns().size()};
  batch.setRows(rows.size());
  for (ColumnIndex column = 0; column < columns().size(); ++column) {
    exec::VectorBuilder values;
    for (const auto& given : rows) values.append(given[column]);
    batch.setColumn(column, values.finish());
  }
  buffered.push_back(std::move(batch));
}

Result::Result(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
Result::~Result() = default;
Result::Result(Result&&) noexcept = default;
Result& Result::operator=(Result&&) noexcept = default;

const std::vector<std::string>& Result::columns() const { return impl_->columns(); }

bool Result::next(Batch& out) { return impl_->next(out); }

bool Result::nextRow() {
  if (impl_->started && impl_->row + 1 < impl_->current.rows()) {
    ++impl_->row;
    return true;
  }
  impl_->started = impl_->next(impl_->current);
  impl_->row = 0;
  return impl_->started;
}

Value Result::value(std::size_t column) const {
  return impl_->current.column(static_cast<ColumnIndex>(column)).value(impl_->row);
}

std::vector<std::vector<Value>> Result::rows() {
  std::vector<std::vector<Value>> rows;
  while (nextRow()) {
    auto& row = rows.emplace_back();
    row.reserve(columns().size());
    for (std::size_t column = 0; column < columns().size(); ++column) row.push_back(value(column));
  }
  return rows;
}

std::uint64_t Result::drain() {
  std::uint64_t rows = 0;
  Batch batch;
  while (impl_->next(batch)) rows += batch.rows();
  return rows;
}

const EntitySource& Result::entities() const { return impl_->entities(); }
const Summary& Result::summary() const { return impl_->summary; }

}  // namespace plexus
