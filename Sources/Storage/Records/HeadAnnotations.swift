/// What was said of a head version, which itself never changes.
public struct HeadAnnotations: Hashable, Sendable {
  /// A note, which stays.
  public struct Note: Hashable, Sendable, Codable {
    /// What it says.
    public let text: String
    /// When it was written: ISO 8601, UTC.
    public let created: String
  }

  /// The notes, the oldest first.
  public internal(set) var notes: [Note] = []
  /// The tags that it has now, by name.
  public internal(set) var tags: [String] = []

  /// Nothing.
  public init() {}
}
