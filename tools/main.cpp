#include <iostream>
#include <string>
#include <vector>

#include "tools/command/command.h"

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  plexus::tools::Streams streams{std::cin, std::cout, std::cerr};
  return static_cast<int>(plexus::tools::runCommandLine(arguments, streams));
}
