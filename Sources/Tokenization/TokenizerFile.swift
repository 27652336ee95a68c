internal import JSON

/// `tokenizer.json`, which describes every stage of a tokenizer. Its `padding` and the length in its
/// `truncation` are the caller's business and not read.
struct TokenizerFile {
  static let name = "tokenizer.json"

  private let root: JSONField

  init(_ file: ModelFile) throws(TokenizationError) {
    root = try file.json()
  }

  /// All stages, or an error when one of them is not BERT's.
  func definition() throws(TokenizationError) -> TokenizerDefinition {
    try root.optional("version")?.expect("1.0")
    try root.optional("truncation")?.optional("direction")?.expect("Right")
    let model = try root.required("model")
    // Files of the first years leave the model's type out.
    try model.optional("type")?.expect("WordPiece")
    let normalizer = try root.required("normalizer")
    try normalizer.required("type").expect("BertNormalizer")
    try root.required("pre_tokenizer").required("type").expect("BertPreTokenizer")

    let vocabulary = try vocabulary(model.required("vocab"))
    let lowercases = try normalizer.required("lowercase").boolean()
    let template = try SpecialTokenTemplate(root.required("post_processor"))
    return TokenizerDefinition(
      settings: TokenizerSettings(
        cleansText: try normalizer.required("clean_text").boolean(),
        separatesIdeographs: try normalizer.required("handle_chinese_chars").boolean(),
        stripsAccents: try normalizer.optional("strip_accents")?.boolean() ?? lowercases,
        lowercases: lowercases,
        unknownToken: try model.required("unk_token").string(),
        continuingPrefix: try model.required("continuing_subword_prefix").string(),
        maximumWordLength: Int(try model.required("max_input_chars_per_word").natural()),
        addedTokens: try addedTokens(beside: vocabulary),
        prefix: template.prefix,
        suffix: template.suffix),
      unknownID: try model.required("unk_token").tokenID(in: vocabulary),
      vocabulary: vocabulary,
      files: [Self.name])
  }

  private func vocabulary(_ field: JSONField) throws(TokenizationError) -> Vocabulary {
    let entries = try field.object().members
    var vocabulary = Vocabulary(count: entries.count)
    for entry in entries {
      // Making a field names it, which is for errors: too slow for some 30,000 entries.
      guard let id = entry.value.natural else { throw field.member(entry).notNatural }
      vocabulary.insert(entry.name, id: id)
    }
    return vocabulary
  }

  private func addedTokens(beside vocabulary: Vocabulary) throws(TokenizationError) -> [AddedToken] {
    guard let field = try root.optional("added_tokens") else { return [] }
    var numbering = AddedTokenNumbering(vocabulary: vocabulary)
    for element in try field.elements() {
      let token = AddedToken(
        content: try element.required("content").string(),
        id: try element.required("id").natural(),
        isSingleWord: try element.required("single_word").boolean(),
        stripsLeft: try element.required("lstrip").boolean(),
        stripsRight: try element.required("rstrip").boolean(),
        isNormalized: try element.required("normalized").boolean(),
        isSpecial: try element.required("special").boolean())
      try numbering.append(token, statedBy: element)
    }
    return numbering.tokens
  }
}
