/// The special tokens put round a single text, from the `post_processor` of `tokenizer.json`.
struct SpecialTokenTemplate {
  private(set) var prefix: [Int32] = []
  private(set) var suffix: [Int32] = []

  /// No model comes near it.
  private static let mostPieces = 100

  init(_ field: JSONField) throws(TokenizationError) {
    let type = try field.required("type")
    switch try type.string() {
    case "TemplateProcessing": try readTemplate(field)
    case "BertProcessing":
      prefix = [try id(ofPair: field.required("cls"))]
      suffix = [try id(ofPair: field.required("sep"))]
    case let other:
      throw type.unsupported(other, supported: "TemplateProcessing, BertProcessing")
    }
  }

  /// `["[CLS]", 101]`
  private func id(ofPair field: JSONField) throws(TokenizationError) -> Int32 {
    let pair = try field.elements()
    guard pair.count == 2 else { throw field.invalid("a token and its id are expected") }
    return try pair[1].natural()
  }

  private mutating func readTemplate(_ field: JSONField) throws(TokenizationError) {
    let single = try field.required("single")
    let specialTokens = try field.required("special_tokens")
    let pieces = try single.elements()
    // Each is looked up among all special tokens: of very many, a file could have for ever looked up.
    guard pieces.count <= Self.mostPieces else {
      throw single.invalid("it has \(pieces.count) pieces, more than \(Self.mostPieces)")
    }
    var isAfterText = false
    for piece in pieces {
      if let sequence = try piece.optional("Sequence") {
        try sequence.required("id").expect("A")
        guard !isAfterText else { throw single.invalid("the text appears twice") }
        isAfterText = true
      } else {
        let name = try piece.required("SpecialToken").required("id").string()
        for id in try specialTokens.required(name).required("ids").elements() {
          if isAfterText {
            suffix.append(try id.natural())
          } else {
            prefix.append(try id.natural())
          }
        }
      }
    }
    guard isAfterText else { throw single.invalid("the text does not appear") }
  }
}
