/// A JSON value with the file and the key path it was read at, so that every error can name both.
struct JSONField {
  let value: JSON
  let file: String
  /// Such as `model.vocab`; empty for the whole document.
  let path: String

  func invalid(_ reason: String) -> TokenizationError {
    .invalid(file: file, key: path.isEmpty ? "top level" : path, reason: reason)
  }

  private func mistyped(_ expected: String) -> TokenizationError {
    invalid("\(expected) is expected, \(value.summary) was found")
  }

  func unsupported(_ found: String, supported: String) -> TokenizationError {
    .unsupported(file: file, key: path, value: found, supported: supported)
  }

  private func child(_ name: String, _ value: JSON) -> JSONField {
    JSONField(value: value, file: file, path: path.isEmpty ? name : "\(path).\(name)")
  }

  func members() throws(TokenizationError) -> [JSON.Member] {
    guard case .object(let members) = value else { throw mistyped("an object") }
    return members
  }

  /// The member `key`, or nil when it is absent or null. Of a repeated key, the last counts.
  func optional(_ key: String) throws(TokenizationError) -> JSONField? {
    guard let member = try members().last(where: { $0.key == key }) else { return nil }
    if case .null = member.value { return nil }
    return child(key, member.value)
  }

  func required(_ key: String) throws(TokenizationError) -> JSONField {
    guard let field = try optional(key) else { throw child(key, .null).invalid("missing") }
    return field
  }

  /// The field of one of `members()`.
  func member(_ member: JSON.Member) -> JSONField {
    child(member.key, member.value)
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
    guard case .boolean(let flag) = value else { throw mistyped("true or false") }
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
