import Datasets
import Foundation

/// How a label stands in its column: a class as text, classes as a JSON array of text, a number as a real.
extension Label {
  var sqlValue: SQLValue {
    switch self {
    case .single(let name): .text(name)
    case .multiple(let names): .text("[" + names.map(jsonString).joined(separator: ",") + "]")
    case .number(let value): .real(value)
    }
  }

  /// The label of a task of `kind` that `value` stands for, or nil when it stands for none.
  init?(_ value: SQLValue, kind: TaskKind) {
    switch (kind, value) {
    case (.singleLabel, .text(let name)): self = .single(name)
    case (.multiLabel, .text(let json)):
      guard let names = try? JSONDecoder().decode([String].self, from: Data(json.utf8)) else { return nil }
      self = .multiple(names)
    case (.regression, .real(let value)): self = .number(value)
    default: return nil
    }
  }
}

/// `text` as a JSON string, with only what must be escaped escaped: equal texts have equal bytes.
private func jsonString(_ text: String) -> String {
  var json = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": json += "\\\""
    case "\\": json += "\\\\"
    case "\u{0}"..<"\u{20}":
      let hex = String(scalar.value, radix: 16)
      json += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
    default: json.unicodeScalars.append(scalar)
    }
  }
  return json + "\""
}
