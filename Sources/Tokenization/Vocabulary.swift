/// The tokens of a model and their ids.
struct Vocabulary: Sendable {
  private(set) var trie: TokenTrie
  /// The number of distinct tokens.
  private(set) var count = 0
  /// The greatest id, or −1 when there is no token.
  private(set) var maximumID: Int32 = -1

  /// An empty vocabulary with room for tokens of `byteCount` bytes in all.
  init(byteCount: Int = 0) {
    trie = TokenTrie(byteCount: byteCount)
  }

  /// Adds `token`; when it is there already, the later id counts.
  mutating func insert(_ token: String, id: Int32) {
    if trie.insert(token.utf8, id: id) == nil { count += 1 }
    maximumID = max(maximumID, id)
  }

  func id(of token: String) -> Int32? {
    trie.id(of: token.utf8)
  }
}
