// import/load/sample_data.h: the files of examples/leiomyosarcoma, as they were when this was built.
#pragma once

#include <string_view>

namespace plexus::load {

std::string_view sampleEntities();   // entities.csv
std::string_view sampleRelations();  // relations.csv
std::string_view sampleSchema();     // schema.cypher

}  // namespace plexus::load
