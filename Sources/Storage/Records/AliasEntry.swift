/// One entry of the log of aliases; the newest one of an alias says where it points.
public struct AliasEntry: Hashable, Sendable {
  /// Why an alias was moved.
  public enum Reason: String, Sendable {
    /// A version was given the alias.
    case promote
    /// The alias went back to where it pointed before.
    case rollback
    /// The alias was removed.
    case remove
  }

  /// The head's name.
  public let head: String
  /// The alias.
  public let alias: String
  /// The version it points to from here on; nil when it was removed.
  public let version: Int?
  /// Why it was moved.
  public let reason: Reason
  /// When it was moved: ISO 8601, UTC.
  public let created: String
}
