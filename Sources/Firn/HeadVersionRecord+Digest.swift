internal import Digests
internal import Storage

extension HeadVersionRecord {
  /// What names a version's content: SHA-256 over specification, fingerprint, rows and weights.
  static func digest(
    specification: String, fingerprint: SHA256Digest, rows: SHA256Digest, weights: [UInt8]
  ) -> SHA256Digest {
    var hasher = SHA256()
    hasher.update(specification.utf8.count)
    hasher.update(specification)
    hasher.update(fingerprint.bytes)
    hasher.update(rows.bytes)
    hasher.update(weights)
    return hasher.finalize()
  }

  /// The digest of this version's content with these weights and rows.
  func digest(rows: SHA256Digest, weights: [UInt8]) -> SHA256Digest {
    Self.digest(specification: specification, fingerprint: fingerprint, rows: rows, weights: weights)
  }
}
