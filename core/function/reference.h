// core/function/reference.h: the registry as a chapter of docs/language.md, which a test compares with it.
#pragma once

#include <string>

namespace plexus::function {

// Markdown: a table a category, with signature, meaning and example of each function, aggregate, operator and
// procedure.
std::string referenceChapter();

}  // namespace plexus::function
