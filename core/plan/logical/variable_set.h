// core/plan/logical/variable_set.h: sets of variables, as bits: statements number their variables densely.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <vector>

#include "core/bind/bound_expression.h"

namespace plexus::plan {

class VariableSet {
 public:
  VariableSet() = default;
  VariableSet(std::initializer_list<bind::VariableId> variables) {
    for (auto v : variables) add(v);
  }
  explicit VariableSet(const std::vector<bind::VariableId>& variables) { addAll(variables); }

  // kNoVariable is never a member: adding it does nothing.
  void add(bind::VariableId v) {
    if (v == bind::kNoVariable) return;
    if (v / 64 >= words_.size()) words_.resize(v / 64 + 1);
    words_[v / 64] |= std::uint64_t{1} << (v % 64);
  }
  void addAll(const std::vector<bind::VariableId>& variables) {
    for (auto v : variables) add(v);
  }
  void remove(bind::VariableId v) {
    if (has(v)) words_[v / 64] &= ~(std::uint64_t{1} << (v % 64));
  }
  bool has(bind::VariableId v) const {
    return v != bind::kNoVariable && v / 64 < words_.size() && (words_[v / 64] >> (v % 64) & 1) != 0;
  }

  VariableSet& operator|=(const VariableSet& other) {
    if (other.words_.size() > words_.size()) words_.resize(other.words_.size());
    for (std::size_t i = 0; i < other.words_.size(); ++i) words_[i] |= other.words_[i];
    return *this;
  }
  VariableSet& operator&=(const VariableSet& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= i < other.words_.size() ? other.words_[i] : 0;
    return *this;
  }
  VariableSet& operator-=(const VariableSet& other) {
    for (std::size_t i = 0; i < words_.size() && i < other.words_.size(); ++i) words_[i] &= ~other.words_[i];
    return *this;
  }
  friend VariableSet operator|(VariableSet a, const VariableSet& b) { return a |= b; }
  friend VariableSet operator&(VariableSet a, const VariableSet& b) { return a &= b; }
  friend VariableSet operator-(VariableSet a, const VariableSet& b) { return a -= b; }

  bool empty() const {
    for (auto w : words_) {
      if (w != 0) return false;
    }
    return true;
  }
  bool within(const VariableSet& other) const { return (*this - other).empty(); }
  bool meets(const VariableSet& other) const { return !(*this & other).empty(); }

  // Ascending.
  std::vector<bind::VariableId> list() const {
    std::vector<bind::VariableId> out;
    for (std::size_t i = 0; i < words_.size() * 64; ++i) {
      if (has(static_cast<bind::VariableId>(i))) out.push_back(static_cast<bind::VariableId>(i));
    }
    return out;
  }

 private:
  std::vector<std::uint64_t> words_;
};

}  // namespace plexus::plan
