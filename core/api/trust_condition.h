// core/api/trust_condition.h: the condition of `CYPHER trust='source = "PMID:1" AND size(publications) > 0'`, as a
// query.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"

namespace plexus::api {

class TrustCondition {
 public:
  // Throws Error{kSyntaxError} for what is no expression over one row of evidence, as inOption() words it.
  explicit TrustCondition(std::string text);

  const std::string& text() const { return text_; }
  // Chooses relationships: `$rows` is a list of maps {relationship, statement}, one for each row of evidence; it gives
  // `relationship` of those whose `statement` satisfies the condition.
  const std::string& query() const { return query_; }
  // What the condition takes from a row: names in it that nothing in it binds.
  const std::vector<std::string>& names() const { return names_; }

  // An error about query(), with the condition's own text and place in the message.
  Error inOption(const Error& error) const;

 private:
  // Where a part of the condition lies in the query.
  struct Part {
    std::size_t inQuery, inCondition, length;
  };
  void append(std::size_t begin, std::size_t end);
  std::uint32_t placeOf(std::uint32_t inQuery) const;

  std::string text_, query_;
  std::vector<Part> parts_;
  std::vector<std::string> names_;
};

}  // namespace plexus::api
