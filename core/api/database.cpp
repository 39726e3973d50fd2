#include "core/api/database.h"

#include <algorithm>
#include <cctype>

#include "core/api/connection_impl.h"
#include "core/api/database_impl.h"
#include "core/api/trust_condition.h"
#include "core/exec/fulltext_procedures.h"
#include "core/function/procedures.h"
#include "core/text/analysis.h"

namespace plexus {
namespace {

std::string lowerCase(std::string_view name) {
  std::string lower{name};
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower;
}

std::shared_ptr<storage::Store> openStore(const std::filesystem::path& path, const DatabaseOptions& options) {
  storage::StoreOptions store;
  store.path = path;
  store.readOnly = options.readOnly;
  store.createIfMissing = options.createIfMissing;
  store.syncCommits = options.syncCommits;
  store.arrayBytes = options.arrayBytes;
  store.blockCacheBytes = options.blockCacheBytes;
  store.readAttachment = &catalog::Catalog::deserialize;
  store.analyse = &text::analyse;
  return storage::Store::open(store);
}

}  // namespace

Database::Impl::Impl(std::shared_ptr<storage::Store> store, DatabaseOptions options)
    : options_{options}, store_{std::move(store)}, cache_{options_.planCacheEntries} {
  for (auto& entry : function::builtInProcedures()) registerProcedure(std::move(entry));
  for (auto& entry : exec::fullTextProcedures()) registerProcedure(std::move(entry));
}

storage::Store& Database::Impl::store() const {
  if (closed_) throw Error{ErrorType::kIoError, Phase::kRuntime, "", "the database was closed"};
  return *store_;
}

void Database::Impl::close() {
  if (closed_.exchange(true)) return;
  cache_.clear();
  std::lock_guard lock{mutex_};
  trust_.clear();
  store_->close();
}

void Database::Impl::registerProcedure(function::ProcedureEntry entry) {
  std::lock_guard lock{mutex_};
  auto name = lowerCase(entry.name);
  procedures_[std::move(name)] = std::make_shared<const function::ProcedureEntry>(std::move(entry));
  ++procedureChanges_;
}

bool Database::Impl::unregisterProcedure(std::string_view name) {
  std::lock_guard lock{mutex_};
  ++procedureChanges_;
  return procedures_.erase(lowerCase(name)) > 0;
}

std::vector<std::shared_ptr<const function::ProcedureEntry>> Database::Impl::procedures() const {
  std::lock_guard lock{mutex_};
  std::vector<std::shared_ptr<const function::ProcedureEntry>> all;
  for (const auto& procedure : procedures_) all.push_back(procedure.second);
  return all;
}

std::vector<std::string> Database::Impl::procedureNames() const {
  std::vector<std::string> names;
  for (const auto& procedure : procedures()) names.push_back(procedure->name);
  return names;
}

std::shared_ptr<const function::ProcedureEntry> Database::Impl::findProcedure(std::string_view name) const {
  std::lock_guard lock{mutex_};
  const auto found = procedures_.find(lowerCase(name));
  return found == procedures_.end() ? nullptr : found->second;
}

std::shared_ptr<api::Trust> Database::Impl::trust(const std::string& condition, const storage::GraphView& view) {
  constexpr std::size_t kMost = 8;
  if (view.writing()) return std::make_shared<api::Trust>();
  std::lock_guard lock{mutex_};
  const auto known = std::find_if(trust_.begin(), trust_.end(), [&](const KeptTrust& kept) {
    return kept.condition == condition && kept.version == view.version();
  });
  if (known != trust_.end()) return known->trust;
  std::erase_if(trust_, [&](const KeptTrust& kept) { return kept.version < view.version(); });
  if (trust_.size() == kMost) trust_.pop_back();
  trust_.push_front({condition, view.version(), std::make_shared<api::Trust>()});
  return trust_.front().trust;
}

api::CompiledPtr Database::Impl::compile(std::string_view text, const storage::GraphView& view,
                                         const QueryOptions& options, const Parameters* parameters, bool& cached) {
  const auto procedures = procedureChanges_.load(std::memory_order_acquire);
  const auto key = api::PlanCache::key(text, options);
  if (auto known = cache_.find(key, view, procedures)) {
    cached = true;
    return known;
  }
  cached = false;
  // Of a transaction's own writes nothing is counted: they may never be committed.
  const catalog::Statistics statistics{view.writing() ? store().snapshot() : view, counted_};
  api::CompileContext context{view,
                              statistics,
                              options,
                              inference_,
                              parameters,
                              procedures,
                              [this](std::string_view name) { return findProcedure(name); },
                              [this] { return procedureNames(); }};
  auto compiled = api::compileStatement(text, context);
  if (compiled->cacheable) cache_.insert(key, compiled);
  return compiled;
}

Database::Database(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
Database::~Database() = default;

std::shared_ptr<Database> Database::open(const std::filesystem::path& path, const DatabaseOptions& options) {
  auto impl = std::make_unique<Impl>(openStore(path, options), options);
  return std::shared_ptr<Database>{new Database{std::move(impl)}};
}

std::shared_ptr<Database> Database::inMemory(DatabaseOptions options) { return open(":memory:", options); }

std::unique_ptr<Connection> Database::connect() {
  return std::make_unique<Connection>(std::make_unique<Connection::Impl>(shared_from_this()));
}

void Database::registerProcedure(function::ProcedureEntry entry) { impl_->registerProcedure(std::move(entry)); }
bool Database::unregisterProcedure(std::string_view name) { return impl_->unregisterProcedure(name); }
std::vector<std::shared_ptr<const function::ProcedureEntry>> Database::procedures() const {
  return impl_->procedures();
}

storage::GraphView Database::snapshot() const { return impl_->store().snapshot(); }
storage::Store& Database::store() const { return impl_->store(); }
bool Database::readOnly() const { return impl_->options().readOnly; }
bool Database::refresh() { return impl_->store().refresh(); }
void Database::close() { impl_->close(); }

}  // namespace plexus
