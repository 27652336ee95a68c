import Testing

@testable import Tokenization

@Suite struct TokenTrieTests {
  @Test func `the longest key wins, from any node`() throws {
    var trie = TokenTrie()
    for (id, key) in ["a", "abc", "##b", "##bcd", ""].enumerated() { trie.insert(key.utf8, id: Int32(id)) }
    let text = Array("abcbcd".utf8)
    let longest = trie.longestMatch(in: text.span, 0..<6)
    #expect(longest == TokenTrie.Match(end: 3, id: 1))
    // "ab" only begins a key; the match falls back to "a".
    let shorter = trie.longestMatch(in: text.span, 0..<2)
    #expect(shorter == TokenTrie.Match(end: 1, id: 0))
    let continuation = try #require(trie.node("##".utf8))
    let continued = trie.longestMatch(in: text.span, 3..<6, from: continuation)
    #expect(continued == TokenTrie.Match(end: 6, id: 3))
    // The empty key never matches.
    let none = trie.longestMatch(in: text.span, 1..<6) ?? trie.longestMatch(in: text.span, 6..<6)
    #expect(none == nil)
  }

  @Test func `keys are bytes, not canonical equivalents`() {
    var trie = TokenTrie()
    trie.insert("\u{E9}".utf8, id: 1)
    trie.insert("e\u{301}".utf8, id: 2)
    #expect(trie.id(of: "\u{E9}".utf8) == 1)
    #expect(trie.id(of: "e\u{301}".utf8) == 2)
    #expect(trie.id(of: "e".utf8) == nil)
  }

  @Test func `it answers as a dictionary does`() {
    var generator = SplitMix64(state: 11)
    var trie = TokenTrie()
    var dictionary: [[UInt8]: Int32] = [:]
    for id in 0..<20_000 as Range<Int32> {
      let key = (0..<generator.below(6)).map { _ in UInt8(generator.below(8) * 36) }
      #expect(trie.insert(key, id: id) == dictionary.updateValue(id, forKey: key), "seed 11, key \(key)")
    }
    #expect(dictionary.allSatisfy { trie.id(of: $0.key) == $0.value }, "seed 11")
  }
}
