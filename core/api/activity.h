// core/api/activity.h: the transactions of all connections of a database, and what runs in them: for SHOW TRANSACTIONS.
//
// A statement outside of an explicit transaction is a transaction of its own, until its result has been read to the end
// or given up. Thread-safe.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "core/api/compiled.h"
#include "core/function/context.h"

namespace plexus::api {

struct Activity {
  std::uint64_t transaction = 0, query = 0, connection = 0;
  function::Instant start;  // of the transaction
  CompiledPtr statement;    // null between the statements of an explicit transaction
};

class Activities {
 public:
  // A transaction that is in the list as long as this lives; the list must live longer.
  class Entry {
   public:
    Entry(Activities& all, std::uint64_t connection, CompiledPtr statement);
    ~Entry();
    Entry(const Entry&) = delete;
    Entry& operator=(const Entry&) = delete;
    // From now on this statement runs; null: none.
    void run(CompiledPtr statement);

   private:
    friend class Activities;
    Activities& all_;
    Activity activity_;  // guarded by the list's mutex
  };

  std::uint64_t newConnection();
  std::vector<Activity> list() const;  // in order of their start

 private:
  mutable std::mutex mutex_;
  std::vector<Entry*> entries_;
  std::uint64_t transactions_ = 0, queries_ = 0, connections_ = 0;
};

}  // namespace plexus::api
