/// A JSON value that loses nothing of what was written: numbers stay the text they were, names the bytes.
///
/// Foundation's decoder turns `1.10` into `1.1`, takes é (NFC) and é (NFD) for one name, and drops all but one of
/// repeated names without a word.
public enum JSONValue: Sendable {
  /// `null`
  case null
  /// `true` or `false`
  case bool(Bool)
  /// A number, as it was written: of any size, with all its digits.
  case number(String)
  /// A string, its escapes resolved and its scalars as they were: no normalisation.
  case string(String)
  /// Values in order.
  case array([JSONValue])
  /// Values by name.
  case object(JSONObject)

  /// What a person calls this kind of value: `a number`.
  public var kind: String {
    switch self {
    case .null: "null"
    case .bool: "true or false"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}
