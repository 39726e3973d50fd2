// core/api/connection_impl.h: how a Connection runs each kind of statement.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <optional>

#include "core/api/activity.h"
#include "core/api/compiled.h"
#include "core/api/database.h"
#include "core/api/result_impl.h"
#include "core/api/transaction.h"
#include "core/base/cancellation.h"

namespace plexus {

class Connection::Impl {
 public:
  explicit Impl(std::shared_ptr<Database> database);

  Result run(std::string_view text, const Parameters& parameters);
  // `compiled` is compiled anew if it no longer serves. `view` is the one that it was found to serve for: what a query
  // reads.
  Result run(api::CompiledPtr& compiled, const Parameters& parameters, bool cached,
             std::optional<storage::GraphView> view);
  api::CompiledPtr compile(std::string_view text, const storage::GraphView& view, const Parameters* parameters,
                           bool& cached);

  void interrupt() noexcept;
  bool inTransaction() const { return transaction_ != nullptr; }
  QueryOptions& options() { return options_; }
  storage::GraphView view() const { return transaction_ ? transaction_->view() : database_->snapshot(); }
  const std::shared_ptr<Database>& database() const { return database_; }

 private:
  using ResultPtr = std::unique_ptr<Result::Impl>;

  ResultPtr start(const api::CompiledPtr& compiled, bool cached);
  ResultPtr runAny(api::CompiledPtr& compiled, const Parameters& parameters, ResultPtr result,
                   const std::optional<storage::GraphView>& view);
  void applyOptions(const ast::Statement& statement, QueryOptions& options, Summary& summary) const;
  ResultPtr runQuery(const api::CompiledPtr& compiled, const Parameters& parameters, ResultPtr result,
                     const storage::GraphView& view);
  ResultPtr runWrite(api::CompiledPtr& compiled, const Parameters& parameters, ResultPtr result);
  void runSchema(const api::Compiled& compiled, const Parameters& parameters, Result::Impl& result);
  ResultPtr runShow(const api::Compiled& compiled, const Parameters& parameters, ResultPtr result,
                    const storage::GraphView& view);
  void runTransactionCommand(const ast::TransactionCommand& command);
  void explain(const api::Compiled& compiled, Result::Impl& result) const;

  // Calls `write(transaction)` in the open transaction (undone if it throws), or in one of its own.
  template <typename Write>
  void inTransaction(Write write);
  std::unique_ptr<api::QueryRun> makeRun(const api::CompiledPtr& compiled, const Parameters& parameters,
                                         const QueryOptions& options, const storage::GraphView& view,
                                         std::shared_ptr<api::Transaction> transaction);
  static void buffer(api::QueryRun& run, Result::Impl& result);
  std::shared_ptr<Cancellation> newCancellation(const QueryOptions& options);

  std::shared_ptr<Database> database_;
  QueryOptions options_;
  std::uint64_t id_;
  std::shared_ptr<api::Transaction> transaction_;  // of BEGIN
  // Of the open transaction, or of the statement that runs; a result that is still to be computed keeps it.
  std::shared_ptr<api::Activities::Entry> activity_;

  // interrupt() may come from a signal handler, so it takes no lock; the last statements' handles are kept, since it
  // may have read the pointer just before it changed.
  std::array<std::shared_ptr<Cancellation>, 16> recent_;
  std::size_t nextRecent_ = 0;
  std::atomic<Cancellation*> current_{nullptr};
};

class PreparedStatement::Impl {
 public:
  Connection::Impl* connection = nullptr;
  api::CompiledPtr compiled;
};

}  // namespace plexus
