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

// Names and synonyms, however they are spelt.
CREATE FULLTEXT INDEX names IF NOT EXISTS FOR (n:Entity) ON EACH [n.name, n.synonyms];

// A statement is told from others by its ends and by the properties that its type declares (status, purpose, ...); all
// other properties say who states it (source, paragraph, sentence, evidence): those are its evidence.

// Kinds and places.
CREATE RELATION TYPE is_a FROM Entity TO Entity TRANSITIVE ACYCLIC WITH EVIDENCE
  (status STRING NOT NULL IN ['established', 'investigational'] DEFAULT 'established');
CREATE RELATION TYPE located_in FROM AnatomicalSite TO AnatomicalSite TRANSITIVE WITH EVIDENCE
  (status STRING NOT NULL IN ['established', 'investigational'] DEFAULT 'established');
CREATE RELATION TYPE arises_from FROM Disease TO AnatomicalSite WITH EVIDENCE
  (status STRING NOT NULL IN ['established', 'investigational'] DEFAULT 'established');
CREATE RELATION TYPE affects FROM Disease TO AnatomicalSite WITH EVIDENCE
  (status STRING NOT NULL IN ['established', 'investigational'] DEFAULT 'established');
CREATE RELATION TYPE occurs_in EXTENDS affects FROM Disease TO AnatomicalSite WITH EVIDENCE
  (status STRING NOT NULL IN ['established', 'investigational'] DEFAULT 'established');
CREATE RELATION TYPE metastasizes_to EXTENDS affects FROM Disease TO AnatomicalSite WITH EVIDENCE
  (status STRING NOT NULL IN ['established', 'investigational'] DEFAULT 'established', frequency STRING);
CREATE RELATION TYPE gives_rise_to FROM Disease TO Disease WITH EVIDENCE
  (status STRING NOT NULL IN ['established', 'investigational'] DEFAULT 'established');

// Treatment.
CREATE RELATION TYPE treats FROM Intervention TO Disease INVERSE treated_by WITH EVIDENCE
  (status STRING NOT NULL IN ['established', 'investigational'] DEFAULT 'established', role STRING, effect STRING);
CREATE RELATION TYPE precedes FROM Intervention TO Intervention INVERSE follows WITH EVIDENCE
  (status STRING NOT NULL IN ['established', 'investigational'] DEFAULT 'established', purpose STRING);
CREATE RELATION TYPE combines_with FROM Intervention TO Intervention SYMMETRIC WITH EVIDENCE
  (status STRING NOT NULL IN ['established', 'investigational'] DEFAULT 'established', purpose STRING, effect STRING);
CREATE RELATION TYPE alternative_to FROM Intervention TO Intervention SYMMETRIC WITH EVIDENCE
  (status STRING NOT NULL IN ['established', 'investigational'] DEFAULT 'established');
CREATE RELATION TYPE uses FROM Therapy TO Drug | Technique WITH EVIDENCE
  (status STRING NOT NULL IN ['established', 'investigational'] DEFAULT 'established');
CREATE RELATION TYPE involves FROM Technique TO AnatomicalSite WITH EVIDENCE
  (status STRING NOT NULL IN ['established', 'investigational'] DEFAULT 'established');
CREATE RELATION TYPE targets FROM Therapy TO Target WITH EVIDENCE
  (status STRING NOT NULL IN ['established', 'investigational'] DEFAULT 'established');
CREATE RELATION TYPE aims_at FROM Intervention TO Outcome WITH EVIDENCE
  (status STRING NOT NULL IN ['established', 'investigational'] DEFAULT 'established');
CREATE RELATION TYPE resistant_to FROM Disease TO Intervention WITH EVIDENCE
  (status STRING NOT NULL IN ['established', 'investigational'] DEFAULT 'established', extent STRING);
CREATE RELATION TYPE has_care_goal FROM Disease TO Outcome WITH EVIDENCE
  (status STRING NOT NULL IN ['established', 'investigational'] DEFAULT 'established');

// Biology.
CREATE RELATION TYPE prevents FROM Entity TO BiologicalProcess WITH EVIDENCE
  (status STRING NOT NULL IN ['established', 'investigational'] DEFAULT 'established', effect STRING);
CREATE RELATION TYPE regulates FROM Entity TO BiologicalProcess WITH EVIDENCE
  (status STRING NOT NULL IN ['established', 'investigational'] DEFAULT 'established');
CREATE RELATION TYPE inhibits EXTENDS regulates FROM Entity TO BiologicalProcess WITH EVIDENCE
  (status STRING NOT NULL IN ['established', 'investigational'] DEFAULT 'established');
CREATE RELATION TYPE stimulates EXTENDS regulates FROM Entity TO BiologicalProcess WITH EVIDENCE
  (status STRING NOT NULL IN ['established', 'investigational'] DEFAULT 'established');
CREATE RELATION TYPE suppresses EXTENDS regulates FROM Entity TO BiologicalProcess WITH EVIDENCE
  (status STRING NOT NULL IN ['established', 'investigational'] DEFAULT 'established');
CREATE RELATION TYPE depends_on FROM BiologicalProcess TO BiologicalProcess TRANSITIVE WITH EVIDENCE
  (status STRING NOT NULL IN ['established', 'investigational'] DEFAULT 'established');
