-- The store of Firn: one SQLite file that any SQLite client can read.
--
-- Words: a *content* is what is embedded, kept once per digest whatever it is called; an *item* is a named entry of
-- a *dataset* and points at content; a *task* is one question asked of items; an *embedding* is the vector of one content
-- under one *backbone*; a *head version* is one immutable training result.

CREATE TABLE backbone (
  id          INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 8388607),  -- 23 bits: see embedding.id
  name        TEXT    NOT NULL UNIQUE,
  fingerprint BLOB    NOT NULL UNIQUE CHECK (length(fingerprint) = 32),  -- SHA-256 of all that decides its output
  dimension   INTEGER NOT NULL CHECK (dimension > 0),
  location    TEXT    NOT NULL,  -- the model directory
  manifest    TEXT    NOT NULL CHECK (json_valid(manifest)),  -- architecture, pooling, lengths, files with digests
  created     TEXT    NOT NULL   -- every `created` is ISO 8601, UTC
) STRICT;

CREATE TABLE content (
  id     INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 1099511627775),  -- 40 bits: see embedding.id
  digest BLOB    NOT NULL UNIQUE CHECK (length(digest) = 32),  -- SHA-256 of the UTF-8 bytes of `text`
  text   TEXT    NOT NULL
) STRICT;

-- One vector a row. The key holds backbone and content, so that a backbone's vectors lie together in the file and
-- no second index is needed. Whoever writes one looks up both first: a trigger that did so would have SQLite copy the
-- pages it changes for each row, which takes longer than all the rest.
CREATE TABLE embedding (
  id        INTEGER PRIMARY KEY,  -- backbone.id * 2^40 + content.id
  vector    BLOB    NOT NULL,     -- float32, little-endian
  tokens    INTEGER NOT NULL CHECK (tokens >= 0),        -- what the backbone read, special tokens included
  truncated INTEGER NOT NULL CHECK (truncated IN (0, 1)),  -- 1: the text was longer than the backbone reads
  checksum  INTEGER NOT NULL      -- CRC-32C of id, tokens, truncated (8 bytes each, little-endian) and vector
) STRICT;

CREATE TRIGGER backbone_takes_its_embeddings BEFORE DELETE ON backbone
BEGIN DELETE FROM embedding WHERE id BETWEEN OLD.id << 40 AND (OLD.id << 40) | 1099511627775; END;

CREATE TRIGGER content_takes_its_embeddings BEFORE DELETE ON content
BEGIN DELETE FROM embedding WHERE id IN (SELECT (backbone.id << 40) | OLD.id FROM backbone); END;

CREATE TABLE dataset (
  id      INTEGER PRIMARY KEY,
  name    TEXT NOT NULL UNIQUE,
  created TEXT NOT NULL
) STRICT;

-- Every change of a dataset is a revision. While it is written it is open and readers do not see it; once closed it never
-- changes again.
CREATE TABLE revision (
  dataset INTEGER NOT NULL REFERENCES dataset (id),
  number  INTEGER NOT NULL CHECK (number > 0),  -- 1, 2, … in each dataset
  command TEXT    NOT NULL,  -- what made it
  created TEXT    NOT NULL,
  state   TEXT    NOT NULL CHECK (state IN ('open', 'closed', 'interrupted')),  -- interrupted: its writer died; what it had written stands
  added   INTEGER NOT NULL DEFAULT 0,  -- items that it added, changed (content, metadata or labels) and removed
  changed INTEGER NOT NULL DEFAULT 0,
  removed INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (dataset, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE item (
  id          INTEGER PRIMARY KEY,
  dataset     INTEGER NOT NULL REFERENCES dataset (id),
  external_id TEXT    NOT NULL,
  UNIQUE (dataset, external_id)
) STRICT;

-- What an item held from revision `since` until before revision `until` (NULL: still).
CREATE TABLE item_state (
  item     INTEGER NOT NULL REFERENCES item (id),
  since    INTEGER NOT NULL,
  until    INTEGER CHECK (until > since),
  content  INTEGER NOT NULL REFERENCES content (id),
  metadata TEXT    NOT NULL CHECK (json_valid(metadata)),  -- an object with sorted keys
  PRIMARY KEY (item, since)
) STRICT, WITHOUT ROWID;
CREATE INDEX item_state_content ON item_state (content);

CREATE TABLE task (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('single-label', 'multi-label', 'regression'))
) STRICT;

-- The label of an item for a task, over the same spans of revisions.
CREATE TABLE label (
  item  INTEGER NOT NULL REFERENCES item (id),
  task  INTEGER NOT NULL REFERENCES task (id),
  since INTEGER NOT NULL,
  until INTEGER CHECK (until > since),
  value ANY NOT NULL,  -- single-label: text; multi-label: JSON array of text, sorted, each once; regression: a real
  PRIMARY KEY (item, task, since)
) STRICT, WITHOUT ROWID;

CREATE TABLE head (
  id      INTEGER PRIMARY KEY,
  name    TEXT    NOT NULL UNIQUE,
  task    INTEGER NOT NULL REFERENCES task (id),
  created TEXT    NOT NULL
) STRICT;

CREATE TABLE head_version (
  id            INTEGER PRIMARY KEY,
  head          INTEGER NOT NULL REFERENCES head (id) ON DELETE CASCADE,
  version       INTEGER NOT NULL CHECK (version > 0),  -- 1, 2, … in each head
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
  FOREIGN KEY (dataset, revision) REFERENCES revision (dataset, number)
) STRICT;
CREATE INDEX head_version_revision ON head_version (dataset, revision);

CREATE TRIGGER head_version_is_immutable BEFORE UPDATE ON head_version
BEGIN SELECT RAISE(ABORT, 'a head version never changes'); END;
CREATE TRIGGER head_version_stays BEFORE DELETE ON head_version
WHEN EXISTS (SELECT 1 FROM head WHERE id = OLD.head)  -- versions go with their head, and only so: no number is given twice
BEGIN SELECT RAISE(ABORT, 'a head version goes only with its head'); END;

-- Aliases are movable names of versions; where one points is its newest entry here. Rolling back is one more entry.
CREATE TABLE alias_log (
  id      INTEGER PRIMARY KEY,
  head    INTEGER NOT NULL REFERENCES head (id) ON DELETE CASCADE,
  alias   TEXT    NOT NULL,
  version INTEGER,  -- NULL: the alias was removed
  reason  TEXT    NOT NULL CHECK (reason IN ('promote', 'rollback', 'remove')),
  created TEXT    NOT NULL,
  FOREIGN KEY (head, version) REFERENCES head_version (head, version)
) STRICT;
CREATE INDEX alias_log_newest ON alias_log (head, alias, id);

CREATE TRIGGER alias_log_is_append_only BEFORE UPDATE ON alias_log
BEGIN SELECT RAISE(ABORT, 'the alias log is append-only'); END;
CREATE TRIGGER alias_log_keeps_its_entries BEFORE DELETE ON alias_log
WHEN EXISTS (SELECT 1 FROM head WHERE id = OLD.head)  -- the log goes with its head, and only so
BEGIN SELECT RAISE(ABORT, 'the alias log is append-only'); END;

-- Views for people and other tools. The first two are a contract.

CREATE VIEW embeddings (backbone, digest, vector) AS
SELECT backbone.name, content.digest, embedding.vector
FROM embedding
JOIN backbone ON backbone.id = embedding.id >> 40
JOIN content ON content.id = embedding.id & 1099511627775;

-- The newest revision of each dataset that readers see.
CREATE VIEW current_revision (dataset, number) AS
SELECT dataset, max(number) FROM revision WHERE state <> 'open' GROUP BY dataset;

CREATE VIEW items (dataset, item, text, metadata) AS
SELECT dataset.name, item.external_id, content.text, item_state.metadata
FROM item
JOIN dataset ON dataset.id = item.dataset
JOIN current_revision ON current_revision.dataset = item.dataset
JOIN item_state ON item_state.item = item.id
  AND item_state.since <= current_revision.number
  AND (item_state.until IS NULL OR item_state.until > current_revision.number)
JOIN content ON content.id = item_state.content;

CREATE VIEW item_embeddings (backbone, dataset, item, vector) AS
SELECT backbone.name, dataset.name, item.external_id, embedding.vector
FROM backbone
JOIN item
JOIN dataset ON dataset.id = item.dataset
JOIN current_revision ON current_revision.dataset = item.dataset
JOIN item_state ON item_state.item = item.id
  AND item_state.since <= current_revision.number
  AND (item_state.until IS NULL OR item_state.until > current_revision.number)
JOIN embedding ON embedding.id = (backbone.id << 40) | item_state.content;

CREATE VIEW labels (dataset, item, task, value) AS
SELECT dataset.name, item.external_id, task.name, label.value
FROM item
JOIN dataset ON dataset.id = item.dataset
JOIN current_revision ON current_revision.dataset = item.dataset
JOIN label ON label.item = item.id
  AND label.since <= current_revision.number
  AND (label.until IS NULL OR label.until > current_revision.number)
JOIN task ON task.id = label.task;

CREATE VIEW aliases (head, alias, version, created) AS
SELECT head.name, newest.alias, newest.version, newest.created
FROM alias_log AS newest
JOIN head ON head.id = newest.head
WHERE newest.version IS NOT NULL
  AND newest.id = (SELECT max(id) FROM alias_log WHERE head = newest.head AND alias = newest.alias);
