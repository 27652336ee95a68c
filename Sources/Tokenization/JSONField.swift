internal import JSON

/// A JSON value with the file and the key path it was read at, so that every error can name both.
struct JSONField {
  let value: JSONValue
  let file: String
  /// Such as `model.vocab`; empty for the whole document.
  let path: String

  func invalid(_ reason: String) -> TokenizationError {
    .invalid(file: file, key: path.isEmpty ? "top level" : path, reason: reason)
  }

  private func mistyped(_ expected: String) -> TokenizationError {
    invalid("\(expected) is expected, \(found) was found")
  }

  /// The value as a message shows it.
  private var found: String {
    switch value {
    case .bool(let flag): "\(flag)"
    case .number(let digits): "\(digits.prefix(40))"
    default: value.kind
    }
  }

  func unsupported(_ found: String, supported: String) -> TokenizationError {
    .unsupported(file: file, key: path, value: found, supported: supported)
  }

  private func child(_ name: String, _ value: JSONValue) -> JSONField {
    JSONField(value: value, file: file, path: path.isEmpty ? name : "\(path).\(name)")
  }

  func object() throws(TokenizationError) -> JSONObject {
    guard case .object(let object) = value else { throw mistyped("an object") }
    return object
  }

  /// The member `key`, or nil when it is absent or null.
  func optional(_ key: String) throws(TokenizationError) -> JSONField? {
    switch try object()[key] {
    case nil, .null: nil
    case .some(let value): child(key, value)
    }
  }

  func required(_ key: String) throws(TokenizationError) -> JSONField {
    guard let field = try optional(key) else { throw child(key, .null).invalid("missing") }
    return field
  }

  /// The field of one of the members of `object()`.
  func member(_ member: JSONObject.Member) -> JSONField {
    child(member.name, member.value)
  }

  func elements() throws(TokenizationError) -> [JSONField] {
    guard case .array(let elements) = value else { throw mistyped("an array") }
    return elements.enumerated().map {
      JSONField(value: $1, file: file, path: "\(path)[\($0)]")
    }
  }

  /// The id of the token that this string names.
  func tokenID(in vocabulary: Vocabulary) throws(TokenizationError) -> Int32 {
    let token = try string()
    guard let id = vocabulary.id(of: token) else { throw invalid("'\(token)' is not in the vocabulary") }
    return id
  }

  func string() throws(TokenizationError) -> String {
    guard case .string(let text) = value else { throw mistyped("a string") }
    return text
  }

  /// Refuses every string but `supported`.
  func expect(_ supported: String) throws(TokenizationError) {
    let found = try string()
    guard found == supported else { throw unsupported(found, supported: supported) }
  }

  func boolean() throws(TokenizationError) -> Bool {
    guard case .bool(let flag) = value else { throw mistyped("true or false") }
    return flag
  }

  /// A count or a token id.
  func natural() throws(TokenizationError) -> Int32 {
    guard let natural = value.natural else { throw notNatural }
    return natural
  }

  var notNatural: TokenizationError {
    mistyped("an integer from 0 to \(Int32.max)")
  }
}

extension JSONValue {
  /// The value where it is an integer that can count or be a token id: 0 to 2³¹ − 1.
  var natural: Int32? {
    guard case .number(let digits) = self, let natural = Int32(digits), natural >= 0 else { return nil }
    return natural
  }
}
