/// WordPiece (Schuster and Nakajima, 2012): a word is cut from the left into the longest tokens of a
/// vocabulary; a word that cannot be cut so is one unknown token.
struct WordPiece: Sendable {
  private let tokens: TokenTable
  /// The tokens that continue a word, without what marks them.
  private let continuations: TokenTable
  private let unknownID: Int32
  private let maximumWordLength: Int

  /// `continuingPrefix` marks the tokens that continue a word (`##`). A word of more than
  /// `maximumWordLength` scalars is unknown.
  init(vocabulary: Vocabulary, unknownID: Int32, continuingPrefix: String, maximumWordLength: Int) {
    tokens = vocabulary.tokens
    continuations = tokens.suffixes(behind: continuingPrefix.utf8Span.span)
    self.unknownID = unknownID
    self.maximumWordLength = maximumWordLength
  }

  /// Appends the ids of `word`, at least one.
  func appendTokens(of word: PreTokenizer.Word, in text: Span<UInt8>, to ids: inout [Int32]) {
    let count = ids.count
    guard word.scalarCount <= maximumWordLength, appendPieces(of: word.bytes, in: text, to: &ids) else {
      ids.removeLast(ids.count - count)
      ids.append(unknownID)
      return
    }
  }

  private func appendPieces(of word: Range<Int>, in text: Span<UInt8>, to ids: inout [Int32]) -> Bool {
    var position = word.lowerBound
    while position < word.upperBound {
      let table = position == word.lowerBound ? tokens : continuations
      guard let match = table.longestMatch(in: text, position..<word.upperBound) else { return false }
      ids.append(match.id)
      position = match.end
    }
    return true
  }
}
