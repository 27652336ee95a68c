internal import JSON

/// What a head answers of a row.
public enum Answers: Sendable, Hashable {
  /// One of these classes, sorted by their UTF-8 bytes.
  case oneOf([String])
  /// Any of these tags, sorted by their UTF-8 bytes.
  case anyOf([String])
  /// A number.
  case number

  /// The names of the scores; none for a number.
  public var names: [String] {
    switch self {
    case .oneOf(let names), .anyOf(let names): names
    case .number: []
    }
  }

  /// How many scores a row gets.
  public var count: Int {
    switch self {
    case .oneOf(let names), .anyOf(let names): names.count
    case .number: 1
    }
  }

  /// The kind of task, in words.
  public var kind: String {
    switch self {
    case .oneOf: "one class a row"
    case .anyOf: "tags"
    case .number: "numbers"
    }
  }

  /// Whether both have the same names, byte by byte, and mean the same by them.
  func matches(_ other: Answers) -> Bool {
    switch (self, other) {
    case (.oneOf(let names), .oneOf(let others)), (.anyOf(let names), .anyOf(let others)):
      names.count == others.count && zip(names, others).allSatisfy { $0.hasSameBytes(as: $1) }
    case (.number, .number): true
    default: false
    }
  }
}
