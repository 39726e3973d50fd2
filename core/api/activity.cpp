#include "core/api/activity.h"

#include <algorithm>

namespace plexus::api {

Activities::Entry::Entry(Activities& all, std::uint64_t connection, CompiledPtr statement) : all_{all} {
  const std::lock_guard lock{all_.mutex_};
  activity_ = {++all_.transactions_, 0, connection, function::Instant::now(), std::move(statement)};
  if (activity_.statement) activity_.query = ++all_.queries_;
  all_.entries_.push_back(this);
}

Activities::Entry::~Entry() {
  const std::lock_guard lock{all_.mutex_};
  std::erase(all_.entries_, this);
}

void Activities::Entry::run(CompiledPtr statement) {
  const std::lock_guard lock{all_.mutex_};
  activity_.statement.swap(statement);
  if (activity_.statement) activity_.query = ++all_.queries_;
}

std::uint64_t Activities::newConnection() {
  const std::lock_guard lock{mutex_};
  return ++connections_;
}

std::vector<Activity> Activities::list() const {
  const std::lock_guard lock{mutex_};
  std::vector<Activity> out;
  for (const Entry* entry : entries_) out.push_back(entry->activity_);
  return out;
}

}  // namespace plexus::api
