public import Foundation

/// BERT's tokenizer, token for token the one of Hugging Face `tokenizers`.
///
/// A text passes these stages: added tokens are cut out of it, what lies between is normalised and split
/// into words, and each word becomes tokens of the vocabulary.
public struct WordPieceTokenizer: Sendable {
  /// What decides how text becomes tokens, beside the vocabulary.
  public let settings: TokenizerSettings
  /// The names of the files in the model directory that decide how text becomes tokens.
  public let files: [String]
  /// One more than the greatest id the tokenizer can give.
  public let vocabularySize: Int

  private let normalizer: TextNormalizer
  private let wordPiece: WordPiece
  /// The added tokens that are matched in the text as it comes.
  private let verbatimTokens: AddedTokenMatcher
  /// The added tokens that are matched in normalised text.
  private let normalizedTokens: AddedTokenMatcher

  /// Reads `tokenizer.json` or, where there is none, `vocab.txt` and `tokenizer_config.json`.
  ///
  /// - Parameters:
  ///   - modelDirectory: A directory as Hugging Face publishes models.
  ///   - lowercasing: Whether text is lowercased whatever those files say.
  /// - Throws: `TokenizationError` naming file and key when a file is missing, malformed, or asks for another
  ///   algorithm than BERT's WordPiece.
  public init(modelDirectory: URL, lowercasing: Bool = false) throws(TokenizationError) {
    var definition = try TokenizerDefinition(directory: modelDirectory)
    if lowercasing { definition.settings.lowercases = true }
    try self.init(definition, directory: modelDirectory)
  }

  private init(_ definition: TokenizerDefinition, directory: URL) throws(TokenizationError) {
    settings = definition.settings
    files = definition.files
    normalizer = TextNormalizer(
      cleansText: settings.cleansText, separatesIdeographs: settings.separatesIdeographs,
      stripsAccents: settings.stripsAccents, lowercases: settings.lowercases)
    wordPiece = WordPiece(
      vocabulary: definition.vocabulary, unknownID: definition.unknownID,
      continuingPrefix: settings.continuingPrefix, maximumWordLength: settings.maximumWordLength)

    var verbatimTokens = AddedTokenMatcher()
    var normalizedTokens = AddedTokenMatcher()
    for token in settings.addedTokens {
      let content = Array(token.content.utf8)
      let isUnambiguous =
        token.isNormalized
        ? normalizedTokens.insert(normalizer.normalize(content.span), for: token)
        : verbatimTokens.insert(content, for: token)
      guard isUnambiguous else {
        throw .invalid(
          file: directory.appendingPathComponent(files.last ?? "").path, key: "added_tokens",
          reason: "normalisation makes '\(token.content)' equal to another added token")
      }
    }
    self.verbatimTokens = verbatimTokens
    self.normalizedTokens = normalizedTokens

    let fixedIDs = settings.addedTokens.map(\.id) + settings.prefix + settings.suffix
    vocabularySize = Int(fixedIDs.reduce(definition.vocabulary.maximumID, max)) + 1
  }
}

// MARK: - Encoding

extension WordPieceTokenizer {
  /// The tokens of `text` between the special tokens, cut at its end to at most `maximumLength` in all.
  ///
  /// A `maximumLength` below the number of special tokens keeps those and nothing of the text.
  /// Complexity: linear in the part of the text that is kept, beside one copy of the text's bytes.
  public func encode(_ text: String, maximumLength: Int) -> Encoding {
    let specialCount = settings.prefix.count + settings.suffix.count
    let limit = max(maximumLength, specialCount) - specialCount
    let bytes = Array(text.utf8)
    var ids: [Int32] = []
    var cursor = AddedTokenMatcher.Cursor()
    // One token more than fits is enough to know that the text is cut.
    while ids.count <= limit, let segment = verbatimTokens.nextSegment(in: bytes.span, at: &cursor) {
      switch segment {
      case .token(let id): ids.append(id)
      case .text(let range): appendTokens(of: bytes.span.extracting(range), to: &ids, limit: limit)
      }
    }
    return Encoding(
      ids: settings.prefix + ids.prefix(limit) + settings.suffix, isTruncated: ids.count > limit)
  }

  /// Appends tokens of `text`, piece by piece, until it ends or there are more than `limit`.
  private func appendTokens(of text: Span<UInt8>, to ids: inout [Int32], limit: Int) {
    var position = 0
    while ids.count <= limit, position < text.count {
      let end = endOfPiece(in: text, from: position)
      let normalized = normalizer.normalize(text.extracting(position..<end))
      var cursor = AddedTokenMatcher.Cursor()
      while ids.count <= limit, let segment = normalizedTokens.nextSegment(in: normalized.span, at: &cursor) {
        switch segment {
        case .token(let id): ids.append(id)
        case .text(let range): appendWords(of: normalized.span.extracting(range), to: &ids, limit: limit)
        }
      }
      position = end
    }
  }

  private func appendWords(of text: Span<UInt8>, to ids: inout [Int32], limit: Int) {
    var position = 0
    while ids.count <= limit, let word = PreTokenizer.nextWord(in: text, from: &position) {
      wordPiece.appendTokens(of: word, in: text, to: &ids)
    }
  }

  /// Where the next piece ends that can be tokenised by itself: behind some 4 KB, before a space, a line end, a
  /// punctuation mark of ASCII or an isolated ideograph. Neither normalisation nor a word reaches across these;
  /// an added token could, so where one is matched in normalised text, a text is one piece.
  private func endOfPiece(in text: Span<UInt8>, from start: Int) -> Int {
    guard normalizedTokens.isEmpty, text.count - start > 4096 else { return text.count }
    var end = start + 4096
    while text[end] & 0xC0 == 0x80 { end -= 1 }
    while end < text.count {
      var next = end
      let scalar = text.scalar(at: &next)
      if scalar.isASCII {
        // Vertical tab and form feed do not count: cleaning drops them as control characters.
        if scalar == " " || scalar == "\n" || text[end].isASCIIPunctuation { return end }
      } else if normalizer.separatesIdeographs, scalar.isChinese {
        return end
      }
      end = next
    }
    return end
  }
}
