// core/function/context.h: what a function may know about the statement that runs it.
//
// One a worker; never shared between threads. Its clock is read once a statement: two calls of datetime() in a
// statement give the same instant.
#pragma once

#include <cstdint>
#include <memory>
#include <random>
#include <string>

#include "core/catalog/catalog.h"
#include "core/function/random.h"
#include "core/storage/graph_view.h"

namespace plexus::inference {
class Entailment;
}

namespace plexus::function {

// A point on the time line, UTC.
struct Instant {
  std::int64_t epochSecond = 0;
  std::int32_t nano = 0;
  static Instant now();
};

class RegexCache;  // core/function/regex.h

struct FunctionContext {
  Instant statement = Instant::now();     // of this statement's start
  Instant transaction = statement;        // of its transaction's start
  std::string timeZone = "UTC";           // of datetime() and time() without a zone: a tz database name or "+01:00"
  Random random{std::random_device{}()};  // rand(), randomUUID()

  // The graph that labels(), properties() and others read. Null: those functions fail with an internal error (constant
  // folding and tests do without a graph).
  const storage::GraphView* view = nullptr;
  // What patterns of the statement see beyond the asserted relationships; null: nothing.
  const inference::Entailment* entailment = nullptr;
  // True in statements that delete: then each access to a node or relationship first asks whether it still exists.
  bool mayMeetDeleted = false;

  // Compiled regular expressions, made on first use.
  std::shared_ptr<RegexCache> regexes;

  const storage::GraphView& graph() const;
  // Of graph(), as of now: a write query may have added names.
  const catalog::Catalog& catalog() const { return catalog::Catalog::of(graph()); }

  // The same statement for another worker: own random numbers, own caches.
  FunctionContext forWorker();
};

}  // namespace plexus::function
