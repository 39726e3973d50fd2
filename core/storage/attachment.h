// core/storage/attachment.h: small structured state that changes in the same atomic step as the data (the catalog).
// Storage keeps its bytes and hands each snapshot the object that was committed with it; it does not look inside.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace plexus::storage {

class Attachment {
 public:
  virtual ~Attachment() = default;
  virtual std::string serialize() const = 0;
};

// Makes the object from stored bytes; empty bytes: a new database. Throws Error{kCorruption}.
using AttachmentReader = std::function<std::shared_ptr<const Attachment>(std::string_view bytes)>;

}  // namespace plexus::storage
