// core/api/transaction.h: the write transaction of a Connection (BEGIN ... COMMIT) or of one statement.
#pragma once

#include <memory>

#include "core/api/database.h"
#include "core/function/context.h"

namespace plexus::api {

// Results of an explicit transaction read names and properties through it as long as it is open, then from the last
// commit.
class Transaction {
 public:
  explicit Transaction(std::shared_ptr<Database> database)
      : database_{std::move(database)}, transaction_{database_->store().begin()} {}

  storage::WriteTransaction& get() { return *transaction_; }
  storage::GraphView view() const { return transaction_ ? transaction_->view() : database_->snapshot(); }
  bool open() const { return transaction_ != nullptr; }
  const function::Instant& start() const { return start_; }

  void commit() {
    const auto transaction = std::move(transaction_);
    if (transaction->hasChanges()) transaction->commit();
  }
  void rollback() { transaction_.reset(); }
  // Commits, and goes on with a new one.
  storage::WriteTransaction& commitAndContinue() {
    commit();
    transaction_ = database_->store().begin();
    return *transaction_;
  }

 private:
  std::shared_ptr<Database> database_;
  std::unique_ptr<storage::WriteTransaction> transaction_;
  function::Instant start_ = function::Instant::now();
};

}  // namespace plexus::api
