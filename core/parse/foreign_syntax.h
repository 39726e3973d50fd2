// core/parse/foreign_syntax.h: what people write from other languages and older versions, and how it is written here.
#pragma once

#include <string_view>

namespace plexus::parse {

// A hint for the word or sign `wrong` that cannot stand behind `before` (the text of the query up to it); "" if there
// is nothing to say.
std::string_view foreignSyntaxHint(std::string_view before, std::string_view wrong);

}  // namespace plexus::parse
