/// The tokens of a model and their ids.
struct Vocabulary: Sendable {
  private(set) var tokens: TokenTable
  /// The greatest id, or −1 when there is no token.
  private(set) var maximumID: Int32 = -1

  /// An empty vocabulary with room for `count` tokens.
  init(count: Int = 0) {
    tokens = TokenTable(count: count)
  }

  /// The number of distinct tokens.
  var count: Int { tokens.count }

  /// Adds `token`; when it is there already, the later id counts.
  mutating func insert(_ token: String, id: Int32) {
    tokens.insert(token.utf8Span.span, id: id)
    maximumID = max(maximumID, id)
  }

  func id(of token: String) -> Int32? {
    tokens.id(of: token.utf8Span.span)
  }
}
