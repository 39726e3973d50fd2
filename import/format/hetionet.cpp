#include "import/format/hetionet.h"

#include <algorithm>
#include <string>

namespace plexus::format::hetionet {
namespace {

enum KindIndex : std::uint8_t {
  kAnatomy,
  kBiologicalProcess,
  kCellularComponent,
  kCompound,
  kDisease,
  kGene,
  kMolecularFunction,
  kPathway,
  kPharmacologicClass,
  kSideEffect,
  kSymptom,
};

constexpr std::array<Kind, 11> kKinds{{
    {"Anatomy", "Anatomy"},
    {"Biological Process", "BiologicalProcess"},
    {"Cellular Component", "CellularComponent"},
    {"Compound", "Compound"},
    {"Disease", "Disease"},
    {"Gene", "Gene"},
    {"Molecular Function", "MolecularFunction"},
    {"Pathway", "Pathway"},
    {"Pharmacologic Class", "PharmacologicClass"},
    {"Side Effect", "SideEffect"},
    {"Symptom", "Symptom"},
}};

constexpr std::array<Metaedge, 24> kMetaedges{{
    {"AdG", "DOWNREGULATES_AdG", kAnatomy, kGene},
    {"AeG", "EXPRESSES_AeG", kAnatomy, kGene},
    {"AuG", "UPREGULATES_AuG", kAnatomy, kGene},
    {"CbG", "BINDS_CbG", kCompound, kGene},
    {"CcSE", "CAUSES_CcSE", kCompound, kSideEffect},
    {"CdG", "DOWNREGULATES_CdG", kCompound, kGene},
    {"CpD", "PALLIATES_CpD", kCompound, kDisease},
    {"CrC", "RESEMBLES_CrC", kCompound, kCompound},
    {"CtD", "TREATS_CtD", kCompound, kDisease},
    {"CuG", "UPREGULATES_CuG", kCompound, kGene},
    {"DaG", "ASSOCIATES_DaG", kDisease, kGene},
    {"DdG", "DOWNREGULATES_DdG", kDisease, kGene},
    {"DlA", "LOCALIZES_DlA", kDisease, kAnatomy},
    {"DpS", "PRESENTS_DpS", kDisease, kSymptom},
    {"DrD", "RESEMBLES_DrD", kDisease, kDisease},
    {"DuG", "UPREGULATES_DuG", kDisease, kGene},
    {"GcG", "COVARIES_GcG", kGene, kGene},
    {"GiG", "INTERACTS_GiG", kGene, kGene},
    {"GpBP", "PARTICIPATES_GpBP", kGene, kBiologicalProcess},
    {"GpCC", "PARTICIPATES_GpCC", kGene, kCellularComponent},
    {"GpMF", "PARTICIPATES_GpMF", kGene, kMolecularFunction},
    {"GpPW", "PARTICIPATES_GpPW", kGene, kPathway},
    {"Gr>G", "REGULATES_GrG", kGene, kGene},
    {"PCiC", "INCLUDES_PCiC", kPharmacologicClass, kCompound},
}};

template <typename Rows, typename Name>
std::optional<std::uint8_t> indexOf(const Rows& rows, Name name) {
  const auto found = std::find_if(rows.begin(), rows.end(), name);
  if (found == rows.end()) return std::nullopt;
  return static_cast<std::uint8_t>(found - rows.begin());
}

bool reads(std::span<const Cell> header, std::string_view a, std::string_view b, std::string_view c) {
  return header.size() == 3 && header[0].text() == a && header[1].text() == b && header[2].text() == c;
}

}  // namespace

std::span<const Kind> kinds() { return kKinds; }
std::span<const Metaedge> metaedges() { return kMetaedges; }

std::optional<std::uint8_t> findKind(std::string_view name) {
  return indexOf(kKinds, [&](const Kind& k) { return k.name == name; });
}

std::optional<std::uint8_t> findMetaedge(std::string_view abbreviation) {
  return indexOf(kMetaedges, [&](const Metaedge& m) { return m.abbreviation == abbreviation; });
}

CsvDialect dialect() { return {.delimiter = '\t', .quote = 0}; }

Table recognise(std::span<const Cell> header, const std::string& file) {
  if (reads(header, "id", "name", "kind")) return Table::kNodes;
  if (reads(header, "source", "metaedge", "target")) return Table::kEdges;
  throw Error{ErrorType::kInputError, Phase::kRuntime, "InvalidHeader",
              "the first line is neither `id name kind` nor `source metaedge target`, separated by tabs",
              RecordPosition{file, 1, ""}};
}

}  // namespace plexus::format::hetionet
