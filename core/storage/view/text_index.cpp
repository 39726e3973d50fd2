#include "core/storage/text_index.h"

#include "core/storage/codec/text_key.h"
#include "core/storage/view/view_impl.h"

namespace plexus::storage {

void TermList::add(std::string_view term) {
  if (size() > 0 && (*this)[size() - 1] == term) return;
  bytes_ += term;
  ends_.push_back(static_cast<std::uint32_t>(bytes_.size()));
}

void TextIndex::postings(std::string_view term, const Found& found) const {
  const std::string prefix = textTermPrefix(index_, term);
  view_.impl().scanIndex(index_, prefix, afterPrefix(prefix),
                         [&](std::string_view key) { return found(term, textPostingOf(key)); });
}

void TextIndex::postingsOfPrefix(std::string_view prefix, const Found& found) const {
  const std::string from = textPrefix(index_, prefix);
  view_.impl().scanIndex(index_, from, afterPrefix(from),
                         [&](std::string_view key) { return found(textTermOf(key), textPostingOf(key)); });
}

IndexTerms TextIndex::terms() const {
  const GraphView::Impl& view = view_.impl();
  return view.core().index(index_).at(view.version())->terms();
}

}  // namespace plexus::storage
