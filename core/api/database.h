// core/api/database.h: the way in: open a database, connect, run Cypher.
//
//   auto database = plexus::Database::open("knowledge.plexus");
//   auto connection = database->connect();
//   connection->run("CREATE (:Disease {name: 'leiomyosarcoma'})");
//   auto result = connection->run("MATCH (d:Disease {name: $name}) RETURN d.name", {{"name", "leiomyosarcoma"}});
//   for (const auto& row : result.rows()) std::cout << plexus::toDisplayText(row[0]) << '\n';
//
// Every failure is a plexus::Error (core/base/error.h); Error::render(text) shows it with the place in the statement.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/api/options.h"
#include "core/api/result.h"
#include "core/base/error.h"
#include "core/catalog/catalog.h"
#include "core/function/procedure.h"
#include "core/storage/store.h"

namespace plexus {

class Connection;
class PreparedStatement;

// A database directory, or a database in memory. Thread safety: all calls may come from any thread.
class Database : public std::enable_shared_from_this<Database> {
 public:
  // Throws Error{kIoError}: missing, locked by another writer, not a Plexus database; Error{kCorruption}: damaged, or
  // of a newer format.
  static std::shared_ptr<Database> open(const std::filesystem::path& path, const DatabaseOptions& options = {});
  // An empty one that vanishes with its last Connection and Result.
  static std::shared_ptr<Database> inMemory(DatabaseOptions options = {});
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Cheap; one a thread.
  std::unique_ptr<Connection> connect();

  // Makes `entry` callable by every Connection, in place of one of the same name. Cached plans are dropped.
  void registerProcedure(function::ProcedureEntry entry);
  // Forgets a registered procedure; false if there was none of that name.
  bool unregisterProcedure(std::string_view name);
  // All that CALL can call, built-in ones included, by name.
  std::vector<std::shared_ptr<const function::ProcedureEntry>> procedures() const;

  // The last committed state, for tools (completion, information, export).
  storage::GraphView snapshot() const;
  // Below everything: bulk load, backup, check, compaction. Plans notice what is committed through it.
  storage::Store& store() const;
  bool readOnly() const;

  // Read-only databases: sees what other processes committed since; true if anything changed.
  bool refresh();

  // Flushes and releases the directory; whatever still refers to the database then fails with an Error.
  void close();

  class Impl;
  Impl& impl() const { return *impl_; }

 private:
  explicit Database(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// Runs statements, one after another, and holds the explicit transaction that BEGIN opened. Destroying it rolls that
// back. Thread safety: one thread at a time, but for interrupt().
class Connection {
 public:
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // One statement: a query, a schema command, SHOW, EXPLAIN or PROFILE of a query, BEGIN, COMMIT or ROLLBACK. Outside
  // of BEGIN, a statement that writes is a transaction of its own. One that fails leaves no trace, also inside BEGIN
  // (the transaction goes on). Throws Error.
  Result run(std::string_view text, const Parameters& parameters = {});

  // Parses and plans now, runs later, often. Throws Error for what is wrong with the text.
  PreparedStatement prepare(std::string_view text);

  // Ends the statement that is running, with Error{kCancelled}, as soon as it looks. Without one: nothing. From any
  // thread, also from a signal handler.
  void interrupt() noexcept;

  bool inTransaction() const;

  // Changes hold for statements run afterwards.
  QueryOptions& options();

  // What the next read would see: the open transaction's state, or the last commit.
  storage::GraphView view() const;

  class Impl;
  explicit Connection(std::unique_ptr<Impl> impl);

 private:
  std::unique_ptr<Impl> impl_;
};

// A statement that was parsed and planned. Must not outlive its Connection. It is planned anew by itself when the
// schema has changed since.
class PreparedStatement {
 public:
  class Impl;
  explicit PreparedStatement(std::unique_ptr<Impl> impl);
  ~PreparedStatement();
  PreparedStatement(PreparedStatement&&) noexcept;
  PreparedStatement& operator=(PreparedStatement&&) noexcept;

  // Throws as Connection::run(); Error{kParameterMissing} if a parameter has no value.
  Result run(const Parameters& parameters = {});

  StatementKind kind() const;
  // Names of the parameters it reads, without the dollar sign.
  std::vector<std::string> parameters() const;
  // Of its result, in order. Empty for schema and transaction commands.
  std::vector<std::string> columns() const;

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace plexus
