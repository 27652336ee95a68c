-- Head versions kept in order: what people say of them, where they come from, aliases that are protected, versions that
-- were pruned.
--
-- Tables that change are made anew, while no foreign key is enforced: a column that was added would stand behind the
-- weights, and a check cannot be changed.

DROP VIEW aliases;

CREATE TABLE new_head_version (
  id            INTEGER PRIMARY KEY,
  head          INTEGER NOT NULL REFERENCES head (id) ON DELETE CASCADE,
  version       INTEGER NOT NULL CHECK (version > 0),  -- 1, 2, … in each head; none is given twice
  parent        INTEGER CHECK (parent < version),  -- the version of this head that it was made from
  digest        BLOB    NOT NULL CHECK (length(digest) = 32),  -- SHA-256 of specification, fingerprint, rows and weights
  specification TEXT    NOT NULL CHECK (json_valid(specification)),  -- method, hyperparameters, seed, split
  backbone      TEXT    NOT NULL,  -- the backbone's name and fingerprint stand here themselves:
  fingerprint   BLOB    NOT NULL CHECK (length(fingerprint) = 32),  -- a head outlives the backbone's row
  dataset       INTEGER NOT NULL,
  revision      INTEGER NOT NULL,
  rows_digest   BLOB    NOT NULL CHECK (length(rows_digest) = 32),  -- SHA-256 of the ids, contents and labels used
  metrics       TEXT    NOT NULL CHECK (json_valid(metrics)),
  environment   TEXT    NOT NULL CHECK (json_valid(environment)),
  created       TEXT    NOT NULL,
  weights       BLOB    NOT NULL,  -- a safetensors file; last, so that the rest is read without it
  UNIQUE (head, version),
  FOREIGN KEY (head, parent) REFERENCES head_version (head, version),
  FOREIGN KEY (dataset, revision) REFERENCES revision (dataset, number)
) STRICT;
INSERT INTO new_head_version
SELECT id, head, version, NULL, digest, specification, backbone, fingerprint, dataset, revision, rows_digest, metrics,
  environment, created, weights
FROM head_version;
DROP TABLE head_version;
ALTER TABLE new_head_version RENAME TO head_version;
CREATE INDEX head_version_revision ON head_version (dataset, revision);
CREATE INDEX head_version_parent ON head_version (head, parent);

-- What is left of a version that was pruned.
CREATE TABLE pruned_version (
  head    INTEGER NOT NULL REFERENCES head (id) ON DELETE CASCADE,
  version INTEGER NOT NULL CHECK (version > 0),
  digest  BLOB    NOT NULL CHECK (length(digest) = 32),
  created TEXT    NOT NULL,  -- when the version was
  pruned  TEXT    NOT NULL,  -- when it was pruned
  PRIMARY KEY (head, version)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER pruned_version_is_append_only BEFORE UPDATE ON pruned_version
BEGIN SELECT RAISE(ABORT, 'what was pruned stays pruned'); END;
CREATE TRIGGER pruned_version_keeps_its_entries BEFORE DELETE ON pruned_version
WHEN EXISTS (SELECT 1 FROM head WHERE id = OLD.head)
BEGIN SELECT RAISE(ABORT, 'what was pruned stays pruned'); END;

CREATE TRIGGER head_version_is_new BEFORE INSERT ON head_version
WHEN EXISTS (SELECT 1 FROM pruned_version WHERE head = NEW.head AND version = NEW.version)
BEGIN SELECT RAISE(ABORT, 'a version''s number is never given twice'); END;
CREATE TRIGGER head_version_is_immutable BEFORE UPDATE ON head_version
BEGIN SELECT RAISE(ABORT, 'a head version never changes'); END;
-- Versions go with their head, or leave a row of their own behind.
CREATE TRIGGER head_version_stays BEFORE DELETE ON head_version
WHEN EXISTS (SELECT 1 FROM head WHERE id = OLD.head)
  AND NOT EXISTS (SELECT 1 FROM pruned_version WHERE head = OLD.head AND version = OLD.version)
BEGIN SELECT RAISE(ABORT, 'a head version goes only with its head'); END;

-- Aliases are movable names of versions; where one points is its newest entry here. Rolling back is one more entry, and so is
-- protecting an alias: from there on it is moved only by what allows that, until it is unprotected or removed.
CREATE TABLE new_alias_log (
  id         INTEGER PRIMARY KEY,
  head       INTEGER NOT NULL REFERENCES head (id) ON DELETE CASCADE,
  alias      TEXT    NOT NULL,
  version    INTEGER,  -- NULL: the alias was removed
  reason     TEXT    NOT NULL CHECK (reason IN ('promote', 'rollback', 'remove', 'protect', 'unprotect')),
  note       TEXT    CHECK (note <> ''),  -- what was said of it
  allowed_by TEXT,  -- what let a protected alias move: 'override'; NULL: it was not protected
  created    TEXT    NOT NULL,
  FOREIGN KEY (head, version) REFERENCES head_version (head, version)
) STRICT;
INSERT INTO new_alias_log SELECT id, head, alias, version, reason, NULL, NULL, created FROM alias_log;
DROP TABLE alias_log;
ALTER TABLE new_alias_log RENAME TO alias_log;
CREATE INDEX alias_log_newest ON alias_log (head, alias, id);

CREATE TRIGGER alias_log_is_append_only BEFORE UPDATE ON alias_log
BEGIN SELECT RAISE(ABORT, 'the alias log is append-only'); END;
CREATE TRIGGER alias_log_keeps_its_entries BEFORE DELETE ON alias_log
WHEN EXISTS (SELECT 1 FROM head WHERE id = OLD.head)  -- the log goes with its head, and only so
BEGIN SELECT RAISE(ABORT, 'the alias log is append-only'); END;

-- What is said of versions, which themselves never change; it outlives those that are pruned. Whether a version has a tag
-- is told by the newest entry of both.
CREATE TABLE head_annotation (
  id      INTEGER PRIMARY KEY,
  head    INTEGER NOT NULL REFERENCES head (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  kind    TEXT    NOT NULL CHECK (kind IN ('note', 'tag', 'untag')),
  text    TEXT    NOT NULL CHECK (text <> ''),  -- the note, or the tag
  created TEXT    NOT NULL
) STRICT;
CREATE INDEX head_annotation_of_version ON head_annotation (head, version);

CREATE TRIGGER head_annotation_is_append_only BEFORE UPDATE ON head_annotation
BEGIN SELECT RAISE(ABORT, 'notes and tags are append-only'); END;
CREATE TRIGGER head_annotation_keeps_its_entries BEFORE DELETE ON head_annotation
WHEN EXISTS (SELECT 1 FROM head WHERE id = OLD.head)
BEGIN SELECT RAISE(ABORT, 'notes and tags are append-only'); END;

CREATE VIEW aliases (head, alias, version, created) AS
SELECT head.name, newest.alias, newest.version, newest.created
FROM alias_log AS newest
JOIN head ON head.id = newest.head
WHERE newest.version IS NOT NULL
  AND newest.id = (SELECT max(id) FROM alias_log WHERE head = newest.head AND alias = newest.alias);

-- The newest is that of the latest time: stores that are merged bring entries that are older than those here.
CREATE VIEW tags (head, version, tag, created) AS
SELECT head.name, newest.version, newest.text, newest.created
FROM head_annotation AS newest
JOIN head ON head.id = newest.head
WHERE newest.kind = 'tag' AND newest.id = (
  SELECT id FROM head_annotation
  WHERE head = newest.head AND version = newest.version AND kind <> 'note' AND text = newest.text
  ORDER BY created DESC, id DESC LIMIT 1);
