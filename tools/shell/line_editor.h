// tools/shell/line_editor.h: lines from a terminal, with editing, history and completion (libedit); or plain lines from
// a pipe.
#pragma once

#include <functional>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace plexus::tools {

class LineEditor {
 public:
  enum class Event { kLine, kInterrupted /* Ctrl-C: what was typed is dropped */, kEnd };
  // The words that may stand where `prefix` does; the editor inserts what they have in common and lists them.
  using Completer = std::function<std::vector<std::string>(std::string_view prefix)>;

  virtual ~LineEditor() = default;
  virtual Event readLine(const std::string& prompt, std::string& line) = 0;
  virtual void addHistory(const std::string& statement) = 0;

  // Keeps the history in `historyFile` (made with its folder when the first line is kept; "": nowhere).
  static std::unique_ptr<LineEditor> onTerminal(const std::string& historyFile, Completer completer);
  // No prompt is printed.
  static std::unique_ptr<LineEditor> onStream(std::istream& in);
};

// $XDG_STATE_HOME/plexus/history or ~/.local/state/plexus/history; "" without a home.
std::string defaultHistoryFile();

}  // namespace plexus::tools
