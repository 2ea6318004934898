-- The index of a release: every bounded read of a page is one look-up here.
-- Terms are canonical N-Triples text, IRIs stand without angle brackets where only an IRI can be.

-- The named graphs and the part each plays (lod.dataset.Role).
CREATE TABLE graph (
  iri        TEXT PRIMARY KEY,
  role       TEXT NOT NULL,
  in_default INTEGER NOT NULL,
  triples    INTEGER NOT NULL
) WITHOUT ROWID;

-- What is said of an IRI: N-Quads of the subject and of the blank nodes it owns.
CREATE TABLE record (
  subject TEXT PRIMARY KEY,
  quads   BLOB NOT NULL
) WITHOUT ROWID;

-- Who points at an IRI; separate is 1 for statements outside the default graph, direct is 0 where
-- only a blank node of the subject points there.
CREATE TABLE link (
  object   TEXT NOT NULL,
  separate INTEGER NOT NULL,
  property TEXT NOT NULL,
  subject  TEXT NOT NULL,
  direct   INTEGER NOT NULL,
  PRIMARY KEY (object, separate, property, subject)
) WITHOUT ROWID;

CREATE TABLE link_count (
  object   TEXT NOT NULL,
  separate INTEGER NOT NULL,
  property TEXT NOT NULL,
  links    INTEGER NOT NULL,
  PRIMARY KEY (object, separate, property)
) WITHOUT ROWID;

-- Names and descriptions; a lower rank is preferred (lod.release.labels).
CREATE TABLE label (
  iri      TEXT NOT NULL,
  rank     INTEGER NOT NULL,
  language TEXT NOT NULL,
  text     TEXT NOT NULL,
  PRIMARY KEY (iri, rank, language, text)
) WITHOUT ROWID;

-- Full text: one entry a name or description, its text folded (lod.rdf.collation).
CREATE TABLE entry (
  id       INTEGER PRIMARY KEY,
  iri      TEXT NOT NULL,
  rank     INTEGER NOT NULL,
  folded   TEXT NOT NULL
);
CREATE INDEX entry_folded ON entry (folded);
CREATE VIRTUAL TABLE search USING fts5 (folded, content = 'entry', content_rowid = 'id', prefix = '2 3');

-- Request path (decoded, relative to the base) → the IRI asked for.
CREATE TABLE address (
  path TEXT PRIMARY KEY,
  iri  TEXT NOT NULL
) WITHOUT ROWID;

-- Documents that describe several IRIs, each by its fragment.
CREATE TABLE fragment (
  document TEXT NOT NULL,
  iri      TEXT NOT NULL,
  PRIMARY KEY (document, iri)
) WITHOUT ROWID;

-- The kinds that have a list, in the order of the project, and what belongs to each.
CREATE TABLE kind (
  segment TEXT PRIMARY KEY,
  rank    INTEGER NOT NULL,
  classes TEXT NOT NULL,
  members INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE member (
  kind     TEXT NOT NULL,
  language TEXT NOT NULL,
  sort_key TEXT NOT NULL,
  iri      TEXT NOT NULL,
  PRIMARY KEY (kind, language, sort_key, iri)
) WITHOUT ROWID;
CREATE TABLE entity (
  iri  TEXT PRIMARY KEY,
  kind TEXT NOT NULL
) WITHOUT ROWID;

-- Each class and the classes above it.
CREATE TABLE ancestor (
  class    TEXT NOT NULL,
  ancestor TEXT NOT NULL,
  PRIMARY KEY (class, ancestor)
) WITHOUT ROWID;

-- What makes a subject a claim: its sources, citations and qualifiers (lod.release.claims).
CREATE TABLE claim (
  iri   TEXT NOT NULL,
  part  INTEGER NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (iri, part, value)
) WITHOUT ROWID;

-- Which claims bear a derived triple out.
CREATE TABLE support (
  subject  TEXT NOT NULL,
  property TEXT NOT NULL,
  object   TEXT NOT NULL,
  claim    TEXT NOT NULL,
  PRIMARY KEY (subject, property, object, claim)
) WITHOUT ROWID;

-- How shapes name and order the properties of a class (sh:name, sh:order).
CREATE TABLE display (
  class    TEXT NOT NULL,
  property TEXT NOT NULL,
  inverse  INTEGER NOT NULL,
  position REAL NOT NULL,
  shape    TEXT NOT NULL,
  PRIMARY KEY (class, property, inverse)
) WITHOUT ROWID;
CREATE TABLE display_name (
  shape    TEXT NOT NULL,
  language TEXT NOT NULL,
  text     TEXT NOT NULL,
  PRIMARY KEY (shape, language)
) WITHOUT ROWID;

-- The default graph in numbers: '' stands for all classes or all properties.
CREATE TABLE statistic (
  class    TEXT NOT NULL,
  property TEXT NOT NULL,
  subjects INTEGER NOT NULL,
  triples  INTEGER NOT NULL,
  PRIMARY KEY (class, property)
) WITHOUT ROWID;
