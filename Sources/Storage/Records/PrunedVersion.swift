public import Digests

/// What is left of a head version that was pruned.
public struct PrunedVersion: Hashable, Sendable {
  /// The head's name.
  public let head: String
  /// Its number, which no other version gets.
  public let version: Int
  /// The digest of specification, fingerprint, rows and weights.
  public let digest: SHA256Digest
  /// When it was trained: ISO 8601, UTC.
  public let created: String
  /// When it was pruned: ISO 8601, UTC.
  public let pruned: String
  /// What had been written down of it, the oldest first.
  public let notes: [HeadAnnotations.Note]
}
