-- What was learnt between two sets of features: a map from one space to another, or how often the rows of a source count for a target.
-- Versions never change; heads that were trained through one name its digest.
CREATE TABLE transform (
  id               INTEGER PRIMARY KEY,
  name             TEXT    NOT NULL,
  version          INTEGER NOT NULL CHECK (version > 0),  -- 1, 2, … in each name
  digest           BLOB    NOT NULL CHECK (length(digest) = 32),  -- SHA-256 of specification, both fingerprints and weights
  specification    TEXT    NOT NULL CHECK (json_valid(specification)),  -- method, settings, source and target
  from_backbone    TEXT    NOT NULL,  -- whose features it takes: the name it had, and its fingerprint
  from_fingerprint BLOB    NOT NULL CHECK (length(from_fingerprint) = 32),
  to_backbone      TEXT    NOT NULL,  -- whose features it gives
  to_fingerprint   BLOB    NOT NULL CHECK (length(to_fingerprint) = 32),
  metrics          TEXT    NOT NULL CHECK (json_valid(metrics)),
  created          TEXT    NOT NULL,
  weights          BLOB    NOT NULL,  -- a safetensors file; last, so that the rest is read without it
  UNIQUE (name, version),
  UNIQUE (name, digest)
) STRICT;
CREATE INDEX transform_digest ON transform (digest);

CREATE TRIGGER transform_is_immutable BEFORE UPDATE ON transform
BEGIN SELECT RAISE(ABORT, 'a transform never changes'); END;
