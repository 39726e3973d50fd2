#include "core/catalog/bounded_archive.h"

#include <boost/archive/archive_exception.hpp>
#include <boost/archive/detail/archive_serializer_map.hpp>
#include <boost/archive/impl/archive_serializer_map.ipp>
#include <boost/archive/impl/basic_text_iarchive.ipp>
#include <boost/archive/impl/text_iarchive_impl.ipp>

template class boost::archive::detail::archive_serializer_map<plexus::catalog::BoundedArchive>;
template class boost::archive::basic_text_iarchive<plexus::catalog::BoundedArchive>;
template class boost::archive::text_iarchive_impl<plexus::catalog::BoundedArchive>;

namespace plexus::catalog {

void BoundedArchive::check(std::size_t length) const {
  if (length <= size_) return;
  throw boost::archive::archive_exception{boost::archive::archive_exception::input_stream_error};
}

void BoundedArchive::load(std::string& text) {
  std::size_t length = 0;
  Base::load(length);
  check(length);
  is.get();  // the blank
  text.resize(length);
  is.read(text.data(), static_cast<std::streamsize>(length));
}

void BoundedArchive::load(boost::serialization::collection_size_type& count) {
  Base::load(count);
  check(count);
}

}  // namespace plexus::catalog
