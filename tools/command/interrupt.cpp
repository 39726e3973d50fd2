#include "tools/command/interrupt.h"

#include <atomic>

#include <signal.h>

namespace plexus::tools {
namespace {

std::atomic<Connection*> running{nullptr};
struct sigaction previous;

void onSignal(int) {
  if (Connection* connection = running.load()) connection->interrupt();
}

}  // namespace

InterruptOnSignal::InterruptOnSignal(Connection& connection) {
  running = &connection;
  struct sigaction action {};
  action.sa_handler = &onSignal;
  sigaction(SIGINT, &action, &previous);
}

InterruptOnSignal::~InterruptOnSignal() {
  sigaction(SIGINT, &previous, nullptr);
  running = nullptr;
}

}  // namespace plexus::tools
