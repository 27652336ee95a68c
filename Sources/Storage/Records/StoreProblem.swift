/// Something in a store that is not as Firn wrote it.
public struct StoreProblem: Sendable, Hashable, Codable {
  /// What is wrong, and where.
  public let what: String
  /// What mends it.
  public let remedy: String

  /// A problem.
  public init(_ what: String, remedy: String) {
    self.what = what
    self.remedy = remedy
  }
}
