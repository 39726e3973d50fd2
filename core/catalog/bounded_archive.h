// core/catalog/bounded_archive.h: a Boost text archive that is read with suspicion.
//
// Boost makes a string or vector as long as the archive says before it reads the first element; a damaged length would
// ask for all the memory there is. Here no length may exceed that of the archive. (Derivation from an existing archive:
// Boost.Serialization's manual, "Special considerations".)
#pragma once

#include <boost/archive/text_iarchive.hpp>
#include <boost/serialization/collection_size_type.hpp>
#include <istream>
#include <string>

namespace plexus::catalog {

class BoundedArchive : public boost::archive::text_iarchive_impl<BoundedArchive> {
  using Base = boost::archive::text_iarchive_impl<BoundedArchive>;
  friend class boost::archive::detail::interface_iarchive<BoundedArchive>;
  friend class boost::archive::load_access;

 public:
  // An archive without header, of `size` bytes.
  BoundedArchive(std::istream& in, std::size_t size) : Base{in, boost::archive::no_header}, size_{size} {}

 private:
  using Base::load;
  void load(std::string& text);
  void load(boost::serialization::collection_size_type& count);
  // Throws boost's archive_exception for a length that cannot be.
  void check(std::size_t length) const;

  std::size_t size_;
};

}  // namespace plexus::catalog
