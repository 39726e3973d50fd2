// import/load/groups_by_text.h: the groups into which the rows of a table fall by what one of their columns says.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

namespace plexus::load {

// References to groups stay valid.
template <typename Group>
class GroupsByText {
 public:
  // That of `text`, which make(text) gives at first. O(1), and less if it is the one that was last asked for.
  template <typename Make>
  Group& of(std::string_view text, Make make) {
    if (last_ != nullptr && text == lastText_) return *last_;
    lastText_.assign(text);
    auto known = byText_.find(lastText_);
    if (known == byText_.end()) known = byText_.emplace(lastText_, &groups_.emplace_back(make(lastText_))).first;
    last_ = known->second;
    return *last_;
  }
  Group* last() const { return last_; }  // files are mostly sorted, so probably that of the next row; null: none yet

  auto begin() { return groups_.begin(); }
  auto end() { return groups_.end(); }

 private:
  std::deque<Group> groups_;
  std::unordered_map<std::string, Group*> byText_;
  std::string lastText_;
  Group* last_ = nullptr;
};

}  // namespace plexus::load
