// tools/command/interrupt.h: Ctrl-C ends the statement that runs, not the process.
#pragma once

#include "core/api/database.h"

namespace plexus::tools {

// While it lives, SIGINT interrupts `connection`. One at a time.
class InterruptOnSignal {
 public:
  explicit InterruptOnSignal(Connection& connection);
  ~InterruptOnSignal();
  InterruptOnSignal(const InterruptOnSignal&) = delete;
  InterruptOnSignal& operator=(const InterruptOnSignal&) = delete;
};

}  // namespace plexus::tools
