#include "tools/shell/line_editor.h"

#include <algorithm>
#include <cctype>
#include <clocale>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <istream>

#include <histedit.h>

namespace plexus::tools {
namespace {

constexpr int kHistoryLines = 10'000;

bool isWordCharacter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.' || c == ':' || (c & 0x80) != 0;
}

std::string commonPrefix(const std::vector<std::string>& words) {
  std::string common = words.front();
  for (const auto& word : words)
    common.resize(static_cast<std::size_t>(std::mismatch(common.begin(), common.end(), word.begin(), word.end()).first -
                                           common.begin()));
  return common;
}

class TerminalEditor final : public LineEditor {
 public:
  TerminalEditor(std::string historyFile, Completer completer)
      : historyFile_{std::move(historyFile)}, completer_{std::move(completer)}, signal_{std::signal(SIGINT, SIG_IGN)} {
    std::setlocale(LC_CTYPE, "");
    edit_ = el_init("plexus", stdin, stdout, stderr);
    history_ = history_init();
    HistEvent event;
    history(history_, &event, H_SETSIZE, kHistoryLines);
    history(history_, &event, H_SETUNIQUE, 1);
    if (!historyFile_.empty()) history(history_, &event, H_LOAD, historyFile_.c_str());
    el_set(edit_, EL_CLIENTDATA, this);
    el_set(edit_, EL_PROMPT, &TerminalEditor::promptOf);
    el_set(edit_, EL_EDITOR, "emacs");
    el_set(edit_, EL_HIST, history, history_);
    el_set(edit_, EL_ADDFN, "plexus-complete", "complete the word", &TerminalEditor::completeWord);
    el_set(edit_, EL_BIND, "^I", "plexus-complete", nullptr);
    el_set(edit_, EL_BIND, "^R", "em-inc-search-prev", nullptr);
    // While a line is edited Ctrl-C is a key like others. The signal is heard while a statement runs
    // (InterruptOnSignal).
    el_set(edit_, EL_SETTY, "-d", "-isig", nullptr);
    el_set(edit_, EL_ADDFN, "plexus-interrupt", "drop what is typed", &TerminalEditor::interrupt);
    el_set(edit_, EL_BIND, "^C", "plexus-interrupt", nullptr);
    el_set(edit_, EL_ADDFN, "plexus-suspend", "stop until the shell continues us", &TerminalEditor::suspend);
    el_set(edit_, EL_BIND, "^Z", "plexus-suspend", nullptr);
    el_source(edit_, nullptr);
  }

  ~TerminalEditor() override {
    history_end(history_);
    el_end(edit_);
    std::signal(SIGINT, signal_);
  }

  Event readLine(const std::string& prompt, std::string& line) override {
    prompt_ = prompt;
    interrupted_ = false;
    int length = 0;
    const char* text = el_gets(edit_, &length);
    if (interrupted_) return Event::kInterrupted;
    if (text == nullptr || length <= 0) return Event::kEnd;
    line.assign(text, static_cast<std::size_t>(length));
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.pop_back();
    return Event::kLine;
  }

  void addHistory(const std::string& statement) override {
    HistEvent event;
    history(history_, &event, H_ENTER, statement.c_str());
    if (historyFile_.empty()) return;
    std::error_code ignored;
    std::filesystem::create_directories(std::filesystem::path{historyFile_}.parent_path(), ignored);
    history(history_, &event, H_SAVE, historyFile_.c_str());
  }

 private:
  static TerminalEditor& of(EditLine* edit) {
    void* self = nullptr;
    el_get(edit, EL_CLIENTDATA, &self);
    return *static_cast<TerminalEditor*>(self);
  }
  static char* promptOf(EditLine* edit) { return of(edit).prompt_.data(); }

  static unsigned char interrupt(EditLine* edit, int) {
    of(edit).interrupted_ = true;
    return CC_NEWLINE;
  }

  static unsigned char suspend(EditLine* edit, int) {
    el_set(edit, EL_PREP_TERM, 0);
    std::raise(SIGTSTP);
    el_set(edit, EL_PREP_TERM, 1);
    return CC_REDISPLAY;
  }

  static unsigned char completeWord(EditLine* edit, int) {
    const LineInfo* line = el_line(edit);
    const char* begin = line->cursor;
    while (begin > line->buffer && isWordCharacter(begin[-1])) --begin;
    const std::string prefix(begin, line->cursor);
    const auto words = of(edit).completer_(prefix);
    if (words.empty()) return CC_ERROR;
    const std::string common = commonPrefix(words);
    if (common.size() > prefix.size() || common != prefix) {
      el_deletestr(edit, static_cast<int>(prefix.size()));
      el_insertstr(edit, common.c_str());
      return CC_REFRESH;
    }
    std::fputc('\n', stdout);
    for (const auto& word : words) std::fprintf(stdout, "%s  ", word.c_str());
    std::fputc('\n', stdout);
    return CC_REDISPLAY;
  }

  std::string historyFile_, prompt_;
  bool interrupted_ = false;
  Completer completer_;
  void (*signal_)(int);  // what SIGINT did before
  EditLine* edit_ = nullptr;
  History* history_ = nullptr;
};

class StreamEditor final : public LineEditor {
 public:
  explicit StreamEditor(std::istream& in) : in_{in} {}
  Event readLine(const std::string&, std::string& line) override {
    return std::getline(in_, line) ? Event::kLine : Event::kEnd;
  }
  void addHistory(const std::string&) override {}

 private:
  std::istream& in_;
};

}  // namespace

std::unique_ptr<LineEditor> LineEditor::onTerminal(const std::string& historyFile, Completer completer) {
  return std::make_unique<TerminalEditor>(historyFile, std::move(completer));
}

std::unique_ptr<LineEditor> LineEditor::onStream(std::istream& in) { return std::make_unique<StreamEditor>(in); }

std::string defaultHistoryFile() {
  if (const char* state = std::getenv("XDG_STATE_HOME"); state != nullptr && *state != '\0')
    return std::string{state} + "/plexus/history";
  if (const char* home = std::getenv("HOME"); home != nullptr && *home != '\0')
    return std::string{home} + "/.local/state/plexus/history";
  return {};
}

}  // namespace plexus::tools
