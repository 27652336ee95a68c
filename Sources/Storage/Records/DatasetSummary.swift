public import Datasets

/// What a dataset holds at its newest readable revision.
public struct DatasetSummary: Hashable, Sendable {
  /// How many items answer one task.
  public struct TaskCoverage: Hashable, Sendable {
    /// The task's name.
    public let task: String
    /// What kind of question it is.
    public let kind: TaskKind
    /// How many items carry a label for it.
    public let items: Int
  }

  /// The dataset's name.
  public let name: String
  /// When it was made: ISO 8601, UTC.
  public let created: String
  /// Its newest readable revision; nil while the first one is written.
  public let revision: Int?
  /// How many items it has.
  public let items: Int
  /// The tasks that some item answers, by name.
  public let tasks: [TaskCoverage]
}
