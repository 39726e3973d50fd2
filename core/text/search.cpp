#include "core/text/search.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "core/base/error.h"
#include "core/base/nearest_name.h"
#include "core/storage/text_index.h"
#include "core/text/analysis.h"
#include "core/text/similar.h"

namespace plexus::text {
namespace {

using Kind = TextQuery::Kind;
using Occur = TextQuery::Occur;

constexpr std::size_t kMostSimilar = 50;  // terms that stand for one that is misspelt
constexpr double kMisspeltWeight = 0.5;   // of what was not asked for
constexpr std::uint8_t kAnyField = 0xFF;

// Entities with their scores, in order of (type, entity).
struct Scored {
  std::uint64_t entity;
  double score;
};
using Results = std::vector<Scored>;

std::uint64_t packed(const storage::TextPosting& posting) {
  return (std::uint64_t{posting.type} << 32) | posting.entity;
}

// Those in either (or, if `all`, in both); `join` makes one score of two.
template <typename Join>
Results merged(const Results& a, const Results& b, bool all, Join join) {
  Results out;
  std::size_t i = 0, j = 0;
  while (i < a.size() || j < b.size()) {
    if (j == b.size() || (i < a.size() && a[i].entity < b[j].entity)) {
      if (!all) out.push_back(a[i]);
      ++i;
    } else if (i == a.size() || b[j].entity < a[i].entity) {
      if (!all) out.push_back(b[j]);
      ++j;
    } else {
      out.push_back({a[i].entity, join(a[i].score, b[j].score)});
      ++i, ++j;
    }
  }
  return out;
}

double larger(double a, double b) { return std::max(a, b); }
double sum(double a, double b) { return a + b; }

Results without(const Results& from, const Results& what) {
  Results out;
  std::set_difference(from.begin(), from.end(), what.begin(), what.end(), std::back_inserter(out),
                      [](const Scored& a, const Scored& b) { return a.entity < b.entity; });
  return out;
}

// Postings of several terms gathered: of an entity the best one counts.
class Gathered {
 public:
  void add(const storage::TextPosting& posting, double weight) {
    const std::uint64_t entity = packed(posting);
    const double score = weight * termWeight(posting.frequency, posting.length);
    if (!results_.empty() && results_.back().entity == entity) {
      results_.back().score = std::max(results_.back().score, score);
      return;
    }
    sorted_ = sorted_ && (results_.empty() || results_.back().entity < entity);
    results_.push_back({entity, score});
  }

  Results take() {
    if (sorted_) return std::move(results_);
    std::sort(results_.begin(), results_.end(), [](const Scored& a, const Scored& b) {
      return a.entity != b.entity ? a.entity < b.entity : a.score > b.score;
    });
    const auto same = [](const Scored& a, const Scored& b) { return a.entity == b.entity; };
    results_.erase(std::unique(results_.begin(), results_.end(), same), results_.end());
    return std::move(results_);
  }

 private:
  Results results_;
  bool sorted_ = true;
};

unsigned allowedEdits(std::string_view term) {
  const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80; };
  const auto letters = term.size() - static_cast<std::size_t>(std::count_if(term.begin(), term.end(), continues));
  return letters < 4 ? 0 : letters < 8 ? 1 : 2;
}

class Searcher {
 public:
  Searcher(const storage::GraphView& view, const catalog::SchemaRule& index)
      : view_{view}, rule_{index}, index_{view, index.spec.id}, entities_{countEntities()} {}

  Results evaluate(const TextQuery& query, bool mayGuess) {
    Results found;
    switch (query.kind) {
      case Kind::kTerm:
        found = term(query, mayGuess);
        break;
      case Kind::kFuzzy:
        found = similar(query, query.distance, 1);
        break;
      case Kind::kPrefix:
      case Kind::kPattern:
        found = pattern(query);
        break;
      case Kind::kPhrase:
        found = phrase(query);
        break;
      case Kind::kBoolean:
        found = boolean(query, mayGuess);
        break;
    }
    if (query.boost != 1) {
      for (Scored& each : found) each.score *= query.boost;
    }
    return found;
  }

 private:
  double countEntities() const {
    double count = 0;
    for (const std::uint16_t owner : rule_.spec.owners()) {
      count += static_cast<double>(rule_.spec.onRelationships ? view_.relationshipCount(owner)
                                                              : view_.labelled(owner).cardinality());
    }
    return count;
  }

  // What a term says that so many entities have.
  void weigh(Results& results, std::size_t having) const {
    const double count = std::max(entities_, static_cast<double>(having)), with = static_cast<double>(having);
    const double rarity = std::log(1 + (count - with + 0.5) / (with + 0.5));
    for (Scored& each : results) each.score *= rarity;
  }

  std::uint8_t fieldOf(const TextQuery& query) const {
    if (query.field.empty()) return kAnyField;
    const auto& catalog = catalog::Catalog::of(view_);
    std::vector<std::string> names;
    for (std::size_t i = 0; i < rule_.spec.properties.size(); ++i) {
      names.push_back(catalog.propertyKeys.name(rule_.spec.properties[i]));
      if (names.back() == query.field) return static_cast<std::uint8_t>(i);
    }
    throw Error{ErrorType::kArgumentError,
                Phase::kRuntime,
                "InvalidArgumentValue",
                "the index `" + rule_.name + "` does not have the property `" + query.field + "`",
                {},
                didYouMean(query.field, names)};
  }

  Results term(const TextQuery& query, bool mayGuess) {
    const std::uint8_t field = fieldOf(query);
    Gathered gathered;
    index_.postings(query.text, [&](std::string_view, const storage::TextPosting& posting) {
      if (field == kAnyField || posting.field == field) gathered.add(posting, 1);
      return true;
    });
    Results found = gathered.take();
    const unsigned edits = allowedEdits(query.text);
    if (found.empty() && mayGuess && edits > 0) return similar(query, edits, kMisspeltWeight);
    weigh(found, found.size());
    return found;
  }

  // The likest terms first; of equally like ones those that are first in the dictionary.
  std::vector<SimilarTerm> likest(const storage::IndexTerms& terms, const std::string& word, unsigned distance) const {
    std::vector<SimilarTerm> all = similarTerms(*terms.stored, word, distance);
    const std::vector<SimilarTerm> logged = similarTerms(*terms.logged, word, distance);
    all.insert(all.end(), logged.begin(), logged.end());
    std::sort(all.begin(), all.end(), [](const SimilarTerm& a, const SimilarTerm& b) {
      return a.distance != b.distance ? a.distance < b.distance : a.term < b.term;
    });
    const auto same = [](const SimilarTerm& a, const SimilarTerm& b) { return a.term == b.term; };
    all.erase(std::unique(all.begin(), all.end(), same), all.end());
    return all;
  }

  Results similar(const TextQuery& query, unsigned distance, double weight) {
    const std::uint8_t field = fieldOf(query);
    const storage::IndexTerms terms = index_.terms();
    Gathered gathered;
    std::size_t used = 0, most = 0;
    for (const SimilarTerm& like : likest(terms, query.text, distance)) {
      if (used == kMostSimilar) break;
      const double length = static_cast<double>(std::min(like.term.size(), query.text.size()));
      const double share = std::max(0.0, 1 - like.distance / length);
      std::size_t having = 0;
      index_.postings(like.term, [&](std::string_view, const storage::TextPosting& posting) {
        if (field != kAnyField && posting.field != field) return true;
        gathered.add(posting, weight * share);
        ++having;
        return true;
      });
      used += having > 0 ? 1 : 0;
      most = std::max(most, having);
    }
    Results found = gathered.take();
    weigh(found, most);
    return found;
  }

  // Terms that start with something, or match a pattern; the nearer its end, the better.
  Results pattern(const TextQuery& query) {
    const std::uint8_t field = fieldOf(query);
    const bool plain = query.kind == Kind::kPrefix;
    const std::string head = plain ? query.text : query.text.substr(0, query.text.find_first_of("*?\\"));
    Gathered gathered;
    bool matches = true;
    std::string lastTerm;
    index_.postingsOfPrefix(head, [&](std::string_view term, const storage::TextPosting& posting) {
      if (field != kAnyField && posting.field != field) return true;
      if (!plain && term != lastTerm) {
        lastTerm = term;
        matches = matchesPattern(term, query.text);
      }
      const double share = static_cast<double>(query.text.size() + 1) / static_cast<double>(term.size() + 1);
      if (matches) gathered.add(posting, std::min(1.0, share));
      return true;
    });
    Results found = gathered.take();
    weigh(found, found.size());
    return found;
  }

  Results phrase(const TextQuery& query) {
    TextQuery all;
    for (const std::string& word : query.phrase) {
      TextQuery one;
      one.kind = Kind::kTerm;
      one.text = word;
      one.field = query.field;
      one.occur = Occur::kMust;
      all.clauses.push_back(std::move(one));
    }
    Results found = boolean(all, false);
    const std::uint8_t field = fieldOf(query);
    std::erase_if(found, [&](const Scored& each) { return !hasPhrase(each.entity, field, query); });
    return found;
  }

  bool hasPhrase(std::uint64_t entity, std::uint8_t field, const TextQuery& query) const {
    const auto id = static_cast<std::uint32_t>(entity);
    for (std::size_t i = 0; i < rule_.spec.properties.size(); ++i) {
      if (field != kAnyField && field != i) continue;
      const PropertyKeyId key = rule_.spec.properties[i];
      const Value value = rule_.spec.onRelationships
                              ? view_.relProperty(static_cast<RelTypeId>(entity >> 32), key).get(id)
                              : view_.property(NodeId{id}, key);
      for (const std::string_view text : textsOf(value)) {
        if (stands(query.phrase, query.distance, termsOf(text))) return true;
      }
    }
    return false;
  }

  // The words in this order, with at most so many others between them in all.
  static bool stands(const std::vector<std::string>& words, unsigned slop, const std::vector<std::string>& terms) {
    for (std::size_t begin = 0; begin < terms.size(); ++begin) {
      if (terms[begin] != words[0]) continue;
      std::size_t at = begin, next = 1;
      while (next < words.size() && ++at < terms.size() && at - begin - next <= slop) {
        if (terms[at] == words[next]) ++next;
      }
      if (next == words.size()) return true;
    }
    return false;
  }

  Results boolean(const TextQuery& query, bool mayGuess) {
    std::optional<Results> must;
    Results should, mustNot;
    for (const TextQuery& clause : query.clauses) {
      Results found = evaluate(clause, mayGuess && clause.occur != Occur::kMustNot);
      if (clause.occur == Occur::kMust) {
        must = must ? merged(*must, found, true, sum) : std::move(found);
      } else if (clause.occur == Occur::kShould) {
        should = merged(should, found, false, sum);
      } else {
        mustNot = merged(mustNot, found, false, larger);
      }
    }
    if (must) should = merged(*must, withScores(*must, should), false, sum);
    return without(should, mustNot);
  }

  // Those of `extra` that are in `base`.
  static Results withScores(const Results& base, const Results& extra) {
    return merged(base, extra, true, [](double, double added) { return added; });
  }

  const storage::GraphView& view_;
  const catalog::SchemaRule& rule_;
  storage::TextIndex index_;
  double entities_;
};

}  // namespace

std::vector<Hit> search(const storage::GraphView& view, const catalog::SchemaRule& index, std::string_view query) {
  const Results found = Searcher{view, index}.evaluate(parseTextQuery(query), true);
  std::vector<Hit> hits;
  hits.reserve(found.size());
  for (const Scored& each : found) {
    hits.push_back({static_cast<std::uint32_t>(each.entity), static_cast<RelTypeId>(each.entity >> 32), each.score});
  }
  std::stable_sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) { return a.score > b.score; });
  return hits;
}

}  // namespace plexus::text
