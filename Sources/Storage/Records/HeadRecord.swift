/// A named light model for one task.
public struct HeadRecord: Hashable, Sendable {
  /// The head's name.
  public let name: String
  /// The name of the task it answers; never changes.
  public let task: String
  /// How many versions it was given: the number of its newest one. Some may have been pruned since.
  public let versions: Int
  /// When its first version was stored: ISO 8601, UTC.
  public let created: String

  let id: Int64
}
