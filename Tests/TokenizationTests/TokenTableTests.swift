import Testing

@testable import Tokenization

@Suite struct TokenTableTests {
  private func table(_ keys: [String]) -> TokenTable {
    var table = TokenTable()
    for (id, key) in keys.enumerated() { table.insert(key.utf8Span.span, id: Int32(id)) }
    return table
  }

  @Test func `the longest key wins`() {
    let table = table(["a", "abc", ""])
    let text = Array("abcbcd".utf8)
    let longest = table.longestMatch(in: text.span, 0..<6)
    #expect(longest == TokenTable.Match(end: 3, id: 1))
    // "ab" only begins a key; the match falls back to "a".
    let shorter = table.longestMatch(in: text.span, 0..<2)
    #expect(shorter == TokenTable.Match(end: 1, id: 0))
    // The empty key never matches.
    let none = table.longestMatch(in: text.span, 1..<6) ?? table.longestMatch(in: text.span, 6..<6)
    #expect(none == nil)
  }

  @Test func `suffixes stand behind their prefix`() {
    let suffixes = table(["a", "##b", "##bcd", "#b", "##", "x##b"]).suffixes(behind: "##".utf8Span.span)
    #expect(suffixes.count == 3)
    #expect(["b", "bcd", "", "a", "#b"].map { suffixes.id(of: $0.utf8Span.span) } == [1, 2, 4, nil, nil])
    #expect(table(["a", "b"]).suffixes(behind: "".utf8Span.span).count == 2)
    #expect(table(["a", "b"]).suffixes(behind: "##".utf8Span.span).count == 0)
  }

  @Test func `keys are bytes, not canonical equivalents`() {
    let table = table(["\u{E9}", "e\u{301}"])
    #expect(["\u{E9}", "e\u{301}", "e"].map { table.id(of: $0.utf8Span.span) } == [0, 1, nil])
  }

  @Test func `it answers as a dictionary does`() {
    var generator = SplitMix64(state: 11)
    var table = TokenTable()
    var dictionary: [[UInt8]: Int32] = [:]
    for id in 0..<20_000 as Range<Int32> {
      let key = (0..<generator.below(6)).map { _ in UInt8(generator.below(8) * 36) }
      #expect(
        table.insert(key.span, id: id) == dictionary.updateValue(id, forKey: key), "seed 11, key \(key)")
    }
    #expect(dictionary.allSatisfy { table.id(of: $0.key.span) == $0.value }, "seed 11")
  }
}
