#include "tests/differential/piece.h"

namespace plexus::test {

std::string Piece::text() const {
  if (list && parts.empty()) return "";
  std::string out = before;
  for (std::size_t i = 0; i < parts.size(); ++i) out += (i == 0 ? "" : separator) + parts[i].text();
  return out + after;
}

void Piece::reductions(const std::function<void(const Piece&)>& each) const {
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (alone) each(parts[i]);
    if (!list) continue;
    Piece less = *this;
    less.parts.erase(less.parts.begin() + static_cast<std::ptrdiff_t>(i));
    each(less);
  }
  for (std::size_t i = 0; i < parts.size(); ++i) {
    parts[i].reductions([&](const Piece& part) {
      Piece changed = *this;
      changed.parts[i] = part;
      each(changed);
    });
  }
}

}  // namespace plexus::test
