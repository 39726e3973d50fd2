#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include <fmt/format.h>

#include "core/function/arithmetic.h"
#include "core/function/families.h"
#include "core/function/kernel.h"
#include "core/value/compare.h"
#include "core/value/duration.h"

namespace plexus::function {
namespace {

using Arguments = std::span<const Value>;
using Rows = std::span<const std::uint32_t>;
using Multiplicities = std::span<const std::uint64_t>;

std::uint64_t times(Multiplicities m, std::size_t i) { return m.empty() ? 1 : m[i]; }

class Count final : public AggregateState {
 public:
  void add(Arguments a, std::uint64_t multiplicity) override {
    if (!a[0].isNull()) count_ += multiplicity;
  }
  void addColumn(const Vector& values, Rows rows, Multiplicities multiplicities) override {
    if (!values.mayHaveNulls() && multiplicities.empty()) {
      count_ += rows.size();
      return;
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (!values.isNull(rows[i])) count_ += times(multiplicities, i);
    }
  }
  void merge(AggregateState& other) override { count_ += static_cast<Count&>(other).count_; }
  Value finish() override { return static_cast<std::int64_t>(count_); }
  std::size_t bytes() const override { return sizeof *this; }

 private:
  std::uint64_t count_ = 0;
};

// Adds floats so that the rounding errors of long sums do not pile up (Neumaier's variant of Kahan's algorithm).
class FloatSum {
 public:
  void add(double value) {
    const double sum = sum_ + value;
    if (std::isfinite(sum)) {
      correction_ += std::fabs(sum_) >= std::fabs(value) ? (sum_ - sum) + value : (value - sum) + sum_;
    }
    sum_ = sum;
  }
  void add(const FloatSum& other) {
    add(other.sum_);
    correction_ += other.correction_;
  }
  double value() const { return std::isfinite(sum_) ? sum_ + correction_ : sum_; }

 private:
  double sum_ = 0, correction_ = 0;
};

__extension__ using Wide = __int128;

// What sum and avg share: integers exactly (128 bits), floats compensated, durations by group.
class Total {
 public:
  void add(std::string_view function, const Value& v, std::uint64_t multiplicity) {
    if (v.isNull()) return;
    if (v.is(ValueKind::kInteger)) {
      addInteger(v.integer(), multiplicity);
    } else if (v.is(ValueKind::kFloat)) {
      addFloat(v.floating(), multiplicity);
    } else if (v.is(ValueKind::kDuration)) {
      addDurationTimes(v.duration(), multiplicity);
    } else {
      throwWrongArgument(function, "numbers or durations", v);
    }
    if (durations > 0 && count > durations) {
      throwRuntime(ErrorType::kTypeError, "InvalidArgumentValue",
                   fmt::format("{}() cannot mix numbers and durations", function));
    }
  }
  void addInteger(std::int64_t i, std::uint64_t multiplicity) {
    integers += Wide{i} * static_cast<Wide>(multiplicity);
    count += multiplicity;
  }
  void addFloat(double d, std::uint64_t multiplicity) {
    floats.add(d * static_cast<double>(multiplicity));
    anyFloat = true;
    count += multiplicity;
  }
  void merge(const Total& other) {
    integers += other.integers;
    floats.add(other.floats);
    anyFloat = anyFloat || other.anyFloat;
    if (other.durations > 0) duration = durations > 0 ? addDurations(duration, other.duration) : other.duration;
    count += other.count;
    durations += other.durations;
  }
  double number() const {
    FloatSum all = floats;
    all.add(static_cast<double>(integers));
    return all.value();
  }

  Wide integers = 0;
  FloatSum floats;
  Duration duration;
  bool anyFloat = false;
  std::uint64_t count = 0, durations = 0;  // durations are counted in both

 private:
  void addDurationTimes(const Duration& d, std::uint64_t multiplicity) {
    const Duration product = multiplicity == 1 ? d : multiplyDuration(d, static_cast<double>(multiplicity));
    duration = addDurations(duration, product);
    durations += multiplicity;
    count += multiplicity;
  }
};

class TotalState : public AggregateState {
 public:
  explicit TotalState(std::string_view function) : function_{function} {}
  void add(Arguments a, std::uint64_t multiplicity) override { total_.add(function_, a[0], multiplicity); }
  void addColumn(const Vector& values, Rows rows, Multiplicities multiplicities) override {
    if (total_.durations > 0 || (values.kind() != Vector::Kind::kInteger && values.kind() != Vector::Kind::kFloat)) {
      AggregateState::addColumn(values, rows, multiplicities);
      return;
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (values.isNull(rows[i])) continue;
      if (values.kind() == Vector::Kind::kInteger) {
        total_.addInteger(values.data<std::int64_t>()[rows[i]], times(multiplicities, i));
      } else {
        total_.addFloat(values.data<double>()[rows[i]], times(multiplicities, i));
      }
    }
  }
  void merge(AggregateState& other) override { total_.merge(static_cast<TotalState&>(other).total_); }
  std::size_t bytes() const override { return sizeof *this; }

 protected:
  std::string_view function_;
  Total total_;
};

class Sum final : public TotalState {
 public:
  Sum() : TotalState{"sum"} {}
  Value finish() override {
    if (total_.durations > 0) return total_.duration;
    if (total_.anyFloat) return total_.number();
    if (total_.integers > std::numeric_limits<std::int64_t>::max() ||
        total_.integers < std::numeric_limits<std::int64_t>::min()) {
      return total_.number();
    }
    return static_cast<std::int64_t>(total_.integers);
  }
};

class Average final : public TotalState {
 public:
  Average() : TotalState{"avg"} {}
  Value finish() override {
    if (total_.count == 0) return {};
    const auto count = static_cast<double>(total_.count);
    if (total_.durations > 0) return divideDuration(total_.duration, count);
    return total_.number() / count;
  }
};

// Null unless something was not null. Ties keep the first.
template <bool kMaximum>
class Extreme final : public AggregateState {
 public:
  void add(Arguments a, std::uint64_t) override { take(a[0]); }
  void addColumn(const Vector& values, Rows rows, Multiplicities multiplicities) override {
    if (values.kind() != Vector::Kind::kInteger) {
      AggregateState::addColumn(values, rows, multiplicities);
      return;
    }
    std::optional<std::int64_t> best;
    for (const std::uint32_t row : rows) {
      if (values.isNull(row)) continue;
      const std::int64_t value = values.data<std::int64_t>()[row];
      if (!best || (kMaximum ? value > *best : value < *best)) best = value;
    }
    if (best) take(*best);
  }
  void merge(AggregateState& other) override { take(static_cast<Extreme&>(other).best_); }
  Value finish() override { return best_; }
  std::size_t bytes() const override { return sizeof *this; }

 private:
  void take(const Value& v) {
    if (v.isNull()) return;
    if (best_.isNull() || (kMaximum ? order(v, best_) > 0 : order(v, best_) < 0)) best_ = v;
  }
  Value best_;
};

class Collect final : public AggregateState {
 public:
  void add(Arguments a, std::uint64_t multiplicity) override {
    if (a[0].isNull()) return;
    list_.insert(list_.end(), multiplicity, a[0]);
    heapBytes_ += a[0].heapBytes();
  }
  void merge(AggregateState& other) override {
    auto& theirs = static_cast<Collect&>(other);
    list_.insert(list_.end(), std::make_move_iterator(theirs.list_.begin()),
                 std::make_move_iterator(theirs.list_.end()));
    heapBytes_ += theirs.heapBytes_;
    theirs.list_.clear();
  }
  Value finish() override { return std::move(list_); }
  std::size_t bytes() const override { return sizeof *this + list_.capacity() * sizeof(Value) + heapBytes_; }

 private:
  List list_;
  std::size_t heapBytes_ = 0;
};

// Welford's running mean and squared deviations; Chan's formula merges two.
template <bool kPopulation>
class Deviation final : public AggregateState {
 public:
  void add(Arguments a, std::uint64_t multiplicity) override {
    if (a[0].isNull()) return;
    const double value = numberArgument(kPopulation ? "stDevP" : "stDev", a[0]);
    merge(static_cast<double>(multiplicity), value, 0);
  }
  void merge(AggregateState& other) override {
    const auto& theirs = static_cast<Deviation&>(other);
    if (theirs.count_ > 0) merge(theirs.count_, theirs.mean_, theirs.squares_);
  }
  Value finish() override {
    if (count_ == 0) return {};
    if (kPopulation) return std::sqrt(squares_ / count_);
    return count_ > 1 ? std::sqrt(squares_ / (count_ - 1)) : 0.0;
  }
  std::size_t bytes() const override { return sizeof *this; }

 private:
  void merge(double count, double mean, double squares) {
    const double all = count_ + count;
    const double difference = mean - mean_;
    squares_ += squares + difference * difference * count_ * count / all;
    mean_ += difference * count / all;
    count_ = all;
  }
  double count_ = 0, mean_ = 0, squares_ = 0;
};

// Keeps all values; the percentile is the second argument of any row (it is the same in all).
template <bool kContinuous>
class Percentile final : public AggregateState {
 public:
  void add(Arguments a, std::uint64_t multiplicity) override {
    const char* function = kContinuous ? "percentileCont" : "percentileDisc";
    const double percentile = numberArgument(function, a[1]);
    if (!(percentile >= 0 && percentile <= 1)) {
      throwArgument("NumberOutOfRange",
                    fmt::format("the percentile of {}() must lie in [0, 1], but is {}", function, describe(a[1])));
    }
    percentile_ = percentile;
    if (a[0].isNull()) return;
    numberArgument(function, a[0]);
    values_.insert(values_.end(), multiplicity, a[0]);
  }
  void merge(AggregateState& other) override {
    auto& theirs = static_cast<Percentile&>(other);
    values_.insert(values_.end(), theirs.values_.begin(), theirs.values_.end());
    if (!theirs.values_.empty()) percentile_ = theirs.percentile_;
    theirs.values_.clear();
  }
  Value finish() override {
    if (values_.empty()) return {};
    std::sort(values_.begin(), values_.end(), [](const Value& a, const Value& b) { return order(a, b) < 0; });
    return kContinuous ? interpolated() : nearest();
  }
  std::size_t bytes() const override { return sizeof *this + values_.capacity() * sizeof(Value); }

 private:
  Value interpolated() const {
    const double place = percentile_ * static_cast<double>(values_.size() - 1);
    const double below = std::floor(place);
    const double low = values_[static_cast<std::size_t>(below)].number();
    if (place == below) return low;
    const double high = values_[static_cast<std::size_t>(below) + 1].number();
    return low + (high - low) * (place - below);
  }
  Value nearest() const {
    const double place = std::ceil(percentile_ * static_cast<double>(values_.size()));
    return values_[place < 1 ? 0 : static_cast<std::size_t>(place) - 1];
  }

  double percentile_ = 0;
  List values_;
};

template <typename State>
std::unique_ptr<AggregateState> make() {
  return std::make_unique<State>();
}

Type sameType(std::span<const Type> a) { return a[0]; }
Type listOfIt(std::span<const Type> a) { return Type::list(a[0]); }
Type sumType(std::span<const Type> a) {
  const bool number = a[0].is(TypeKind::kInteger) || a[0].is(TypeKind::kFloat) || a[0].is(TypeKind::kNumber);
  return number ? Type{TypeKind::kNumber} : Type{};  // floats of no rows: the integer 0; many integers: a float
}

constexpr std::string_view kPercentile = "(value :: NUMBER, percentile :: NUMBER) :: FLOAT";

}  // namespace

std::span<const AggregateSpec> aggregateFunctions() {
  static const AggregateSpec kTable[] = {
      {.name = "count",
       .signatures = "(value :: ANY) :: INTEGER",
       .description = "The number of values that are not null; count(*) is the number of rows.",
       .example = "UNWIND [1, null, 2] AS x RETURN count(x)",
       .result = "2",
       .make = make<Count>},
      {.name = "sum",
       .signatures = "(value :: NUMBER) :: NUMBER\n(value :: DURATION) :: DURATION",
       .description = "The sum of numbers or durations, 0 of none; a float where the integers do not fit 64 bits.",
       .example = "UNWIND [1, null, 2.5] AS x RETURN sum(x)",
       .result = "3.5",
       .make = make<Sum>,
       .resultType = sumType},
      {.name = "avg",
       .signatures = "(value :: NUMBER) :: FLOAT\n(value :: DURATION) :: DURATION",
       .description = "The mean of numbers or durations; null of none.",
       .example = "UNWIND [1, 2] AS x RETURN avg(x)",
       .result = "1.5",
       .make = make<Average>},
      {.name = "min",
       .signatures = "(value :: ANY) :: ANY",
       .description = "The least value in the order of ORDER BY; null of none.",
       .example = "UNWIND [3, 'a', 1] AS x RETURN min(x)",
       .result = "'a'",
       .make = make<Extreme<false>>,
       .resultType = sameType},
      {.name = "max",
       .signatures = "(value :: ANY) :: ANY",
       .description = "The greatest value in the order of ORDER BY; null of none.",
       .example = "UNWIND [3, 'a', 1] AS x RETURN max(x)",
       .result = "3",
       .make = make<Extreme<true>>,
       .resultType = sameType},
      {.name = "collect",
       .signatures = "(value :: ANY) :: LIST<ANY>",
       .description = "All values that are not null, in a list.",
       .example = "UNWIND [3, null, 1] AS x RETURN collect(x)",
       .result = "[3, 1]",
       .make = make<Collect>,
       .resultType = listOfIt,
       .ordered = true},
      {.name = "stDev",
       .signatures = "(value :: NUMBER) :: FLOAT",
       .description = "The standard deviation of a sample (divided by n - 1); 0.0 of one value, null of none.",
       .example = "UNWIND [1, 3] AS x RETURN stDev(x)",
       .result = "1.4142135623730951",
       .make = make<Deviation<false>>},
      {.name = "stDevP",
       .signatures = "(value :: NUMBER) :: FLOAT",
       .description = "The standard deviation of a whole population (divided by n); null of none.",
       .example = "UNWIND [1, 3] AS x RETURN stDevP(x)",
       .result = "1.0",
       .make = make<Deviation<true>>},
      {.name = "percentileCont",
       .signatures = kPercentile,
       .description = "The value below which a share (0 to 1) of all values lies, interpolated; null of none.",
       .example = "UNWIND [10, 20, 40] AS x RETURN percentileCont(x, 0.75)",
       .result = "30.0",
       .make = make<Percentile<true>>},
      {.name = "percentileDisc",
       .signatures = "(value :: INTEGER, percentile :: NUMBER) :: INTEGER\n"
                     "(value :: NUMBER, percentile :: NUMBER) :: NUMBER",
       .description = "The least value so that at least a share (0 to 1) of all values is not greater; null of none.",
       .example = "UNWIND [10, 20, 40] AS x RETURN percentileDisc(x, 0.5)",
       .result = "20",
       .make = make<Percentile<false>>}};
  return kTable;
}

}  // namespace plexus::function
