// import/load/import_arguments.h: the options of `plexus import DB ...` as text -> ImportOptions.
//
// They are read here and not by the command line's parser because order counts: --id, --properties, --from and --to
// belong to the --nodes or --relationships before them.
//
//   --format csv|tsv|neo4j|hetionet
//   --nodes LABEL[:LABEL...]=FILE[,FILE...]     neo4j: labels may be left out (FILE,...), a :LABEL column says them
//   then
//   --relationships [TYPE=]FILE[,FILE...]
//   --id COLUMN                                 csv: of the --nodes before it
//   --properties COLUMN[=NAME][:TYPE],...       csv: of the --nodes or --relationships before it
//   --from LABEL.COLUMN  --to LABEL.COLUMN      csv: of the --relationships before it
//   --delimiter C  --quote C  --escape C  --comment C   one character, or TAB, NONE, \t
//   --array-delimiter C  --null TEXT  --no-header  --short-rows  --id-type string|integer
//   --on-error stop|skip|reject FILE            also as `--on-error reject=FILE`
//   --max-errors N  --memory BYTES[K|M|G]  --threads N
//   FILE...                                     hetionet
// Each may be written `--name value` or `--name=value`.
#pragma once

#include <span>
#include <string>

#include "import/load/import_options.h"

namespace plexus::load {

// Throws Error{kArgumentError} that names the option, and the nearest one that exists.
ImportOptions parseImportArguments(std::span<const std::string> arguments);

// The text above, for --help: a line an option.
std::string importUsage();

}  // namespace plexus::load
