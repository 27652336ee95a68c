/// What is wrong with an ``ItemFilter``.
public indirect enum FilterError: Error, Hashable, Sendable {
  /// The text does not follow the grammar: at `position`, counted in characters from 1, `expected` should stand.
  case syntax(position: Int, found: String, expected: String)
  /// No item of the dataset has this metadata field; `near` are names that look alike.
  case unknownField(name: String, near: [String])
  /// There is no such task; `near` are names that look alike.
  case unknownTask(name: String, near: [String])
}

extension FilterError: CustomStringConvertible {
  /// What is wrong, where, and what would be right.
  public var description: String {
    switch self {
    case .syntax(let position, let found, let expected):
      "filter: expected \(expected) at character \(position), found \(found)"
    case .unknownField(let name, let near):
      "filter: no item of the dataset has the field “\(name)”" + suggestion(of: near)
    case .unknownTask(let name, let near):
      "filter: there is no task “\(name)”" + suggestion(of: near)
    }
  }
}
