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

  /// The value where it is an integer that can count or be a token id: 0 to 2³¹ − 1.
  var natural: Int32? {
    guard case .integer(let integer) = self, let natural = Int32(exactly: integer), natural >= 0 else {
      return nil
    }
    return natural
  }

  /// The value as a message shows it.
  var summary: String {
    switch self {
    case .null: "null"
    case .boolean(let flag): "\(flag)"
    case .integer(let integer): "\(integer)"
    case .real(let real): "\(real)"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}
