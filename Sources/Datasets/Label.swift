public import JSON

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

  /// The label as ``ItemReader`` reads it: a string, an array of strings or a number.
  public var json: JSONValue {
    switch self {
    case .single(let name): .string(name)
    case .multiple(let names): .array(names.map { .string($0) })
    case .number(let value): .number("\(value)")
    }
  }
}

extension Label: Encodable {
  /// Writes the label as ``json`` has it.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .single(let name): try container.encode(name)
    case .multiple(let names): try container.encode(names)
    case .number(let value): try container.encode(value)
    }
  }
}
