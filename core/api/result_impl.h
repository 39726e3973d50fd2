// core/api/result_impl.h: where a Result's rows come from.
#pragma once

#include <chrono>
#include <deque>
#include <memory>
#include <optional>

#include "core/api/entities.h"
#include "core/api/query_run.h"
#include "core/api/result.h"

namespace plexus {

class Result::Impl {
 public:
  using Clock = std::chrono::steady_clock;

  Summary summary;
  std::shared_ptr<Database> database;  // keeps open what the rows refer to
  api::CompiledPtr compiled;           // keeps the columns' names
  // Where the names and properties of entities in the rows are read: an open transaction, else a snapshot.
  std::shared_ptr<api::Transaction> transaction;
  std::optional<storage::GraphView> view;
  bool readsOwnView() const { return transaction || view; }
  const EntitySource& entities();

  const std::vector<std::string>& columns() const { return ownColumns_ ? *ownColumns_ : compiled->columns; }
  void setColumns(std::vector<std::string> columns) { ownColumns_ = std::move(columns); }

  std::deque<Batch> buffered;
  std::unique_ptr<api::QueryRun> run;  // what is not buffered; null at the end

  // The next rows; false at the end.
  bool next(Batch& out);

  // For nextRow().
  Batch current;
  std::size_t row = 0;
  bool started = false;

  // Fixed rows, e.g. of SHOW. Each has one value a column.
  void setRows(const std::vector<std::vector<Value>>& rows);

 private:
  std::optional<std::vector<std::string>> ownColumns_;  // where they are not those of a query
  std::unique_ptr<EntitySource> entities_;              // made when it is asked for
};

namespace api {
inline double millisecondsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}
}  // namespace api

}  // namespace plexus
