#include "core/exec/run/parallel.h"

#include <exception>
#include <vector>

#include "core/base/parallel.h"
#include "core/function/context.h"

namespace plexus::exec {
namespace {

// Batches that the caller pulls alone before it asks others to help: about the time that starting them takes.
constexpr std::size_t kBatchesAlone = 8;

// Sets a worker's pipeline for the time of a pull.
class InPipeline {
 public:
  InPipeline(Worker& worker, std::shared_ptr<Pipeline> pipeline)
      : worker_{worker}, before_{std::exchange(worker.pipeline, std::move(pipeline))} {}
  ~InPipeline() { worker_.pipeline = std::move(before_); }
  InPipeline(const InPipeline&) = delete;
  InPipeline& operator=(const InPipeline&) = delete;

 private:
  Worker& worker_;
  std::shared_ptr<Pipeline> before_;
};

// The others: started on demand, joined at the end.
class Helpers {
 public:
  Helpers(Worker& caller, const Operator& input, std::shared_ptr<Pipeline> pipeline, const Consume& consume)
      : caller_{caller}, input_{input}, pipeline_{std::move(pipeline)}, consume_{consume} {}
  ~Helpers() {
    pipeline_->stop();
    wait();
  }
  Helpers(const Helpers&) = delete;
  Helpers& operator=(const Helpers&) = delete;

  void start(std::size_t number) {
    auto functions = std::make_shared<function::FunctionContext>(caller_.functions.forWorker());
    auto worker = std::make_shared<Worker>(Worker{caller_.context, *functions, caller_.arguments, pipeline_});
    group_.run([this, number, worker, functions] { help(number, *worker); });
  }
  void finish() {
    wait();
    if (error_) std::rethrow_exception(error_);
  }

 private:
  void help(std::size_t number, Worker& worker) {
    try {
      const auto state = input_.open(worker);
      Batch rows;
      while (!pipeline_->stopped() && input_.next(worker, *state, rows)) consume_(number, worker, rows);
    } catch (...) {
      std::lock_guard lock{mutex_};
      if (!error_) error_ = std::current_exception();
      pipeline_->stop();
    }
  }
  void wait() { group_.wait(); }

  Worker& caller_;
  const Operator& input_;
  std::shared_ptr<Pipeline> pipeline_;
  const Consume& consume_;
  TaskGroup group_;
  std::mutex mutex_;
  std::exception_ptr error_;
};

}  // namespace

std::shared_ptr<Pipeline> Pipeline::of(const Operator& top) {
  auto pipeline = std::make_shared<Pipeline>();
  const Operator* op = &top;
  for (; op->sharing() == Operator::Sharing::kRowwise; op = &op->input()) pipeline->operators_.insert(op);
  if (op->sharing() != Operator::Sharing::kSource) return nullptr;
  pipeline->source_ = op;
  return pipeline;
}

std::shared_ptr<void> Pipeline::shared(const Operator& op, const std::function<std::shared_ptr<void>()>& make) {
  std::lock_guard lock{mutex_};
  auto& slot = shared_[&op];
  if (!slot) slot = make();
  return slot;
}

void pullAll(Worker& worker, const Operator& input, Operator::State& state, bool mayShare, const Consume& consume,
             const std::function<void(std::size_t)>& prepare) {
  const ExecContext& context = worker.context;
  mayShare = mayShare && context.options.threads > 1 && context.transaction == nullptr && worker.pipeline == nullptr;
  const auto pipeline = mayShare ? Pipeline::of(input) : nullptr;
  Batch rows;
  if (!pipeline) {
    while (input.next(worker, state, rows)) consume(0, worker, rows);
    return;
  }
  const InPipeline inPipeline{worker, pipeline};
  Helpers helpers{worker, input, pipeline, consume};
  for (std::size_t batches = 0; !pipeline->stopped() && input.next(worker, state, rows); ++batches) {
    consume(0, worker, rows);
    if (batches != kBatchesAlone) continue;
    for (unsigned number = 1; number < context.options.threads; ++number) {
      prepare(number);
      helpers.start(number);
    }
  }
  helpers.finish();
}

}  // namespace plexus::exec
