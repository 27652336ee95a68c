/// A JSON document that keeps what Foundation's decoder loses: members stay in a list, because the keys
/// of a vocabulary are distinct byte strings, while a `[String: …]` takes é (NFC) and é (NFD) for one key.
enum JSON: Sendable {
  case null
  case boolean(Bool)
  case integer(Int)
  case real(Double)
  case string(String)
  case array([JSON])
  case object([Member])

  /// One `key: value` of an object, in file order; keys may repeat.
  struct Member: Sendable {
    var key: String
    var value: JSON
  }

  /// The name of the value's type, for messages.
  var typeName: String {
    switch self {
    case .null: "null"
    case .boolean: "a boolean"
    case .integer: "an integer"
    case .real: "a fraction"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}
