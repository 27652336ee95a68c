public import Digests

/// What a pruning does with one version of a head.
public struct PruneVerdict: Hashable, Sendable {
  /// What keeps a version.
  public enum Reason: Hashable, Sendable {
    /// It is among the newest.
    case newest
    /// An alias points at it.
    case alias(String)
    /// An alias pointed at it, and may be rolled back to it.
    case log(of: String)
    /// It has a tag.
    case tag(String)
    /// A version that stays was made from it.
    case parent(of: Int)
  }

  /// The version.
  public let version: Int
  /// The digest of specification, fingerprint, rows and weights.
  public let digest: SHA256Digest
  /// When it was trained: ISO 8601, UTC.
  public let created: String
  /// What keeps it; where nothing does, it goes.
  public let reasons: [Reason]
  /// Whether it goes.
  public var goes: Bool { reasons.isEmpty }
}

extension PruneVerdict.Reason: CustomStringConvertible {
  /// In a few words.
  public var description: String {
    switch self {
    case .newest: "newest"
    case .alias(let alias): "alias \(alias)"
    case .log(let alias): "log of \(alias)"
    case .tag(let tag): "tag \(tag)"
    case .parent(let version): "parent of \(version)"
    }
  }
}
