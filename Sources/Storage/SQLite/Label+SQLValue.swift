import Datasets
import JSON

/// How a label stands in its column: a class as text, classes as a JSON array of text, a number as a real.
extension Label {
  var sqlValue: SQLValue {
    switch self {
    case .single(let name): .text(name)
    case .multiple(let names): .text(JSONValue.array(names.map { .string($0) }).canonicalText)
    case .number(let value): .real(value)
    }
  }

  /// The label of a task of `kind` that `value` stands for, or nil when it stands for none.
  init?(_ value: SQLValue, kind: TaskKind) {
    switch (kind, value) {
    case (.singleLabel, .text(let name)): self = .single(name)
    case (.multiLabel, .text(let json)):
      guard case .array(let values)? = try? JSONValue(parsing: Array(json.utf8)[...]) else { return nil }
      let names = values.compactMap { value in
        if case .string(let name) = value { name } else { nil }
      }
      guard names.count == values.count else { return nil }
      self = .multiple(names)
    case (.regression, .real(let value)): self = .number(value)
    default: return nil
    }
  }
}
