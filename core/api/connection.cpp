#include <algorithm>

#include "core/api/connection_impl.h"
#include "core/api/database_impl.h"
#include "core/api/schema_command.h"
#include "core/api/show_command.h"
#include "core/inference/entailment.h"
#include "core/plan/inference_notes.h"

namespace plexus {

using api::CompiledPtr;
using api::QueryRun;
using api::Transaction;

// --- Setting up -----------------------------------------------------------------------------------------------------

Connection::Impl::Impl(std::shared_ptr<Database> database)
    : database_{std::move(database)}, id_{database_->impl().activities().newConnection()} {}

std::shared_ptr<Cancellation> Connection::Impl::newCancellation(const QueryOptions& options) {
  auto cancellation = std::make_shared<Cancellation>();
  if (options.timeout.count() > 0) cancellation->setDeadline(Cancellation::Clock::now() + options.timeout);
  recent_[nextRecent_] = cancellation;
  nextRecent_ = (nextRecent_ + 1) % recent_.size();
  current_.store(cancellation.get());
  return cancellation;
}

void Connection::Impl::interrupt() noexcept {
  if (Cancellation* current = current_.load()) current->cancel();
}

CompiledPtr Connection::Impl::compile(std::string_view text, const storage::GraphView& view,
                                      const Parameters* parameters, bool& cached) {
  return database_->impl().compile(text, view, options_, parameters, cached);
}

Connection::Impl::ResultPtr Connection::Impl::start(const CompiledPtr& shared, bool cached) {
  const api::Compiled& compiled = *shared;
  auto result = std::make_unique<Result::Impl>();
  result->database = database_;
  result->compiled = shared;
  result->summary.kind = compiled.kind;
  result->summary.options = compiled.statement->options;
  result->summary.timings.planCached = cached;
  if (!cached) {
    result->summary.timings.parseMs = compiled.parseMs;
    result->summary.timings.planMs = compiled.planMs;
  }
  if (compiled.isQuery()) {
    const auto& statement = *compiled.logical->statement;
    result->summary.warnings = statement.warnings;
    for (const auto& warning : compiled.warnings) result->summary.warnings.push_back(warning);
  }
  return result;
}

// Options of other systems' notebooks are let pass; misspelt ones of ours get a warning.
void Connection::Impl::applyOptions(const ast::Statement& statement, QueryOptions& options, Summary& summary) const {
  static constexpr std::string_view kIgnored[] = {
      "planner",          "runtime",        "version", "replan",   "interpretedpipesfallback",
      "expressionengine", "operatorengine", "debug",   "eagerness"};
  for (const auto& [key, value] : statement.options) {
    if (key == "inference") {
      if (value != "on" && value != "off") {
        throwCompile(ErrorType::kArgumentError, "InvalidArgumentValue",
                     "the option `inference` is `on` or `off`, not `" + value + "`", {});
      }
      options.inference = value == "on";
    } else if (key != "trust" && std::find(std::begin(kIgnored), std::end(kIgnored), key) == std::end(kIgnored)) {
      summary.warnings.push_back("the option `" + key + "` is not known and has no effect");
    }
  }
}

std::unique_ptr<QueryRun> Connection::Impl::makeRun(const CompiledPtr& compiled, const Parameters& parameters,
                                                    const QueryOptions& options, const storage::GraphView& view,
                                                    std::shared_ptr<Transaction> transaction) {
  QueryRun::Setup setup{
      database_, compiled, parameters, options, view, newCancellation(options), std::move(transaction)};
  setup.ownTransaction = setup.transaction && !transaction_;
  if (!transaction_) setup.activity = activity_;
  return std::make_unique<QueryRun>(std::move(setup));
}

// --- Running --------------------------------------------------------------------------------------------------------

Result Connection::Impl::run(std::string_view text, const Parameters& parameters) {
  bool cached = false;
  auto view = this->view();
  auto compiled = compile(text, view, &parameters, cached);
  return run(compiled, parameters, cached, std::move(view));
}

Result Connection::Impl::run(CompiledPtr& compiled, const Parameters& parameters, bool cached,
                             std::optional<storage::GraphView> view) {
  const auto begin = Result::Impl::Clock::now();
  if (compiled->writes()) view.reset();  // it reads its transaction, and would only keep what is older alive
  const bool open = transaction_ != nullptr;
  if (open) {
    activity_->run(compiled);
  } else {
    activity_ = std::make_shared<api::Activities::Entry>(database_->impl().activities(), id_, compiled);
  }
  // What the statement was is known no more when it has ended.
  const auto end = [&] {
    if (transaction_) {
      activity_->run(nullptr);
    } else {
      activity_.reset();
    }
  };
  ResultPtr result;
  try {
    result = runAny(compiled, parameters, start(compiled, cached), view);
  } catch (...) {
    end();
    throw;
  }
  end();
  result->summary.timings.runMs = api::millisecondsSince(begin);
  if (!result->readsOwnView()) result->view = this->view();
  return Result{std::move(result)};
}

Connection::Impl::ResultPtr Connection::Impl::runAny(CompiledPtr& compiled, const Parameters& parameters,
                                                     ResultPtr result, const std::optional<storage::GraphView>& view) {
  switch (compiled->kind) {
    case StatementKind::kExplain:
      explain(*compiled, *result);
      return result;
    case StatementKind::kShow:
      return runShow(*compiled, parameters, std::move(result), *view);
    case StatementKind::kSchema:
      runSchema(*compiled, parameters, *result);
      return result;
    case StatementKind::kTransaction:
      runTransactionCommand(std::get<ast::TransactionCommand>(compiled->statement->node));
      return result;
    default:
      return compiled->writes() ? runWrite(compiled, parameters, std::move(result))
                                : runQuery(compiled, parameters, std::move(result), *view);
  }
}

void Connection::Impl::buffer(QueryRun& run, Result::Impl& result) {
  Batch batch;
  while (run.next(batch)) result.buffered.push_back(std::move(batch));
  run.checkConstraints();
  result.summary.counters = run.counters();
  result.summary.profile = run.compiled().physical->profileText();
}

// A snapshot's rows are computed as they are asked for; those of an open transaction at once, before it changes again.
Connection::Impl::ResultPtr Connection::Impl::runQuery(const CompiledPtr& compiled, const Parameters& parameters,
                                                       ResultPtr result, const storage::GraphView& view) {
  QueryOptions options = options_;
  applyOptions(*compiled->statement, options, result->summary);
  auto run = makeRun(compiled, parameters, options, view, transaction_);
  if (transaction_) {
    buffer(*run, *result);
    result->transaction = transaction_;
  } else {
    result->view = run->view();
    result->run = std::move(run);
  }
  return result;
}

template <typename Write>
void Connection::Impl::inTransaction(Write write) {
  if (!transaction_) {
    auto own = std::make_shared<Transaction>(database_);
    write(own);
    own->commit();
    return;
  }
  const auto mark = transaction_->get().savepoint();
  try {
    write(transaction_);
  } catch (...) {
    transaction_->get().rollbackTo(mark);
    throw;
  }
}

Connection::Impl::ResultPtr Connection::Impl::runWrite(CompiledPtr& compiled, const Parameters& parameters,
                                                       ResultPtr result) {
  QueryOptions options = options_;
  applyOptions(*compiled->statement, options, result->summary);
  inTransaction([&](const std::shared_ptr<Transaction>& transaction) {
    // Another writer may have changed the schema while this one waited for its turn.
    if (!database_->impl().serves(*compiled, transaction->view())) {
      bool cached = false;
      compiled = database_->impl().compile(compiled->text, transaction->view(), options_, &parameters, cached);
    }
    const auto run = makeRun(compiled, parameters, options, transaction->view(), transaction);
    buffer(*run, *result);
  });
  result->transaction = transaction_;
  return result;
}

void Connection::Impl::runSchema(const api::Compiled& compiled, const Parameters& parameters, Result::Impl& result) {
  inTransaction([&](const std::shared_ptr<Transaction>& transaction) {
    api::runSchemaCommand(*compiled.statement, parameters, transaction->get(), result.summary);
  });
}

Connection::Impl::ResultPtr Connection::Impl::runShow(const api::Compiled& compiled, const Parameters& parameters,
                                                      ResultPtr result, const storage::GraphView& view) {
  const auto& show = std::get<ast::Show>(compiled.statement->node);
  const auto procedures = database_->procedures();
  const auto table =
      api::showTable(show, {catalog::Catalog::of(view), procedures, database_->impl().activities().list()});
  if (show.yield.empty() && !show.yieldStar && !show.where && !show.returns) {
    result->setColumns(table.shownColumns());
    result->setRows(table.shownRows());
    return result;
  }
  Parameters all = parameters;
  all[api::kShowRows] = table.asMaps();
  bool cached = false;
  const auto query = compile(api::showQuery(show, compiled.statement->text, table), view, &all, cached);
  auto shown = start(query, false);
  shown->summary = std::move(result->summary);
  return runQuery(query, all, std::move(shown), view);
}

void Connection::Impl::runTransactionCommand(const ast::TransactionCommand& command) {
  using Kind = ast::TransactionCommand::Kind;
  const auto fail = [](const char* detail, const char* message) {
    throw Error{ErrorType::kTransactionError, Phase::kRuntime, detail, message};
  };
  if (command.kind == Kind::kBegin) {
    if (transaction_) fail("TransactionOpen", "a transaction is open already: COMMIT or ROLLBACK ends it");
    transaction_ = std::make_shared<Transaction>(database_);
    return;
  }
  if (!transaction_) fail("NoTransaction", "there is no transaction: BEGIN opens one");
  const auto transaction = std::move(transaction_);
  if (command.kind == Kind::kCommit) {
    transaction->commit();
  } else {
    transaction->rollback();
  }
}

void Connection::Impl::explain(const api::Compiled& compiled, Result::Impl& result) const {
  result.setColumns({"plan"});
  const std::string text = compiled.logical->explain();
  std::vector<std::vector<Value>> rows;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    rows.push_back({Value{std::string_view{text}.substr(begin, end - begin)}});
    begin = end + 1;
  }
  if (compiled.trust) rows.push_back({Value{"trusted: what has evidence with " + compiled.trust->text()}});
  if (compiled.inference) {
    if (const auto entailment = inference::Entailment::of(view(), database_->impl().inference())) {
      for (auto& line : plan::inferenceNotes(*compiled.logical, catalog::Catalog::of(view()), *entailment)) {
        rows.push_back({Value{"inferred: " + line}});
      }
    }
  }
  result.setRows(rows);
}

// --- The public face ------------------------------------------------------------------------------------------------

Connection::Connection(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
Connection::~Connection() = default;

Result Connection::run(std::string_view text, const Parameters& parameters) { return impl_->run(text, parameters); }

PreparedStatement Connection::prepare(std::string_view text) {
  auto impl = std::make_unique<PreparedStatement::Impl>();
  bool cached = false;
  impl->compiled = impl_->compile(text, impl_->view(), nullptr, cached);
  impl->connection = impl_.get();
  return PreparedStatement{std::move(impl)};
}

void Connection::interrupt() noexcept { impl_->interrupt(); }
bool Connection::inTransaction() const { return impl_->inTransaction(); }
QueryOptions& Connection::options() { return impl_->options(); }
storage::GraphView Connection::view() const { return impl_->view(); }

PreparedStatement::PreparedStatement(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
PreparedStatement::~PreparedStatement() = default;
PreparedStatement::PreparedStatement(PreparedStatement&&) noexcept = default;
PreparedStatement& PreparedStatement::operator=(PreparedStatement&&) noexcept = default;

Result PreparedStatement::run(const Parameters& parameters) {
  auto& connection = *impl_->connection;
  bool cached = true;
  // PROFILE counts in its operators, so each run has its own.
  auto view = connection.view();
  const bool fresh = !impl_->compiled->cacheable || !connection.database()->impl().serves(*impl_->compiled, view);
  if (fresh) impl_->compiled = connection.compile(impl_->compiled->text, view, &parameters, cached);
  return connection.run(impl_->compiled, parameters, cached, std::move(view));
}

StatementKind PreparedStatement::kind() const { return impl_->compiled->kind; }

std::vector<std::string> PreparedStatement::parameters() const {
  return impl_->compiled->isQuery() ? impl_->compiled->logical->statement->parameters : std::vector<std::string>{};
}

std::vector<std::string> PreparedStatement::columns() const {
  if (impl_->compiled->kind == StatementKind::kExplain) return {"plan"};
  return impl_->compiled->columns;
}

}  // namespace plexus
