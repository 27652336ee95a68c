internal import JSON

/// `tokenizer_config.json`, read only where there is no `tokenizer.json`: it names the special tokens and says
/// how text is normalised; the rest is as in every BERT model.
struct TokenizerConfiguration {
  static let name = "tokenizer_config.json"

  private let file: String
  private let root: JSONField?

  /// Without a file, all is as in an uncased BERT model. `directory` is for messages.
  init(_ file: ModelFile?, directory: String) throws(TokenizationError) {
    self.file = file?.path ?? "\(directory)/\(VocabularyFile.name)"
    root = try file?.json()
  }

  /// The tokenizer over `vocabulary`, which was read from `vocab.txt`.
  func definition(over vocabulary: Vocabulary) throws(TokenizationError) -> TokenizerDefinition {
    try root?.optional("truncation_side")?.expect("right")
    let unknown = try specialToken("unk_token", default: "[UNK]", of: vocabulary)
    let start = try specialToken("cls_token", default: "[CLS]", of: vocabulary)
    let end = try specialToken("sep_token", default: "[SEP]", of: vocabulary)
    let lowercases = try root?.optional("do_lower_case")?.boolean() ?? true
    return TokenizerDefinition(
      settings: TokenizerSettings(
        cleansText: true,
        separatesIdeographs: try root?.optional("tokenize_chinese_chars")?.boolean() ?? true,
        stripsAccents: try root?.optional("strip_accents")?.boolean() ?? lowercases,
        lowercases: lowercases,
        unknownToken: unknown.content,
        continuingPrefix: "##",
        maximumWordLength: 100,
        addedTokens: try addedTokens([unknown, start, end], beside: vocabulary),
        prefix: [start.id],
        suffix: [end.id]),
      unknownID: unknown.id,
      vocabulary: vocabulary,
      files: root == nil ? [VocabularyFile.name] : [VocabularyFile.name, Self.name])
  }

  /// A token that the tokenizer cannot do without.
  private func specialToken(
    _ key: String, default name: String, of vocabulary: Vocabulary
  ) throws(TokenizationError) -> AddedToken {
    var token = try namedToken(key, default: name)
    guard let id = vocabulary.id(of: token.content) else {
      throw .invalid(file: file, key: key, reason: "'\(token.content)' is not in \(VocabularyFile.name)")
    }
    token.id = id
    return token
  }

  private func namedToken(_ key: String, default name: String) throws(TokenizationError) -> AddedToken {
    guard let field = try root?.optional(key) else { return AddedToken(content: name, isSpecial: true) }
    return try token(field)
  }

  /// A special token: its text alone, or an object that also says how it is matched.
  private func token(_ field: JSONField) throws(TokenizationError) -> AddedToken {
    if case .string(let content) = field.value { return AddedToken(content: content, isSpecial: true) }
    return AddedToken(
      content: try field.required("content").string(),
      isSingleWord: try field.optional("single_word")?.boolean() ?? false,
      stripsLeft: try field.optional("lstrip")?.boolean() ?? false,
      stripsRight: try field.optional("rstrip")?.boolean() ?? false,
      isNormalized: try field.optional("normalized")?.boolean() ?? true,
      isSpecial: true)
  }

  /// In the original's order, which decides the ids of tokens that the vocabulary lacks.
  private func addedTokens(
    _ required: [AddedToken], beside vocabulary: Vocabulary
  ) throws(TokenizationError) -> [AddedToken] {
    var numbering = AddedTokenNumbering(vocabulary: vocabulary)
    for (id, field) in try numberedTokens() {
      var token = try token(field)
      token.id = id
      token.isSpecial = try field.optional("special")?.boolean() ?? false
      try numbering.append(token, statedBy: field)
    }
    let optional = [
      try namedToken("pad_token", default: "[PAD]"), try namedToken("mask_token", default: "[MASK]"),
    ]
    // A vocabulary without padding or masking is complete: neither is needed to encode a text.
    let named = required + optional.filter { vocabulary.id(of: $0.content) != nil }
    let additional = try root?.optional("additional_special_tokens")?.elements() ?? []
    for token in try named + additional.map(token) where !numbering.contains(token.content) {
      numbering.append(token)
    }
    return numbering.tokens
  }

  /// `added_tokens_decoder`, whose keys are ids, by ascending id.
  private func numberedTokens() throws(TokenizationError) -> [(id: Int32, field: JSONField)] {
    guard let decoder = try root?.optional("added_tokens_decoder") else { return [] }
    var tokens: [(id: Int32, field: JSONField)] = []
    for member in try decoder.object().members {
      guard let id = Int32(member.name), id >= 0 else {
        throw decoder.invalid("'\(member.name)' is no token id")
      }
      tokens.append((id, decoder.member(member)))
    }
    return tokens.sorted { $0.id < $1.id }
  }
}
