#include "core/exec/operator/write/create.h"

namespace plexus::exec {
namespace {

class Create final : public WritingStep {
 public:
  Create(Common common, const Layout& work, std::unique_ptr<PatternCreator> creator)
      : WritingStep{std::move(common), work}, creator_{std::move(creator)} {}

 private:
  struct Own final : WriteState {
    using WriteState::WriteState;
    std::unique_ptr<PatternCreator::Scratch> creator;
  };

  std::unique_ptr<WriteState> makeState(Worker& worker) const override {
    auto state = std::make_unique<Own>(worker.context.memory);
    state->creator = creator_->open(worker);
    return state;
  }

  void write(Worker& worker, WriteState& state, std::deque<Batch>& batches) const override {
    for (Batch& batch : batches) {
      if (worker.context.cancellation) worker.context.cancellation->check();
      creator_->create(worker, *static_cast<Own&>(state).creator, batch);
    }
  }

  std::unique_ptr<PatternCreator> creator_;
};

}  // namespace

OperatorPtr makeCreate(const bind::BoundCreate& create, Step::Common common, BuildContext& build) {
  Layout work = inputLayout(common);
  auto creator = std::make_unique<PatternCreator>(create, work, false, build);
  return std::make_unique<Create>(std::move(common), work, std::move(creator));
}

}  // namespace plexus::exec
