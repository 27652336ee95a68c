-- The trials of sweeps: how heads of one specification did on rows that they had not seen, fold by fold.
--
-- What a trial was made of stands here itself, by name and digest: a trial is there before its head is, and outlives backbone,
-- dataset and revision.

CREATE TABLE trial (
  id            INTEGER PRIMARY KEY,
  head          TEXT    NOT NULL,  -- the name of the head that it was made for
  task          TEXT    NOT NULL,
  specification TEXT    NOT NULL CHECK (json_valid(specification)),  -- that of the heads, how many folds, how often dealt out
  backbone      TEXT    NOT NULL,
  fingerprint   BLOB    NOT NULL CHECK (length(fingerprint) = 32),
  dataset       TEXT    NOT NULL,
  revision      INTEGER NOT NULL,
  rows_digest   BLOB    NOT NULL CHECK (length(rows_digest) = 32),  -- SHA-256 of the ids, contents, labels and groups used
  measures      TEXT    NOT NULL CHECK (json_valid(measures)),  -- the value of each measure on each fold
  seconds       REAL    NOT NULL,  -- how long the heads of all folds took
  created       TEXT    NOT NULL,
  UNIQUE (rows_digest, fingerprint, specification, head)
) STRICT;
CREATE INDEX trial_of_head ON trial (head);

CREATE TRIGGER trial_is_immutable BEFORE UPDATE ON trial
BEGIN SELECT RAISE(ABORT, 'a trial never changes'); END;
CREATE TRIGGER head_takes_its_trials AFTER DELETE ON head
BEGIN DELETE FROM trial WHERE head = OLD.name; END;
