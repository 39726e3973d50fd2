#include "tests/tck/gherkin.h"

#include <algorithm>
#include <array>
#include <deque>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace plexus::tck {
namespace {

std::string_view trim(std::string_view s) {
  const auto begin = s.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return s.substr(begin, s.find_last_not_of(" \t\r") - begin + 1);
}

std::vector<std::string> splitLines(std::string_view text) {
  std::vector<std::string> lines;
  std::istringstream stream{std::string{text}};
  for (std::string line; std::getline(stream, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    lines.push_back(std::move(line));
  }
  return lines;
}

// `| a | b |` -> {"a", "b"}; the text between unescaped bars.
std::vector<std::string> parseRow(std::string_view line) {
  std::vector<std::string> cells;
  std::string cell;
  for (std::size_t i = 1; i < line.size(); ++i) {
    if (line[i] == '\\' && i + 1 < line.size()) {
      const char next = line[++i];
      if (next == 'n')
        cell += '\n';
      else if (next == '|' || next == '\\')
        cell += next;
      else
        (cell += '\\') += next;
    } else if (line[i] == '|') {
      cells.emplace_back(trim(cell));
      cell.clear();
    } else {
      cell += line[i];
    }
  }
  return cells;
}

struct Outline {
  std::string name;
  std::vector<Step> steps;
  Table examples;
  bool isOutline = false;
};

class FeatureParser {
 public:
  FeatureParser(std::string_view text, std::string file) : lines_{splitLines(text)}, file_{std::move(file)} {}

  std::vector<Scenario> parse() {
    for (; line_ < lines_.size(); ++line_) parseLine(trim(lines_[line_]));
    std::vector<Scenario> scenarios;
    for (const Outline& outline : outlines_) expand(outline, scenarios);
    return scenarios;
  }

 private:
  void parseLine(std::string_view line) {
    if (line.empty() || line[0] == '#' || line[0] == '@' || line.starts_with("Feature:")) return;
    if (line.starts_with("Background:")) {
      current_ = nullptr;
    } else if (line.starts_with("Scenario Outline:")) {
      startScenario(line.substr(17), true);
    } else if (line.starts_with("Scenario:")) {
      startScenario(line.substr(9), false);
    } else if (line.starts_with("Examples:")) {
      inExamples_ = true;
    } else if (line[0] == '|') {
      addRow(parseRow(line));
    } else if (line.starts_with("\"\"\"")) {
      steps().back().docString = parseDocString();
    } else if (!addStep(line)) {
      if (!outlines_.empty() || !background_.empty()) fail("not understood: " + std::string{line});
    }
  }

  void startScenario(std::string_view name, bool isOutline) {
    outlines_.push_back({std::string{trim(name)}, {}, {}, isOutline});
    current_ = &outlines_.back();
    inExamples_ = false;
  }

  std::vector<Step>& steps() {
    auto& steps = current_ ? current_->steps : background_;
    if (steps.empty()) fail("a step is missing");
    return steps;
  }

  bool addStep(std::string_view line) {
    constexpr std::array<std::string_view, 5> keywords{"Given ", "When ", "Then ", "And ", "But "};
    for (const auto keyword : keywords) {
      if (!line.starts_with(keyword)) continue;
      auto& steps = current_ ? current_->steps : background_;
      steps.push_back({std::string{trim(line.substr(keyword.size()))}, {}, {}});
      return true;
    }
    return false;
  }

  void addRow(std::vector<std::string> cells) {
    if (inExamples_) {
      outlines_.back().examples.push_back(std::move(cells));
      return;
    }
    auto& table = steps().back().table;
    if (!table) table.emplace();
    table->push_back(std::move(cells));
  }

  std::string parseDocString() {
    const std::size_t indent = lines_[line_].find('"');
    std::string text;
    for (++line_; line_ < lines_.size() && trim(lines_[line_]) != "\"\"\""; ++line_) {
      const std::string& line = lines_[line_];
      const std::size_t blanks = std::min(indent, std::min(line.find_first_not_of(' '), line.size()));
      if (!text.empty()) text += '\n';
      text += line.substr(blanks);
    }
    if (line_ == lines_.size()) fail("the doc string has no end");
    return text;
  }

  static std::string replaceAll(std::string text, const std::string& from, const std::string& to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
      text.replace(at, from.size(), to);
    return text;
  }

  static Step substitute(const Step& step, const std::string& from, const std::string& to) {
    Step result = step;
    result.text = replaceAll(step.text, from, to);
    if (result.docString) result.docString = replaceAll(*step.docString, from, to);
    if (!result.table) return result;
    for (auto& row : *result.table)
      for (auto& cell : row) cell = replaceAll(cell, from, to);
    return result;
  }

  void expand(const Outline& outline, std::vector<Scenario>& out) const {
    Scenario base{file_, outline.name, 0, background_};
    base.steps.insert(base.steps.end(), outline.steps.begin(), outline.steps.end());
    if (!outline.isOutline) {
      out.push_back(std::move(base));
      return;
    }
    for (std::size_t row = 1; row < outline.examples.size(); ++row) {
      Scenario scenario = base;
      scenario.example = row;
      for (std::size_t column = 0; column < outline.examples[0].size(); ++column) {
        const std::string from = "<" + outline.examples[0][column] + ">";
        const std::string& to = outline.examples[row].at(column);
        scenario.name = replaceAll(scenario.name, from, to);
        for (Step& step : scenario.steps) step = substitute(step, from, to);
      }
      out.push_back(std::move(scenario));
    }
  }

  [[noreturn]] void fail(const std::string& message) const {
    throw std::runtime_error{file_ + ":" + std::to_string(line_ + 1) + ": " + message};
  }

  std::vector<std::string> lines_;
  std::string file_;
  std::size_t line_ = 0;
  std::vector<Step> background_;
  std::deque<Outline> outlines_;
  Outline* current_ = nullptr;
  bool inExamples_ = false;
};

}  // namespace

std::string Scenario::id() const { return file + " | " + name + " | " + std::to_string(example); }

std::vector<Scenario> parseFeature(std::string_view text, const std::string& file) {
  return FeatureParser{text, file}.parse();
}

std::vector<Scenario> readFeatures(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator{folder})
    if (entry.path().extension() == ".feature") files.push_back(entry.path());
  if (files.empty()) throw std::runtime_error{"no .feature file below " + folder.string()};
  std::sort(files.begin(), files.end());
  std::vector<Scenario> scenarios;
  for (const auto& file : files) {
    std::ifstream stream{file, std::ios::binary};
    std::stringstream text;
    text << stream.rdbuf();
    auto more = parseFeature(text.str(), file.lexically_relative(folder).generic_string());
    scenarios.insert(scenarios.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  }
  return scenarios;
}

}  // namespace plexus::tck
