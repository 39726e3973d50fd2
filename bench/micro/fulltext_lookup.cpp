// bench/micro/fulltext_lookup.cpp: how long a full-text look-up takes among many names.
//
//   bench_fulltext_lookup [NAMES | FILE]      100,000 unless said otherwise; FILE: a name a line
//
// Names are made of syllables, two or three words each, a third of the words common to many. Each kind of look-up is
// asked 300 times for the longest word of a name, or that word misspelt so that no name has it; every answer must hold
// that name. Prints median, 95th percentile and maximum in milliseconds, a line a kind.
#include <algorithm>
#include <cctype>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <random>
#include <string>
#include <unordered_set>
#include <vector>

#include "core/api/database.h"

namespace {

using Clock = std::chrono::steady_clock;

double millisecondsSince(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

class Names {
 public:
  explicit Names(std::size_t count) {
    for (int i = 0; i < 300; ++i) common_.push_back(word(2));
    for (std::size_t i = 0; i < count; ++i) {
      std::string name = word(3 + below(3));
      for (std::size_t more = 1 + below(2); more > 0; --more) {
        name += " " + (below(3) == 0 ? common_[below(common_.size())] : word(2 + below(3)));
      }
      names_.push_back(std::move(name));
    }
    collectWords();
  }
  explicit Names(std::ifstream file) {
    for (std::string name; std::getline(file, name);) names_.push_back(std::move(name));
    collectWords();
  }

  const std::vector<std::string>& all() const { return names_; }
  std::size_t below(std::size_t n) { return random_() % n; }

  // One that has a word of some length, and nothing that queries have to quote.
  const std::string& any() {
    for (;;) {
      const std::string& name = names_[below(names_.size())];
      if (longestWord(name).size() >= kLetters && name.find_first_of("\"\\") == std::string::npos) return name;
    }
  }
  static std::string longestWord(const std::string& name) {
    std::string longest;
    for (const std::string& word : wordsOf(name)) {
      const bool plain = std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
      if (plain && word.size() > longest.size()) longest = word;
    }
    return longest;
  }
  // A word with one letter replaced, left out, or exchanged with the next: not one that a name has, which would be
  // found.
  std::string misspelt(const std::string& text) {
    for (;;) {
      std::string word = withMistake(text);
      if (!words_.contains(word)) return word;
    }
  }

 private:
  static constexpr std::size_t kLetters = 6;

  static std::vector<std::string> wordsOf(const std::string& name) {
    std::vector<std::string> words(1);
    for (const unsigned char c : name) {
      if (std::isalnum(c) != 0 || c == '_' || c == '\'' || c >= 0x80) {
        words.back() += static_cast<char>(std::tolower(c));
      } else if (!words.back().empty()) {
        words.emplace_back();
      }
    }
    return words;
  }
  void collectWords() {
    for (const std::string& name : names_) {
      for (std::string& word : wordsOf(name)) words_.insert(std::move(word));
    }
  }

  std::string withMistake(std::string text) {
    const std::size_t at = 1 + below(text.size() - 2);
    switch (below(3)) {
      case 0:
        text[at] = 'q';
        break;
      case 1:
        text.erase(at, 1);
        break;
      default:
        std::swap(text[at], text[at + 1]);
    }
    return text;
  }

  std::string word(std::size_t syllables) {
    static const std::vector<std::string> kSyllables{"leio", "myo", "sar", "co",  "ma",  "pred", "ni",  "so",
                                                     "lone", "tra", "bec", "te",  "din", "gem",  "ci",  "ta",
                                                     "bine", "pa",  "zo",  "pa",  "nib", "ol",   "mab", "lu",
                                                     "ri",   "fe",  "xor", "ubi", "cin", "hy",   "dro", "chlo"};
    std::string out;
    for (; syllables > 0; --syllables) out += kSyllables[below(kSyllables.size())];
    return out;
  }

  std::mt19937_64 random_{1};
  std::vector<std::string> common_, names_;
  std::unordered_set<std::string> words_;
};

void load(plexus::Connection& connection, const std::vector<std::string>& names) {
  constexpr std::size_t kBatch = 10'000;
  for (std::size_t begin = 0; begin < names.size(); begin += kBatch) {
    plexus::List some;
    for (std::size_t i = begin; i < std::min(begin + kBatch, names.size()); ++i) some.emplace_back(names[i]);
    connection.run("UNWIND $names AS name CREATE (:N {name: name})", {{"names", std::move(some)}}).drain();
  }
}

template <typename Query>
void measure(plexus::Connection& connection, Names& names, const char* kind, Query query) {
  std::vector<double> times;
  std::size_t missing = 0;
  for (int i = 0; i < 300; ++i) {
    const std::string& name = names.any();
    const std::string text = query(name);
    const auto start = Clock::now();
    auto result = connection.run(
        "CALL db.index.fulltext.queryNodes('names', $text) YIELD node RETURN node.name AS name", {{"text", text}});
    const auto rows = result.rows();
    times.push_back(millisecondsSince(start));
    missing += std::none_of(rows.begin(), rows.end(), [&](const auto& row) { return row[0].string() == name; }) ? 1 : 0;
  }
  std::sort(times.begin(), times.end());
  std::printf("%-8s median %.2f ms, 95%% %.2f ms, maximum %.2f ms, not found %zu\n", kind, times[times.size() / 2],
              times[times.size() * 95 / 100], times.back(), missing);
}

}  // namespace

int main(int argc, char** argv) {
  const bool fromFile = argc > 1 && std::isdigit(static_cast<unsigned char>(argv[1][0])) == 0;
  Names names = fromFile ? Names{std::ifstream{argv[1]}} : Names{argc > 1 ? std::stoull(argv[1]) : 100'000};
  const auto connection = plexus::Database::inMemory()->connect();
  load(*connection, names.all());
  auto start = Clock::now();
  connection->run("CREATE FULLTEXT INDEX names FOR (n:N) ON EACH [n.name]");
  std::printf("%zu names, index built in %.0f ms\n", names.all().size(), millisecondsSince(start));
  start = Clock::now();
  connection->run("CALL db.index.fulltext.queryNodes('names', 'sracoma~')").drain();
  std::printf("first    %.2f ms\n", millisecondsSince(start));
  measure(*connection, names, "word", Names::longestWord);
  measure(*connection, names, "prefix",
          [&](const std::string& name) { return Names::longestWord(name).substr(0, 6) + "*"; });
  measure(*connection, names, "phrase", [](const std::string& name) { return "\"" + name + "\""; });
  measure(*connection, names, "fuzzy1",
          [&](const std::string& name) { return names.misspelt(Names::longestWord(name)) + "~1"; });
  measure(*connection, names, "fuzzy",
          [&](const std::string& name) { return names.misspelt(Names::longestWord(name)) + "~"; });
  measure(*connection, names, "typo",
          [&](const std::string& name) { return names.misspelt(Names::longestWord(name)); });
  return 0;
}
