// core/api/result.h: what a statement gave: rows, and a summary of what it did.
//
//   Result result = connection.run("MATCH (d:Disease) RETURN d.name AS name, d");
//   while (result.nextRow()) std::cout << toDisplayText(result.value(0)) << toCypherText(result.value(1),
//                                                                                         &result.entities());
//
// Rows of a read query are computed as they are asked for; those of a writing statement are there when run() returns.
// A Result may be destroyed at any time: what is left of a read query is then not computed.
// Thread safety: one thread at a time. It keeps the database open; it may outlive its Connection.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/value/batch.h"
#include "core/value/print.h"

namespace plexus {

// What a statement changed, counted as it changed it (a property set to the value it had counts).
struct Counters {
  std::uint64_t nodesCreated = 0, nodesDeleted = 0;
  std::uint64_t relationshipsCreated = 0, relationshipsDeleted = 0;
  std::uint64_t propertiesSet = 0;
  std::uint64_t labelsAdded = 0, labelsRemoved = 0;
  std::uint64_t indexesAdded = 0, indexesRemoved = 0;
  std::uint64_t constraintsAdded = 0, constraintsRemoved = 0;

  bool any() const { return *this != Counters{}; }
  friend bool operator==(const Counters&, const Counters&) = default;
  // "Created 2 nodes, set 1 property": for people. Empty if nothing changed.
  std::string text() const;
};

enum class StatementKind : std::uint8_t { kRead, kWrite, kSchema, kShow, kTransaction, kExplain };

struct Timings {
  double parseMs = 0;  // text to syntax tree; zero if the plan was cached
  double planMs = 0;   // binding and planning; zero if the plan was cached
  double runMs = 0;    // so far: inside run() and next(), commit included
  bool planCached = false;
};

struct Summary {
  StatementKind kind = StatementKind::kRead;
  Counters counters;
  Timings timings;
  std::vector<std::string> warnings;                         // unknown labels and the like, with "did you mean"
  std::vector<std::pair<std::string, std::string>> options;  // of `CYPHER k=v ...`, as given
  std::string profile;     // of PROFILE, once all rows were read: the plan with what each operator did
  std::uint64_t rows = 0;  // given so far
};

class Result {
 public:
  class Impl;
  explicit Result(std::unique_ptr<Impl> impl);
  ~Result();
  Result(Result&&) noexcept;
  Result& operator=(Result&&) noexcept;

  // Names of the columns, in order. Empty for statements that give no rows.
  const std::vector<std::string>& columns() const;

  // The next rows, as typed columns in order of columns(); false at the end, where `out` is empty. Not to be mixed with
  // nextRow(). Throws Error; the Result is then at its end.
  bool next(Batch& out);

  // Steps to the next row; false at the end. Throws as next().
  bool nextRow();
  // A cell of the current row. Requires that nextRow() returned true; column < columns().size().
  Value value(std::size_t column) const;

  // All rows that are left.
  std::vector<std::vector<Value>> rows();
  // Runs to the end without keeping rows; the number of rows passed over.
  std::uint64_t drain();

  // Labels, types and properties of the nodes and relationships in the rows, as the query saw them (of a writing
  // statement: as it left them). Valid as long as this Result.
  const EntitySource& entities() const;

  // Counters of a writing statement are complete at once; runMs, rows, profile grow until the end.
  const Summary& summary() const;

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace plexus
