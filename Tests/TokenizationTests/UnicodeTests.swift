import Foundation
import Testing

@testable import Tokenization

/// Every stage against `tokenizers` 0.23.3 on every scalar from U+0000 to U+10FFFF, 4,096 of them a digest.
@Suite struct UnicodeTests {
  static let digests = Result { try Golden.read("unicode.json", as: [String: [String]].self) }

  private func check(_ stage: String, _ answer: ([Unicode.Scalar]) -> [UInt8]) throws {
    let expected = try #require(try Self.digests.get()[stage])
    #expect(expected.count == 272)
    for (block, digest) in expected.enumerated() {
      let first = UInt32(block * 4096)
      let scalars = (first..<first + 4096).compactMap(Unicode.Scalar.init)
      #expect(Golden.digest(answer(scalars)) == digest, "the scalars from U+\(String(first, radix: 16))")
    }
  }

  private func joined(_ texts: [String], by separator: String) -> [UInt8] {
    Array(texts.joined(separator: separator).utf8)
  }

  @Test(arguments: ["clean_text", "handle_chinese_chars", "strip_accents", "lowercase", "uncased"])
  func `normalisation`(stage: String) throws {
    let isAll = stage == "uncased"
    let normalizer = TextNormalizer(
      cleansText: isAll || stage == "clean_text",
      separatesIdeographs: isAll || stage == "handle_chinese_chars",
      stripsAccents: isAll || stage == "strip_accents", lowercases: isAll || stage == "lowercase")
    try check(stage) { scalars in
      normalizer.normalize(joined(scalars.map { String($0) }, by: "|").span)
    }
  }

  @Test func `canonical ordering of what is left of marks`() throws {
    let normalizer = TextNormalizer(
      cleansText: false, separatesIdeographs: false, stripsAccents: true, lowercases: false)
    try check("ordering") { scalars in
      normalizer.normalize(joined(scalars.map { "\u{1D16D}\($0)\u{1D165}\u{302E}" }, by: "|").span)
    }
  }

  @Test func `the split into words`() throws {
    try check("pre_tokenizer") { scalars in
      let text = joined(scalars.map { "a\($0)b" }, by: " ")
      var words: [[UInt8]] = []
      var position = 0
      while let word = PreTokenizer.nextWord(in: text.span, from: &position) {
        words.append(Array(text[word.bytes]))
      }
      return Array(words.joined(separator: [UInt8(ascii: "\n")]))
    }
  }

  @Test func `what adjoins a single-word token`() throws {
    var matcher = AddedTokenMatcher()
    let isNew = matcher.insert(Array("|".utf8), for: AddedToken(content: "|", id: 1, isSingleWord: true))
    #expect(isNew)
    try check("single_word") { [matcher] scalars in
      scalars.map { scalar in
        let text = Array("\(scalar)|".utf8)
        var cursor = AddedTokenMatcher.Cursor()
        var found: UInt8 = 0
        while let segment = matcher.nextSegment(in: text.span, at: &cursor) {
          if segment == .token(id: 1) { found = 1 }
        }
        return found
      }
    }
  }
}
