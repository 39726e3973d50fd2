// import/load/progress.h: how an import tells how far it is. Implemented by the front end.
#pragma once

#include <cstdint>
#include <string>

namespace plexus::load {

struct ProgressState {
  enum class Phase : std::uint8_t { kInferring, kNodes, kRelationships, kWriting };
  Phase phase = Phase::kNodes;
  std::string file;             // being read; empty while writing
  std::uint64_t bytesRead = 0;  // of all input files, compressed where they are
  std::uint64_t bytesTotal = 0;
  std::uint64_t nodes = 0, relationships = 0;
  double seconds = 0;  // since the import began
};

class Progress {
 public:
  virtual ~Progress() = default;
  // Called by one thread at a time, at each change of phase and file, about ten times a second while files are read,
  // and before each step of writing. To stop the import (Ctrl-C), throw Error{kCancelled}: nothing is stored then.
  virtual void update(const ProgressState& state) = 0;
};

// For callers who do not want to know.
class NoProgress final : public Progress {
 public:
  void update(const ProgressState&) override {}
};

}  // namespace plexus::load
