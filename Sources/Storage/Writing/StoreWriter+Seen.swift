public import Digests

extension StoreWriter {
  static let seenTable = "CREATE TEMP TABLE seen (digest BLOB PRIMARY KEY) WITHOUT ROWID"

  /// Whether this is the first time that the writer is asked about `digest`.
  ///
  /// What it was asked about stands in a temporary table, so memory stays small whatever the number of digests.
  public func isFirst(_ digest: SHA256Digest) throws -> Bool {
    try connection.run(
      "INSERT INTO temp.seen (digest) VALUES (?) ON CONFLICT (digest) DO NOTHING", .digest(digest)) == 1
  }
}
