#include "core/exec/operator/call/load_csv.h"

#include <filesystem>

#include "core/exec/run/columns.h"
#include "import/format/csv.h"

namespace plexus::exec {
namespace {

int hexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string percentDecoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? hexDigit(text[i + 1]) : -1;
    const int low = high >= 0 ? hexDigit(text[i + 2]) : -1;
    if (low < 0) {
      decoded += text[i];
    } else {
      decoded += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return decoded;
}

std::filesystem::path pathOf(const Value& url, Span span) {
  if (!url.is(ValueKind::kString)) {
    throwRuntime(ErrorType::kTypeError, "InvalidArgumentType",
                 "LOAD CSV reads from a STRING, not from " + std::string{name(url.kind())}, span);
  }
  std::string_view text = url.string();
  if (text.starts_with("file://")) {
    text.remove_prefix(7);
    if (text.starts_with("localhost/")) text.remove_prefix(9);
    return percentDecoded(text);
  }
  if (text.find("://") != std::string_view::npos) {
    throwRuntime(ErrorType::kInputError, "", "LOAD CSV reads files only, not `" + std::string{text} + "`", span);
  }
  return std::filesystem::path{text};
}

// One file, being read.
class CsvRows {
 public:
  CsvRows(const std::filesystem::path& file, const format::CsvDialect& dialect)
      : reader_{file, dialect}, name_{std::filesystem::absolute(file).string()} {
    if (!dialect.header) return;
    if (!advance()) return;
    for (const auto& cell : rows_.row(next_)) header_.emplace_back(cell.text());
    ++next_;
  }

  // The next row as a value, and the line it stands on; false at the end.
  bool next(bool asMap, Value& row, std::int64_t& line) {
    if (!advance()) return false;
    row = asMap ? asMapValue() : asList();
    line = static_cast<std::int64_t>(rows_.line(next_));
    ++next_;
    return true;
  }

  // The file's path, as a value.
  const Value& name() const { return name_; }

 private:
  bool advance() {
    while (next_ >= rows_.size()) {
      if (!reader_.next(rows_)) return false;
      next_ = 0;
      if (!rows_.defects().empty()) {
        const auto& defect = rows_.defects().front();
        throw reader_.error(defect.line, defect.column == 0 ? "" : std::to_string(defect.column), defect.message);
      }
    }
    return true;
  }

  static Value valueOf(const format::Cell& cell) {
    if (cell.empty() && !cell.quoted) return {};
    return cell.text();
  }

  Value asList() const {
    List list;
    for (const auto& cell : rows_.row(next_)) list.push_back(valueOf(cell));
    return list;
  }

  Value asMapValue() const {
    const auto cells = rows_.row(next_);
    std::vector<MapEntry> entries;
    entries.reserve(header_.size());
    for (std::size_t i = 0; i < header_.size(); ++i) {
      entries.emplace_back(header_[i], i < cells.size() ? valueOf(cells[i]) : Value{});
    }
    return Map{std::move(entries)};
  }

  format::CsvReader reader_;
  Value name_;
  format::RowBatch rows_;
  std::size_t next_ = 0;
  std::vector<std::string> header_;
};

class LoadCsv final : public Step {
 public:
  LoadCsv(Common common, EvaluatorPtr url, const bind::BoundLoadCsv& load)
      : Step{std::move(common)},
        url_{std::move(url)},
        withHeaders_{load.withHeaders},
        carry_{input().layout(), layout()} {
    dialect_.delimiter = load.fieldTerminator;
    dialect_.header = load.withHeaders;
    dialect_.escape = '\\';  // as Neo4j reads files unless told otherwise
    dialect_.escapesQuotes = true;
    const auto column = [this](VariableId variable) {
      return layout().has(variable) ? std::optional{layout().column(variable)} : std::nullopt;
    };
    rowColumn_ = column(load.variable);
    lineColumn_ = column(load.line);
    fileColumn_ = column(load.file);
  }

  std::unique_ptr<State> open(Worker& worker) const override {
    auto state = std::make_unique<Own>();
    openInputs(worker, *state);
    state->url = url_->open(worker);
    return state;
  }
  void reset(Worker& worker, State& state) const override {
    auto& own = static_cast<Own&>(state);
    resetInputs(worker, own);
    own.file.reset();
    own.rows = Batch{};
    own.row = 0;
  }

 private:
  struct Own final : InputState {
    std::unique_ptr<Evaluator::Scratch> url;
    Batch rows;
    Column urls;
    std::size_t row = 0;
    std::unique_ptr<CsvRows> file;  // of `row`
  };

  bool produce(Worker& worker, State& state, Batch& out) const override {
    auto& own = static_cast<Own&>(state);
    if (!own.file && !openNext(worker, own)) return false;
    const std::size_t enough = worker.context.options.batchRows;
    auto values = std::make_shared<Vector>(Vector::Kind::kValue);
    auto lines = std::make_shared<Vector>(Vector::Kind::kValue);
    const Value file = own.file->name();
    Value value;
    std::int64_t line = 0;
    while (values->size() < enough) {
      if (!own.file->next(withHeaders_, value, line)) {
        own.file.reset();
        break;
      }
      values->append(value);
      lines->append(line);
    }
    const std::size_t count = values->size();
    carry_.apply(own.rows, out);
    out.select(std::make_shared<const Selection>(count, static_cast<RowIndex>(own.row)));
    if (rowColumn_) out.setColumn(*rowColumn_, std::move(values));
    if (lineColumn_) out.setColumn(*lineColumn_, std::move(lines));
    if (fileColumn_) out.setColumn(*fileColumn_, repeated(file, count));
    if (!own.file) ++own.row;
    return true;
  }

  static std::shared_ptr<Vector> repeated(const Value& value, std::size_t count) {
    auto vector = std::make_shared<Vector>(Vector::Kind::kValue);
    for (std::size_t i = 0; i < count; ++i) vector->append(value);
    return vector;
  }

  bool openNext(Worker& worker, Own& own) const {
    if (own.row >= own.rows.rows()) {
      if (!input().next(worker, own.input(), own.rows)) return false;
      own.urls = url_->evaluate(worker, *own.url, own.rows);
      own.row = 0;
    }
    const auto path = pathOf(own.urls.value(own.row), url_->span());
    try {
      own.file = std::make_unique<CsvRows>(path, dialect_);
    } catch (const Error& error) {
      throw error.at(url_->span());
    }
    return true;
  }

  EvaluatorPtr url_;
  bool withHeaders_;
  format::CsvDialect dialect_;
  std::optional<ColumnIndex> rowColumn_, lineColumn_, fileColumn_;
  Carry carry_;
};

}  // namespace

OperatorPtr makeLoadCsv(const bind::BoundLoadCsv& load, Step::Common common, BuildContext& build) {
  auto url = compile(*load.url, common.inputs.front()->layout(), build);
  return std::make_unique<LoadCsv>(std::move(common), std::move(url), load);
}

}  // namespace plexus::exec
