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
#include "core/storage/graph_view.h"

namespace plexus::function {

// A point on the time line, UTC.
struct Instant {
  std::int64_t epochSecond = 0;
  std::int32_t nano = 0;
  static Instant now();
};

class RegexCache;  // core/function/regex.h

// Random numbers, seeded at the first: most statements ask for none, and seeding costs as much as running a small one.
// A copy is a source of its own.
class RandomSource {
 public:
  using result_type = std::mt19937_64::result_type;
  RandomSource() = default;
  RandomSource(const RandomSource&) noexcept {}
  RandomSource& operator=(const RandomSource&) noexcept {
    engine_.reset();
    return *this;
  }
  ~RandomSource() = default;

  static constexpr result_type min() { return std::mt19937_64::min(); }
  static constexpr result_type max() { return std::mt19937_64::max(); }
  result_type operator()() {
    if (!engine_) engine_ = std::make_unique<std::mt19937_64>(seed());
    return (*engine_)();
  }

 private:
  static result_type seed();  // another one each time, in all threads
  std::unique_ptr<std::mt19937_64> engine_;
};

struct FunctionContext {
  Instant statement = Instant::now();  // of this statement's start
  Instant transaction = statement;     // of its transaction's start
  std::string timeZone = "UTC";        // of datetime() and time() without a zone: a tz database name or "+01:00"
  RandomSource random;                 // rand(), randomUUID()

  // The graph that labels(), properties() and others read. Null: those functions fail with an internal error (constant
  // folding and tests do without a graph).
  const storage::GraphView* view = nullptr;
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
