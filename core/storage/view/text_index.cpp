#include "core/storage/text_index.h"

#include "core/storage/codec/text_key.h"
#include "core/storage/view/view_impl.h"

namespace plexus::storage {
namespace {

void collectTerms(const GraphView::Impl& view, IndexId index, std::vector<std::string>& terms) {
  const std::string prefix = indexPrefix(index);
  view.scanIndex(prefix, afterPrefix(prefix), [&](std::string_view key) {
    const std::string_view term = textTermOf(key);
    if (terms.empty() || terms.back() != term) terms.emplace_back(term);
    return true;
  });
}

}  // namespace

void TextIndex::postings(std::string_view term, const Found& found) const {
  const std::string prefix = textTermPrefix(index_, term);
  view_.impl().scanIndex(prefix, afterPrefix(prefix),
                         [&](std::string_view key) { return found(term, textPostingOf(key)); });
}

void TextIndex::postingsOfPrefix(std::string_view prefix, const Found& found) const {
  const std::string from = textPrefix(index_, prefix);
  view_.impl().scanIndex(from, afterPrefix(from),
                         [&](std::string_view key) { return found(textTermOf(key), textPostingOf(key)); });
}

IndexTerms TextIndex::terms() const {
  const GraphView::Impl& view = view_.impl();
  return view.core().terms.terms(index_, [&] {
    std::vector<std::string> terms;
    collectTerms(view, index_, terms);
    // Lists serve later views too.
    const auto latest = view.core().state(true);
    const GraphView::Impl now{view.pin->owner(), latest};
    if (latest->version != view.version()) collectTerms(now, index_, terms);
    return terms;
  });
}

}  // namespace plexus::storage
