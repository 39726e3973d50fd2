// What the leiomyosarcoma sample is made of: node types, and what its relations mean.
CREATE NODE TYPE Entity ABSTRACT (name STRING NOT NULL, synonyms LIST<STRING>);
CREATE NODE TYPE Disease EXTENDS Entity (name STRING UNIQUE NOT NULL);
CREATE NODE TYPE AnatomicalSite EXTENDS Entity (name STRING UNIQUE NOT NULL);
CREATE NODE TYPE CellType EXTENDS AnatomicalSite (name STRING UNIQUE NOT NULL);
CREATE NODE TYPE Intervention EXTENDS Entity ABSTRACT;
CREATE NODE TYPE Therapy EXTENDS Intervention (name STRING UNIQUE NOT NULL);
CREATE NODE TYPE Technique EXTENDS Intervention (name STRING UNIQUE NOT NULL);
CREATE NODE TYPE Drug EXTENDS Intervention (name STRING UNIQUE NOT NULL);
CREATE NODE TYPE Target EXTENDS Entity (name STRING UNIQUE NOT NULL);
CREATE NODE TYPE BiologicalProcess EXTENDS Entity (name STRING UNIQUE NOT NULL);
CREATE NODE TYPE Outcome EXTENDS Entity (name STRING UNIQUE NOT NULL);

// Kinds and places.
CREATE RELATION TYPE is_a FROM Entity TO Entity TRANSITIVE ACYCLIC;
CREATE RELATION TYPE located_in FROM AnatomicalSite TO AnatomicalSite TRANSITIVE;
CREATE RELATION TYPE arises_from FROM Disease TO AnatomicalSite;
CREATE RELATION TYPE affects FROM Disease TO AnatomicalSite;
CREATE RELATION TYPE occurs_in EXTENDS affects FROM Disease TO AnatomicalSite;
CREATE RELATION TYPE metastasizes_to EXTENDS affects FROM Disease TO AnatomicalSite;
CREATE RELATION TYPE gives_rise_to FROM Disease TO Disease;

// Treatment.
CREATE RELATION TYPE treats FROM Intervention TO Disease INVERSE treated_by;
CREATE RELATION TYPE precedes FROM Intervention TO Intervention INVERSE follows;
CREATE RELATION TYPE combines_with FROM Intervention TO Intervention SYMMETRIC;
CREATE RELATION TYPE alternative_to FROM Intervention TO Intervention SYMMETRIC;
CREATE RELATION TYPE uses FROM Therapy TO Drug | Technique;
CREATE RELATION TYPE involves FROM Technique TO AnatomicalSite;
CREATE RELATION TYPE targets FROM Therapy TO Target;
CREATE RELATION TYPE aims_at FROM Intervention TO Outcome;
CREATE RELATION TYPE resistant_to FROM Disease TO Intervention;
CREATE RELATION TYPE has_care_goal FROM Disease TO Outcome;

// Biology.
CREATE RELATION TYPE prevents FROM Entity TO BiologicalProcess;
CREATE RELATION TYPE regulates FROM Entity TO BiologicalProcess;
CREATE RELATION TYPE inhibits EXTENDS regulates FROM Entity TO BiologicalProcess;
CREATE RELATION TYPE stimulates EXTENDS regulates FROM Entity TO BiologicalProcess;
CREATE RELATION TYPE suppresses EXTENDS regulates FROM Entity TO BiologicalProcess;
CREATE RELATION TYPE depends_on FROM BiologicalProcess TO BiologicalProcess TRANSITIVE;
