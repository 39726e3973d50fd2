// Questions to the leiomyosarcoma sample, to be run one by one or as a file:
//   plexus query DB -f questions.cypher

// Which drugs are used for chemotherapy?
MATCH (:Therapy {name: 'chemotherapy'})-[:uses]->(d:Drug)
RETURN d.name AS drug ORDER BY drug;

// What treats leiomyosarcoma or one of its kinds, and what is treated?
MATCH (i:Intervention)-[t:treats]->(d:Disease)-[:is_a*0..]->(:Disease {name: 'leiomyosarcoma'})
RETURN i.name AS intervention, d.name AS disease, t.status AS status ORDER BY intervention, disease;

// Which treatments are still being studied?
MATCH (i:Intervention)-[r:treats]->(d:Disease)
WHERE r.status = 'investigational'
RETURN i.name AS intervention, d.name AS disease ORDER BY intervention;

// What comes before surgery, and what for?
MATCH (before:Intervention)-[p:precedes]->(:Therapy {name: 'surgery'})
RETURN before.name AS before, p.purpose AS purpose ORDER BY before;

// By which steps does bevacizumab work against leiomyosarcoma?
MATCH path = (:Drug {name: 'bevacizumab'})<-[:uses]-(therapy:Therapy)-[:is_a*]->(kind:Therapy)-[:treats]->(d:Disease)
RETURN therapy.name AS therapy, kind.name AS kind, d.name AS disease;

// What keeps a tumour from growing, directly or through what its growth depends on?
MATCH (what)-[:inhibits]->(process)<-[:depends_on*0..]-(:BiologicalProcess {name: 'tumor growth'})
RETURN what.name AS what, process.name AS process ORDER BY what;

// Where is it said that bevacizumab inhibits angiogenesis?
MATCH (:Drug {name: 'bevacizumab'})-[r:inhibits]->(:BiologicalProcess {name: 'angiogenesis'})
RETURN r.source AS source, r.paragraph AS paragraph, r.sentence AS sentence, r.evidence AS evidence;

// Find a drug by a trade name.
MATCH (d:Drug) WHERE 'Adriamycin' IN d.synonyms
RETURN d.name AS name;

// How many entities of each type are there under Intervention?
MATCH (i:Intervention)
UNWIND [l IN labels(i) WHERE l IN ['Therapy', 'Technique', 'Drug']] AS kind
RETURN kind, count(*) AS n ORDER BY kind;

// How many statements of each relation are there?
MATCH ()-[r]->()
RETURN type(r) AS relation, count(*) AS n ORDER BY n DESC, relation;
