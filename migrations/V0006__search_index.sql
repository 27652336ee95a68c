-- Approximate indexes of nearest neighbours: made from the vectors of the contents that a dataset holds, and made anew by
-- `firn index build` whenever that is wanted. No store takes one from another.

CREATE TABLE search_index (
  id        INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 2147483647),  -- 31 bits: see search_block.id
  dataset   INTEGER NOT NULL REFERENCES dataset (id) ON DELETE CASCADE,
  backbone  INTEGER NOT NULL REFERENCES backbone (id) ON DELETE CASCADE,
  revision  INTEGER NOT NULL,  -- of the dataset: once complete, the index is of what it held then
  state     TEXT    NOT NULL CHECK (state IN ('building', 'complete')),
  contents  INTEGER NOT NULL,  -- how many are in its blocks
  trained   INTEGER NOT NULL,  -- how many there were when the quantiser was trained
  changes   INTEGER NOT NULL,  -- one more with every change
  depth     TEXT    NOT NULL CHECK (json_valid(depth)),  -- how many candidates are scored, and which share of the nearest is among them
  quantizer BLOB    NOT NULL,  -- dimension, parts, axes of each (4 bytes each, little-endian), axes and centroids (float32)
  checksum  INTEGER NOT NULL,  -- CRC-32C of id, dataset, backbone, revision, complete, contents, trained, changes (8 bytes each, little-endian), depth and quantizer
  UNIQUE (dataset, backbone)
) STRICT;

-- The codes of up to 4096 contents. All blocks of an index are full, but for the last one.
CREATE TABLE search_block (
  id       INTEGER PRIMARY KEY,  -- search_index.id * 2^32 + the block's number, from 0
  contents BLOB    NOT NULL,     -- their numbers, 8 bytes each, little-endian
  codes    BLOB    NOT NULL,     -- groups of 64: for every two parts 64 bytes, of which byte 2j belongs to content j and byte 2j + 1 to content 32 + j
  checksum INTEGER NOT NULL      -- CRC-32C of id (8 bytes, little-endian), contents and codes
) STRICT;

CREATE TRIGGER search_index_takes_its_blocks BEFORE DELETE ON search_index
BEGIN DELETE FROM search_block WHERE id BETWEEN OLD.id << 32 AND (OLD.id << 32) | 4294967295; END;
