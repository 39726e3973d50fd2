#include "import/load/sample.h"

#include "import/load/import_job.h"
#include "import/load/sample_data.h"

namespace plexus::load {

ImportReport buildSample(storage::Store& store) {
  ImportOptions options;
  options.format = Format::kNeo4j;
  options.nodes.push_back({.labels = {}, .files = {"entities.csv"}, .idColumn = {}, .properties = {}});
  options.relationships.push_back({.type = {}, .files = {"relations.csv"}, .from = {}, .to = {}, .properties = {}});
  NoProgress progress;
  return importInto(store, options, progress, [](const std::filesystem::path& file) {
    const std::string_view text = file == "entities.csv" ? sampleEntities() : sampleRelations();
    return std::make_unique<format::CsvReader>(file.string(), text, format::CsvDialect{});
  });
}

}  // namespace plexus::load
