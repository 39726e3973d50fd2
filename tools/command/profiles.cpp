#include "tools/command/profiles.h"

#include <algorithm>
#include <array>

#include "tools/command/command.h"

namespace plexus::tools {
namespace {

constexpr std::string_view kTherapy = R"(// What treats what, in which order, with what, and where it must not be used.
CREATE NODE TYPE IF NOT EXISTS Entity ABSTRACT (name STRING NOT NULL, synonyms LIST<STRING>, xrefs LIST<STRING>);
CREATE NODE TYPE IF NOT EXISTS Condition EXTENDS Entity ABSTRACT;
CREATE NODE TYPE IF NOT EXISTS Disease EXTENDS Condition;
CREATE NODE TYPE IF NOT EXISTS Phenotype EXTENDS Condition;
CREATE NODE TYPE IF NOT EXISTS Stage EXTENDS Entity;
CREATE NODE TYPE IF NOT EXISTS AnatomicalSite EXTENDS Entity;
CREATE NODE TYPE IF NOT EXISTS CellType EXTENDS AnatomicalSite;
CREATE NODE TYPE IF NOT EXISTS Intervention EXTENDS Entity ABSTRACT;
CREATE NODE TYPE IF NOT EXISTS Therapy EXTENDS Intervention;
CREATE NODE TYPE IF NOT EXISTS Drug EXTENDS Intervention;
CREATE NODE TYPE IF NOT EXISTS Procedure EXTENDS Intervention;
CREATE NODE TYPE IF NOT EXISTS Regimen EXTENDS Intervention;
CREATE NODE TYPE IF NOT EXISTS Context EXTENDS Entity;
CREATE NODE TYPE IF NOT EXISTS Biomarker EXTENDS Entity;
CREATE NODE TYPE IF NOT EXISTS Target EXTENDS Entity;
CREATE NODE TYPE IF NOT EXISTS Outcome EXTENDS Entity;

// Kinds, parts, places.
CREATE RELATION TYPE IF NOT EXISTS is_a FROM Entity TO Entity TRANSITIVE ACYCLIC WITH EVIDENCE;
CREATE RELATION TYPE IF NOT EXISTS has_part FROM Regimen TO Intervention INVERSE part_of TRANSITIVE ACYCLIC WITH EVIDENCE
  (dose STRING, schedule STRING);
CREATE RELATION TYPE IF NOT EXISTS located_in FROM AnatomicalSite TO AnatomicalSite TRANSITIVE ACYCLIC WITH EVIDENCE;
CREATE RELATION TYPE IF NOT EXISTS affects FROM Disease TO AnatomicalSite WITH EVIDENCE;
CREATE RELATION TYPE IF NOT EXISTS occurs_in EXTENDS affects FROM Disease TO AnatomicalSite
  IMPLIED BY occurs_in/located_in WITH EVIDENCE;
CREATE RELATION TYPE IF NOT EXISTS metastasizes_to EXTENDS affects FROM Disease TO AnatomicalSite WITH EVIDENCE
  (frequency STRING);
CREATE RELATION TYPE IF NOT EXISTS has_stage FROM Disease TO Stage WITH EVIDENCE;

// Treatment, from what is tried to what is established.
CREATE RELATION TYPE IF NOT EXISTS contraindicated_in FROM Intervention TO Condition WITH EVIDENCE;
CREATE RELATION TYPE IF NOT EXISTS applied_or_studied_to_treat FROM Intervention TO Condition
  INVERSE subject_of_treatment_by WITH EVIDENCE;
CREATE RELATION TYPE IF NOT EXISTS applied_to_treat EXTENDS applied_or_studied_to_treat WITH EVIDENCE;
CREATE RELATION TYPE IF NOT EXISTS studied_to_treat EXTENDS applied_or_studied_to_treat WITH EVIDENCE;
CREATE RELATION TYPE IF NOT EXISTS in_preclinical_trials_for EXTENDS studied_to_treat WITH EVIDENCE;
CREATE RELATION TYPE IF NOT EXISTS in_clinical_trials_for EXTENDS studied_to_treat WITH EVIDENCE
  (phase INTEGER IN [0, 1, 2, 3, 4]);
CREATE RELATION TYPE IF NOT EXISTS treats EXTENDS applied_or_studied_to_treat INVERSE treated_by
  DISJOINT WITH contraindicated_in WITH EVIDENCE
  (status STRING IN ['investigational', 'off-label', 'established'], line INTEGER);
CREATE RELATION TYPE IF NOT EXISTS treats_a_kind_of FROM Intervention TO Condition IMPLIED BY treats, treats/is_a;

// Order and company.
CREATE RELATION TYPE IF NOT EXISTS precedes FROM Intervention TO Intervention INVERSE follows WITH EVIDENCE
  (purpose STRING);
CREATE RELATION TYPE IF NOT EXISTS comes_before FROM Intervention TO Intervention INVERSE comes_after TRANSITIVE
  IMPLIED BY precedes;
CREATE RELATION TYPE IF NOT EXISTS combines_with FROM Intervention TO Intervention SYMMETRIC WITH EVIDENCE
  (purpose STRING);
CREATE RELATION TYPE IF NOT EXISTS substitutes_for FROM Intervention TO Intervention SYMMETRIC WITH EVIDENCE;
CREATE RELATION TYPE IF NOT EXISTS given_in FROM Intervention TO Context WITH EVIDENCE;
CREATE RELATION TYPE IF NOT EXISTS uses FROM Therapy TO Intervention WITH EVIDENCE;

// What comes of it.
CREATE RELATION TYPE IF NOT EXISTS responds_to FROM Disease | Biomarker TO Intervention WITH EVIDENCE;
CREATE RELATION TYPE IF NOT EXISTS resistant_to FROM Disease | Biomarker TO Intervention DISJOINT WITH responds_to
  WITH EVIDENCE;
CREATE RELATION TYPE IF NOT EXISTS aims_at FROM Intervention TO Outcome WITH EVIDENCE;
CREATE RELATION TYPE IF NOT EXISTS has_adverse_event FROM Intervention TO Condition WITH EVIDENCE (frequency STRING);
CREATE RELATION TYPE IF NOT EXISTS targets FROM Intervention TO Target WITH EVIDENCE;
)";

constexpr std::string_view kBiolink = R"(// The part of the Biolink model that therapy needs, under its names.
CREATE NODE TYPE IF NOT EXISTS NamedThing ABSTRACT (id STRING UNIQUE NOT NULL, name STRING);
CREATE NODE TYPE IF NOT EXISTS BiologicalEntity EXTENDS NamedThing ABSTRACT;
CREATE NODE TYPE IF NOT EXISTS DiseaseOrPhenotypicFeature EXTENDS BiologicalEntity ABSTRACT;
CREATE NODE TYPE IF NOT EXISTS Disease EXTENDS DiseaseOrPhenotypicFeature;
CREATE NODE TYPE IF NOT EXISTS PhenotypicFeature EXTENDS DiseaseOrPhenotypicFeature;
CREATE NODE TYPE IF NOT EXISTS Gene EXTENDS BiologicalEntity;
CREATE NODE TYPE IF NOT EXISTS Protein EXTENDS BiologicalEntity;
CREATE NODE TYPE IF NOT EXISTS BiologicalProcess EXTENDS BiologicalEntity;
CREATE NODE TYPE IF NOT EXISTS Pathway EXTENDS BiologicalProcess;
CREATE NODE TYPE IF NOT EXISTS AnatomicalEntity EXTENDS BiologicalEntity;
CREATE NODE TYPE IF NOT EXISTS Cell EXTENDS AnatomicalEntity;
CREATE NODE TYPE IF NOT EXISTS ChemicalEntity EXTENDS NamedThing;
CREATE NODE TYPE IF NOT EXISTS SmallMolecule EXTENDS ChemicalEntity;
CREATE NODE TYPE IF NOT EXISTS Drug EXTENDS ChemicalEntity;
CREATE NODE TYPE IF NOT EXISTS Procedure EXTENDS NamedThing;
CREATE NODE TYPE IF NOT EXISTS Treatment EXTENDS NamedThing;

CREATE RELATION TYPE IF NOT EXISTS related_to WITH EVIDENCE;
CREATE RELATION TYPE IF NOT EXISTS subclass_of EXTENDS related_to INVERSE superclass_of TRANSITIVE ACYCLIC WITH EVIDENCE;
CREATE RELATION TYPE IF NOT EXISTS part_of EXTENDS related_to INVERSE has_part TRANSITIVE WITH EVIDENCE;
CREATE RELATION TYPE IF NOT EXISTS located_in EXTENDS related_to INVERSE location_of TRANSITIVE WITH EVIDENCE;
CREATE RELATION TYPE IF NOT EXISTS disease_has_location EXTENDS related_to FROM DiseaseOrPhenotypicFeature
  TO AnatomicalEntity INVERSE location_of_disease IMPLIED BY disease_has_location/located_in WITH EVIDENCE;
CREATE RELATION TYPE IF NOT EXISTS temporally_related_to EXTENDS related_to SYMMETRIC WITH EVIDENCE;
CREATE RELATION TYPE IF NOT EXISTS precedes EXTENDS temporally_related_to INVERSE preceded_by WITH EVIDENCE;
CREATE RELATION TYPE IF NOT EXISTS treats_or_applied_or_studied_to_treat EXTENDS related_to
  FROM ChemicalEntity | Procedure | Treatment TO DiseaseOrPhenotypicFeature
  INVERSE subject_of_treatment_application_or_study_for_treatment_by WITH EVIDENCE;
CREATE RELATION TYPE IF NOT EXISTS applied_to_treat EXTENDS treats_or_applied_or_studied_to_treat WITH EVIDENCE;
CREATE RELATION TYPE IF NOT EXISTS studied_to_treat EXTENDS treats_or_applied_or_studied_to_treat WITH EVIDENCE;
CREATE RELATION TYPE IF NOT EXISTS in_clinical_trials_for EXTENDS studied_to_treat WITH EVIDENCE;
CREATE RELATION TYPE IF NOT EXISTS in_preclinical_trials_for EXTENDS studied_to_treat WITH EVIDENCE;
CREATE RELATION TYPE IF NOT EXISTS beneficial_in_models_for EXTENDS in_preclinical_trials_for WITH EVIDENCE;
CREATE RELATION TYPE IF NOT EXISTS contraindicated_in EXTENDS related_to WITH EVIDENCE;
CREATE RELATION TYPE IF NOT EXISTS treats EXTENDS treats_or_applied_or_studied_to_treat INVERSE treated_by
  DISJOINT WITH contraindicated_in WITH EVIDENCE;
CREATE RELATION TYPE IF NOT EXISTS has_adverse_event EXTENDS related_to TO DiseaseOrPhenotypicFeature
  INVERSE adverse_event_of WITH EVIDENCE;
CREATE RELATION TYPE IF NOT EXISTS has_side_effect EXTENDS has_adverse_event INVERSE is_side_effect_of WITH EVIDENCE;
CREATE RELATION TYPE IF NOT EXISTS affects EXTENDS related_to INVERSE affected_by WITH EVIDENCE;
CREATE RELATION TYPE IF NOT EXISTS regulates EXTENDS affects INVERSE regulated_by WITH EVIDENCE;
)";

constexpr std::array<Profile, 2> kProfiles = {{
    {"therapy", "diseases, sites, interventions, regimens; treatment from tried to established, order, combination",
     kTherapy},
    {"biolink", "the part of the Biolink model that therapy needs, under its names", kBiolink},
}};

}  // namespace

std::span<const Profile> profiles() { return kProfiles; }

const Profile& findProfile(const std::string& name) {
  const auto found = std::find_if(kProfiles.begin(), kProfiles.end(), [&](const Profile& p) { return p.name == name; });
  if (found != kProfiles.end()) return *found;
  std::string known;
  for (const Profile& profile : kProfiles) known += (known.empty() ? "" : ", ") + std::string{profile.name};
  throw UsageError{"there is no profile `" + name + "`; there are: " + known};
}

}  // namespace plexus::tools
