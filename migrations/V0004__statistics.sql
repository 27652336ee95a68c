-- What the newest version of a head was made of, summed up so that labels and rows can change in it without reading the others: a
-- matter of speed alone, made anew from the rows where it is missing.
CREATE TABLE head_statistics (
  head       INTEGER PRIMARY KEY REFERENCES head (id) ON DELETE CASCADE,
  version    INTEGER NOT NULL,
  statistics BLOB    NOT NULL,
  checksum   INTEGER NOT NULL  -- CRC-32C of version (8 bytes, little-endian) and statistics
) STRICT;
