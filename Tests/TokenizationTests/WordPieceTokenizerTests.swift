import Foundation
import Testing

@testable import Tokenization

/// Token for token, the answers of `tokenizers` 0.23.3.
@Suite struct WordPieceTokenizerTests {
  struct Variant: Decodable {
    var sections: String
    var answers: GoldenAnswers
  }

  static let names = [
    "uncased", "cased", "uncased with accents", "cased without accents", "ideographs joined", "not cleaned",
    "bare",
    "added tokens", "added tokens, cased",
  ]

  static let variants = Result { try Golden.read("variants.json", as: [String: Variant].self) }

  @Test(arguments: names)
  func `a tokenizer.json of every kind of settings`(name: String) throws {
    let variants = try Self.variants.get()
    #expect(variants.count == Self.names.count)
    let variant = try #require(variants[name])
    let directory = try Golden.modelDirectory(sections: variant.sections)
    defer { try? FileManager.default.removeItem(at: directory) }
    let tokenizer = try WordPieceTokenizer(modelDirectory: directory)
    let golden = try GoldenTexts.shared.get()
    try variant.answers.check(tokenizer, texts: golden.texts + golden.added)
  }

  @Test(arguments: ["vocabulary-plain", "vocabulary-cased", "vocabulary-odd"])
  func `a vocab.txt with and without its configuration`(name: String) throws {
    let tokenizer = try WordPieceTokenizer(modelDirectory: Golden.directory.appendingPathComponent(name))
    let golden = try GoldenTexts.shared.get()
    let answers: GoldenAnswers = try Golden.read("\(name)/answers.json")
    try answers.check(tokenizer, texts: golden.texts + golden.added)
  }

  @Test func `the reference backbone`() throws {
    let path = try #require(
      ProcessInfo.processInfo.environment["FIRN_TEST_BACKBONE"],
      "FIRN_TEST_BACKBONE must name the directory of a published all-MiniLM-L6-v2")
    let tokenizer = try WordPieceTokenizer(modelDirectory: URL(fileURLWithPath: path))
    #expect(tokenizer.vocabularySize == 30_522)
    #expect(tokenizer.files == ["tokenizer.json"])
    let answers: GoldenAnswers = try Golden.read("reference.json")
    try answers.check(tokenizer, texts: GoldenTexts.shared.get().texts)
  }

  @Test func `the special tokens stay whatever the maximum length`() throws {
    let tokenizer = try WordPieceTokenizer(
      modelDirectory: Golden.directory.appendingPathComponent("vocabulary-plain"))
    for length in [Int.min, -1, 0, 1, 2] {
      #expect(tokenizer.encode("the", maximumLength: length) == Encoding(ids: [2, 3], isTruncated: true))
      #expect(tokenizer.encode(" ", maximumLength: length) == Encoding(ids: [2, 3], isTruncated: false))
    }
    #expect(!tokenizer.encode("the", maximumLength: 3).isTruncated)
    #expect(tokenizer.encode("the the", maximumLength: 3).isTruncated)
  }
}
