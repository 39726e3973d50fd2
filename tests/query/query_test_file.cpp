#include "tests/query/query_test_file.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace plexus::test {
namespace {

std::string trim(const std::string& s) {
  const auto first = s.find_first_not_of(" \t");
  if (first == std::string::npos) return "";
  return s.substr(first, s.find_last_not_of(" \t") - first + 1);
}

// Cells, split at bars outside of quotes and brackets.
std::vector<std::string> cells(const std::string& line) {
  std::vector<std::string> cells{""};
  bool quoted = false;
  int depth = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '\\' && i + 1 < line.size()) {
      cells.back() += c;
      cells.back() += line[++i];
      continue;
    }
    if (c == '\'') quoted = !quoted;
    if (!quoted && (c == '[' || c == '{' || c == '(')) ++depth;
    if (!quoted && (c == ']' || c == '}' || c == ')')) --depth;
    if (c == '|' && !quoted && depth == 0) {
      cells.emplace_back();
    } else {
      cells.back() += c;
    }
  }
  for (auto& cell : cells) cell = trim(cell);
  return cells;
}

std::string joined(const std::vector<std::string>& cells) {
  std::string row;
  for (const auto& cell : cells) row += (row.empty() ? "" : " | ") + cell;
  return row;
}

Section head(const std::string& line, std::size_t number) {
  Section section;
  section.line = number;
  std::istringstream words{line};
  std::string word;
  words >> word;
  if (word == "graph") {
    section.kind = Section::Kind::kGraph;
  } else if (word == "query") {
    words >> word;
    section.ordered = word == "ordered";
  } else if (word == "error") {
    section.kind = Section::Kind::kError;
    words >> section.errorType >> section.errorDetail;
  } else {
    throw std::runtime_error{"line " + std::to_string(number) + ": a section starts with graph, query or error"};
  }
  return section;
}

void addAnswer(Section& section, const std::string& line) {
  if (section.kind == Section::Kind::kError) {
    section.message.push_back(trim(line));
  } else if (section.columns.empty()) {
    for (const auto& cell : cells(line)) {
      const auto colons = cell.rfind(" :: ");
      section.columns.push_back(colons == std::string::npos ? cell : trim(cell.substr(0, colons)));
      section.types.push_back(colons == std::string::npos ? "" : trim(cell.substr(colons + 4)));
    }
  } else {
    section.rows.push_back(joined(cells(line)));
  }
}

}  // namespace

std::vector<Section> readTestFile(const std::filesystem::path& path) {
  std::ifstream file{path};
  std::vector<Section> sections;
  bool open = false;
  std::string line;
  for (std::size_t number = 1; std::getline(file, line); ++number) {
    if (trim(line).empty()) {
      open = false;
    } else if (!open && line.front() == '#') {
      continue;
    } else if (!open) {
      sections.push_back(head(line, number));
      open = true;
    } else if (trim(line) == "----") {
      sections.back().hasAnswer = true;
    } else if (sections.back().hasAnswer) {
      addAnswer(sections.back(), line);
    } else {
      sections.back().text += (sections.back().text.empty() ? "" : "\n") + trim(line);
    }
  }
  if (sections.empty()) throw std::runtime_error{"there is no section"};
  constexpr std::string_view kFolder = "{folder}";
  for (auto& section : sections) {
    const auto at = section.text.find(kFolder);
    if (at != std::string::npos) {
      section.text.replace(at, kFolder.size(), std::filesystem::absolute(path).parent_path().string());
    }
  }
  return sections;
}

std::vector<Section> readExamples(const std::filesystem::path& path) {
  std::ifstream file{path};
  std::vector<Section> sections;
  std::string block;  // the language of the open one
  std::string line;
  for (std::size_t number = 1; std::getline(file, line); ++number) {
    if (line.starts_with("```")) {
      block = block.empty() ? line.substr(3) : "";
      if (block == "cypher") {
        sections.emplace_back().line = number + 1;
      } else if (!sections.empty() && (block == "text" || block == "error")) {
        sections.back().hasAnswer = true;
        if (block == "error") sections.back().kind = Section::Kind::kError;
      }
    } else if (block == "cypher") {
      sections.back().text += line + "\n";
    } else if (!sections.empty() && (block == "text" || block == "error")) {
      addAnswer(sections.back(), line);
    }
  }
  return sections;
}

std::vector<std::filesystem::path> findTestFiles(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator{folder}) {
    if (entry.path().extension() == ".test") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace plexus::test
