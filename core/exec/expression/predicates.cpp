#include "core/exec/expression/composite.h"
#include "core/exec/expression/logic.h"
#include "core/exec/expression/vector_builder.h"
#include "core/exec/run/reuse.h"

namespace plexus::exec {

Predicates::Predicates(const std::vector<bind::ExpressionPtr>& conjuncts, const Layout& layout, BuildContext& build)
    : evaluators_{compileAll(conjuncts, layout, build)} {}

Predicates::~Predicates() = default;

std::unique_ptr<Predicates::Scratch> Predicates::open(Worker& worker) const {
  auto scratch = std::make_unique<Scratch>();
  start(worker, *scratch);
  return scratch;
}

void Predicates::start(Worker& worker, Scratch& scratch) const { openAll(evaluators_, worker, scratch.evaluators); }

bool Predicates::Scratch::close() {
  closeOrDrop(evaluators);
  return true;
}

void Predicates::filter(Worker& worker, Scratch& scratch, Batch& rows) const {
  for (std::size_t i = 0; i < evaluators_.size() && rows.rows() > 0; ++i) {
    const Column holds = evaluators_[i]->evaluate(worker, *scratch.evaluators[i], rows);
    auto kept = std::make_shared<Selection>();
    kept->reserve(rows.rows());
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      if (holdsIn(holds, row, evaluators_[i]->span())) kept->push_back(static_cast<RowIndex>(row));
    }
    if (kept->size() < rows.rows()) rows.select(std::move(kept));
  }
}

}  // namespace plexus::exec
