/// One entry of the log of aliases; the newest one of an alias says where it points.
public struct AliasEntry: Hashable, Sendable {
  /// What was done with an alias.
  public enum Reason: String, Sendable {
    /// A version was given the alias.
    case promote
    /// The alias went back to where it pointed before.
    case rollback
    /// The alias was removed.
    case remove
    /// From here on the alias is moved only by what allows that.
    case protect
    /// The alias is moved freely again.
    case unprotect
  }

  /// The head's name.
  public let head: String
  /// The alias.
  public let alias: String
  /// The version it points to from here on; nil when it was removed.
  public let version: Int?
  /// What was done with it.
  public let reason: Reason
  /// What was said of it.
  public let note: String?
  /// What let a protected alias move; nil for one that was not protected.
  public let allowedBy: MoveGround.Allowance?
  /// When it was moved: ISO 8601, UTC.
  public let created: String
}
