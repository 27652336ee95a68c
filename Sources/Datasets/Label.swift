/// What kind of question a task asks of an item.
public enum TaskKind: String, Sendable, Codable {
  /// One class of several.
  case singleLabel = "single-label"
  /// Any number of classes, none included.
  case multiLabel = "multi-label"
  /// A number.
  case regression
}

/// The answer an item carries for a task.
public enum Label: Hashable, Sendable {
  /// The class of a single-label task.
  case single(String)
  /// The classes of a multi-label task, sorted by their UTF-8 bytes, each once.
  case multiple([String])
  /// The number of a regression task; always finite.
  case number(Double)

  /// The kind of task this label answers.
  public var kind: TaskKind {
    switch self {
    case .single: .singleLabel
    case .multiple: .multiLabel
    case .number: .regression
    }
  }
}
