#include "tests/tck/isolated_run.h"

#include <cstdint>
#include <cstring>
#include <stdexcept>

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

namespace plexus::tck {
namespace {

using Run = std::function<std::optional<std::string>(std::size_t)>;

// One frame a finished item: u32 length, then 'P' or 'F' and the message.
void writeFrame(int fd, const std::optional<std::string>& failure) {
  std::string frame = failure ? "F" + *failure : "P";
  const auto length = static_cast<std::uint32_t>(frame.size());
  frame.insert(0, reinterpret_cast<const char*>(&length), sizeof length);
  for (std::size_t at = 0; at < frame.size();) {
    const auto written = write(fd, frame.data() + at, frame.size() - at);
    if (written <= 0) _exit(3);
    at += static_cast<std::size_t>(written);
  }
}

// Every `stride`-th item, in a child that is replaced when it dies.
class Lane {
 public:
  Lane(std::size_t first, std::size_t stride, std::size_t count, const Run& run, std::vector<Verdict>& verdicts)
      : at_{first}, stride_{stride}, count_{count}, run_{run}, verdicts_{verdicts} {
    start();
  }

  bool done() const { return at_ >= count_; }
  int fd() const { return fd_; }
  std::chrono::steady_clock::time_point lastSign() const { return lastSign_; }

  // Reads what there is; at the end of the stream the child has died.
  void receive() {
    char chunk[65536];
    const auto got = read(fd_, chunk, sizeof chunk);
    if (got <= 0) return fail("the process died");
    buffer_.append(chunk, static_cast<std::size_t>(got));
    for (std::uint32_t length = 0; buffer_.size() >= sizeof length;) {
      std::memcpy(&length, buffer_.data(), sizeof length);
      if (buffer_.size() < sizeof length + length) break;
      finish({buffer_[sizeof length] == 'P', buffer_.substr(sizeof length + 1, length - 1)});
      buffer_.erase(0, sizeof length + length);
    }
    if (done()) stop();
  }

  // The item in work fails; the next child goes on behind it.
  void fail(const std::string& why) {
    stop();
    finish({false, why});
    if (!done()) start();
  }

 private:
  void start() {
    if (done()) return;
    int ends[2];
    if (pipe(ends) != 0) throw std::runtime_error{"no pipe"};
    pid_ = fork();
    if (pid_ < 0) throw std::runtime_error{"no process"};
    if (pid_ == 0) {
      close(ends[0]);
      for (std::size_t item = at_; item < count_; item += stride_) writeFrame(ends[1], run_(item));
      _exit(0);
    }
    close(ends[1]);
    fd_ = ends[0];
    buffer_.clear();
    lastSign_ = std::chrono::steady_clock::now();
  }

  void stop() {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
    close(fd_);
    fd_ = -1;
  }

  void finish(Verdict verdict) {
    verdicts_[at_] = std::move(verdict);
    at_ += stride_;
    lastSign_ = std::chrono::steady_clock::now();
  }

  std::size_t at_, stride_, count_;
  const Run& run_;
  std::vector<Verdict>& verdicts_;
  pid_t pid_ = -1;
  int fd_ = -1;
  std::string buffer_;
  std::chrono::steady_clock::time_point lastSign_;
};

}  // namespace

std::vector<Verdict> runIsolated(std::size_t count, unsigned processes, std::chrono::seconds limit, const Run& run) {
  std::vector<Verdict> verdicts(count);
  std::vector<Lane> lanes;
  lanes.reserve(processes);
  for (unsigned i = 0; i < processes; ++i) lanes.emplace_back(i, processes, count, run, verdicts);
  for (;;) {
    std::vector<pollfd> waiting;
    std::vector<Lane*> owners;
    for (Lane& lane : lanes) {
      if (lane.done()) continue;
      waiting.push_back({lane.fd(), POLLIN, 0});
      owners.push_back(&lane);
    }
    if (waiting.empty()) return verdicts;
    poll(waiting.data(), waiting.size(), 1000);
    for (std::size_t i = 0; i < waiting.size(); ++i) {
      if (waiting[i].revents != 0)
        owners[i]->receive();
      else if (std::chrono::steady_clock::now() - owners[i]->lastSign() > limit)
        owners[i]->fail("no answer in time");
    }
  }
}

}  // namespace plexus::tck
