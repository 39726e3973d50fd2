// tests/differential/piece.h: query text as a tree that knows which of its parts can be left out.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace plexus::test {

struct Piece {
  std::string before;       // all of it, if there are no parts
  std::string separator{};  // between parts
  std::string after{};
  std::vector<Piece> parts{};
  bool list = false;   // each part may go; without parts, nothing is left of it
  bool alone = false;  // may be replaced by any one of its parts

  std::string text() const;
  // All trees that have one part less, largest parts first.
  void reductions(const std::function<void(const Piece&)>& each) const;
};

}  // namespace plexus::test
