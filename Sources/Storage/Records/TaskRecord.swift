public import Datasets

/// A question asked of items.
public struct TaskRecord: Hashable, Sendable {
  /// The task's name.
  public let name: String
  /// What kind of question it is; never changes.
  public let kind: TaskKind

  let id: Int64
}
