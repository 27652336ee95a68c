/// Gives added tokens their ids the way the original does: a token of the vocabulary keeps its id, the
/// others are numbered on from the vocabulary's count, whatever id a file states.
struct AddedTokenNumbering {
  private let vocabulary: Vocabulary
  private var nextID: Int32
  private var indices: [[UInt8]: Int] = [:]
  /// The tokens so far, each content once.
  private(set) var tokens: [AddedToken] = []

  init(vocabulary: Vocabulary) {
    self.vocabulary = vocabulary
    nextID = Int32(vocabulary.count)
  }

  /// Whether a token of this content was appended.
  func contains(_ content: String) -> Bool {
    indices[Array(content.utf8)] != nil
  }

  /// Appends `token` with its due id, in place of an earlier one of the same content. Empty ones are skipped.
  mutating func append(_ token: AddedToken) {
    if token.content.isEmpty { return }
    var token = token
    let key = Array(token.content.utf8)
    if let index = indices[key] {
      token.id = tokens[index].id
      tokens[index] = token
    } else {
      token.id = vocabulary.id(of: token.content) ?? number()
      indices[key] = tokens.count
      tokens.append(token)
    }
  }

  /// Appends `token`, whose id stands in `field`. When it is not the id that is due, nobody can tell which
  /// row of the network is meant, so this is an error, where the original only warns.
  mutating func append(_ token: AddedToken, statedBy field: JSONField) throws(TokenizationError) {
    append(token)
    guard let index = indices[Array(token.content.utf8)], tokens[index].id != token.id else { return }
    throw field.invalid("'\(token.content)' has id \(token.id); the vocabulary makes it \(tokens[index].id)")
  }

  private mutating func number() -> Int32 {
    defer { nextID += 1 }
    return nextID
  }
}
