import Foundation
import Testing

@testable import Tokenization

/// A `tokenizer.json` that is not BERT's, or not whole, is refused with the name of the key.
@Suite struct TokenizerFileTests {
  static let valid = """
    {"version":"1.0","truncation":{"direction":"Right","max_length":128,"strategy":"LongestFirst","stride":0},
    "padding":null,"added_tokens":[{"id":2,"content":"[CLS]","single_word":false,"lstrip":false,"rstrip":false,
    "normalized":false,"special":true}],"normalizer":{"type":"BertNormalizer","clean_text":true,
    "handle_chinese_chars":true,"strip_accents":null,"lowercase":true},"pre_tokenizer":{"type":"BertPreTokenizer"},
    "post_processor":{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"[CLS]","type_id":0}},
    {"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"[SEP]","type_id":0}}],"pair":[],
    "special_tokens":{"[CLS]":{"id":"[CLS]","ids":[2],"tokens":["[CLS]"]},
    "[SEP]":{"id":"[SEP]","ids":[3],"tokens":["[SEP]"]}}},"decoder":null,
    "model":{"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##",
    "max_input_chars_per_word":100,"vocab":{"[UNK]":1,"[CLS]":2,"[SEP]":3,"a":4,"##b":5}}}
    """

  private func tokenizer(_ text: String) throws -> WordPieceTokenizer {
    let directory = try Golden.temporaryDirectory(["tokenizer.json": text])
    defer { try? FileManager.default.removeItem(at: directory) }
    return try WordPieceTokenizer(modelDirectory: directory)
  }

  @Test func `a template without end is refused`() {
    let pieces = String(repeating: #"{"SpecialToken":{"id":"[CLS]"}},"#, count: 100)
    let text = Self.valid.replacing(#""single":["#, with: #""single":["# + pieces)
    #expect(throws: TokenizationError.self) { try tokenizer(text) }
  }

  @Test func `the settings are those of the file`() throws {
    let tokenizer = try tokenizer(Self.valid)
    #expect(
      tokenizer.settings
        == TokenizerSettings(
          cleansText: true, separatesIdeographs: true, stripsAccents: true, lowercases: true,
          unknownToken: "[UNK]",
          continuingPrefix: "##", maximumWordLength: 100,
          addedTokens: [AddedToken(content: "[CLS]", id: 2, isSpecial: true)], prefix: [2], suffix: [3]))
    #expect(tokenizer.files == ["tokenizer.json"])
    #expect(tokenizer.vocabularySize == 6)
    #expect(tokenizer.encode("AB a", maximumLength: 9) == Encoding(ids: [2, 4, 5, 4, 3], isTruncated: false))
  }

  @Test(arguments: [
    ("\"WordPiece\"", "\"BPE\"", "model.type: BPE is not supported; supported: WordPiece"),
    ("\"WordPiece\"", "\"Unigram\"", "model.type: Unigram is not supported"),
    ("\"BertNormalizer\"", "\"NFC\"", "normalizer.type: NFC is not supported; supported: BertNormalizer"),
    ("\"BertPreTokenizer\"", "\"Metaspace\"", "pre_tokenizer.type: Metaspace is not supported"),
    ("\"TemplateProcessing\"", "\"ByteLevel\"", "post_processor.type: ByteLevel is not supported"),
    ("\"version\":\"1.0\"", "\"version\":\"2.0\"", "version: 2.0 is not supported"),
    ("\"Right\"", "\"Left\"", "truncation.direction: Left is not supported"),
    ("\"vocab\"", "\"vocabulary\"", "model.vocab: missing"),
    ("\"normalizer\":", "\"normaliser\":", "normalizer: missing"),
    ("\"lowercase\":true", "\"lowercase\":1", "normalizer.lowercase: true or false is expected, 1 was found"),
    (
      "\"strip_accents\":null", "\"strip_accents\":\"no\"",
      "normalizer.strip_accents: true or false is expected"
    ),
    ("\"a\":4", "\"a\":-4", "model.vocab.a: an integer from 0 to 2147483647 is expected, -4 was found"),
    ("\"a\":4", "\"a\":4.0", "model.vocab.a: an integer from 0 to 2147483647 is expected, 4.0 was found"),
    ("\"a\":4", "\"a\":2147483648", "model.vocab.a: an integer"),
    ("\"a\":4", "\"a\":99999999999999999999", "model.vocab.a: an integer"),
    (
      "\"a\":4", "\"a\":\"4\"",
      "model.vocab.a: an integer from 0 to 2147483647 is expected, a string was found"
    ),
    (
      "{\"[UNK]\":1,\"[CLS]\":2,\"[SEP]\":3,\"a\":4,\"##b\":5}", "[[\"a\",1]]",
      "model.vocab: an object is expected"
    ),
    ("\"[UNK]\":1", "\"[unk]\":1", "model.unk_token: '[UNK]' is not in the vocabulary"),
    (":100", ":-1", "model.max_input_chars_per_word: an integer"),
    (
      "\"id\":2,\"content\"", "\"id\":7,\"content\"",
      "added_tokens[0]: '[CLS]' has id 7; the vocabulary makes it 2"
    ),
    ("\"single_word\":false,", "", "added_tokens[0].single_word: missing"),
    ("{\"id\":\"A\"", "{\"id\":\"B\"", "post_processor.single[1].Sequence.id: B is not supported"),
    ("{\"Sequence\":{\"id\":\"A\",\"type_id\":0}},", "", "post_processor.single: the text does not appear"),
    (
      "\"special_tokens\":{\"[CLS]\"", "\"special_tokens\":{\"[C]\"",
      "post_processor.special_tokens.[CLS]: missing"
    ),
    ("\"ids\":[3]", "\"ids\":[null]", "post_processor.special_tokens.[SEP].ids[0]: an integer"),
    ("\"decoder\":null", "\"decoder\":nul", "a value is expected"),
  ])
  func `a wrong value is named`(old: String, new: String, message: String) throws {
    let text = Self.valid.replacingOccurrences(of: old, with: new)
    try #require(text != Self.valid)
    let error = #expect(throws: TokenizationError.self) { try tokenizer(text) }
    let description = try #require(error).description
    #expect(description.contains("tokenizer.json"))
    #expect(description.contains(message), "\(description)")
  }

  @Test func `older files leave out the type of the model, and ids may have holes or be shared`() throws {
    let text = Self.valid.replacingOccurrences(of: "\"type\":\"WordPiece\",", with: "")
      .replacingOccurrences(of: "\"a\":4,\"##b\":5", with: "\"a\":2147483647,\"##b\":3")
    let tokenizer = try tokenizer(text)
    #expect(tokenizer.encode("ab", maximumLength: 9).ids == [2, 2_147_483_647, 3, 3])
    #expect(tokenizer.vocabularySize == 1 << 31)
  }

  /// The original takes the last of them without a word; no published file has any.
  @Test func `a repeated token is refused`() {
    #expect(throws: TokenizationError.self) {
      try tokenizer(Self.valid.replacingOccurrences(of: "\"a\":4", with: "\"a\":9,\"a\":4"))
    }
  }

  @Test func `two added tokens that normalisation makes equal are refused`() throws {
    let token = { (id: Int, content: String) in
      """
      {"id":\(id),"content":"\(content)","single_word":false,"lstrip":false,"rstrip":false,"normalized":true,\
      "special":false}
      """
    }
    let text = Self.valid.replacingOccurrences(
      of: "\"added_tokens\":[", with: "\"added_tokens\":[\(token(5, "Foo")),\(token(6, "foo")),")
    let error = #expect(throws: TokenizationError.self) { try tokenizer(text) }
    #expect(
      try #require(error).description.contains("normalisation makes 'foo' equal to another added token"))
  }

  @Test func `a file cut anywhere is refused`() throws {
    for length in 0..<Self.valid.utf8.count {
      let file = ModelFile(path: "tokenizer.json", bytes: Array(Self.valid.utf8.prefix(length)))
      #expect(throws: TokenizationError.self) { try TokenizerFile(file).definition() }
    }
  }

  @Test func `a file with changed bytes is read or refused`() {
    var generator = SplitMix64(state: 7)
    var refused = 0
    for _ in 0..<20_000 {
      var bytes = Array(Self.valid.utf8)
      for _ in 0...generator.below(3) { bytes[generator.below(bytes.count)] = UInt8(generator.below(256)) }
      do {
        _ = try TokenizerFile(ModelFile(path: "tokenizer.json", bytes: bytes)).definition()
      } catch {
        refused += 1
      }
    }
    #expect(refused > 10_000)
  }

  @Test func `a directory without a tokenizer, or with an unreadable one, is named`() throws {
    let empty = try Golden.temporaryDirectory([:])
    defer { try? FileManager.default.removeItem(at: empty) }
    #expect(throws: TokenizationError.noTokenizer(directory: empty.path)) {
      try WordPieceTokenizer(modelDirectory: empty)
    }
    try FileManager.default.createDirectory(
      at: empty.appendingPathComponent("tokenizer.json"), withIntermediateDirectories: false)
    let error = #expect(throws: TokenizationError.self) { try WordPieceTokenizer(modelDirectory: empty) }
    #expect(try #require(error).description.contains("tokenizer.json: cannot be read"))
  }
}
