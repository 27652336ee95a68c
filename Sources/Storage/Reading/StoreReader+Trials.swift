public import Digests

extension StoreReader {
  /// The trials that were made for a head, the oldest first.
  ///
  /// - Throws: ``StoreError/notFound(what:name:near:)`` when there are none, and no head of that name.
  public func trials(of head: String) throws -> [TrialRecord] {
    let found = try connection.all(
      "\(TrialRecord.selection) WHERE head = ? ORDER BY id", .text(head), row: TrialRecord.init)
    if found.isEmpty { _ = try self.head(named: head) }
    return found
  }

  /// A trial of these very rows, features and specification, whatever head it was made for; nil where there is none.
  public func trial(
    specification: String, fingerprint: SHA256Digest, rowsDigest: SHA256Digest
  ) throws -> TrialRecord? {
    try connection.first(
      "\(TrialRecord.selection) WHERE rows_digest = ? AND fingerprint = ? AND specification = ? ORDER BY id",
      .digest(rowsDigest), .digest(fingerprint), .text(specification), row: TrialRecord.init)
  }
}
