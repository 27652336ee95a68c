/// WordPiece (Schuster and Nakajima, 2012): a word is cut from the left into the longest tokens of a
/// vocabulary; a word that cannot be cut so is one unknown token.
struct WordPiece: Sendable {
  private let vocabulary: TokenTrie
  private let unknownID: Int32
  private let maximumWordLength: Int
  /// Below it lie the tokens that continue a word; nil when there are none.
  private let continuation: TokenTrie.Node?

  /// `continuingPrefix` marks the tokens that continue a word (`##`). A word of more than
  /// `maximumWordLength` scalars is unknown.
  init(vocabulary: Vocabulary, unknownID: Int32, continuingPrefix: String, maximumWordLength: Int) {
    self.vocabulary = vocabulary.trie
    self.unknownID = unknownID
    self.maximumWordLength = maximumWordLength
    continuation = vocabulary.trie.node(continuingPrefix.utf8)
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
    var node: TokenTrie.Node? = TokenTrie.root
    while position < word.upperBound {
      guard let start = node,
        let match = vocabulary.longestMatch(in: text, position..<word.upperBound, from: start)
      else { return false }
      ids.append(match.id)
      position = match.end
      node = continuation
    }
    return true
  }
}
