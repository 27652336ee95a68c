import Foundation
import Testing

@testable import Tokenization

/// `vocab.txt` with `tokenizer_config.json`; the answers of such tokenizers are held to the original elsewhere.
@Suite struct TokenizerConfigurationTests {
  static let vocabulary = "[PAD]\n[UNK]\n[CLS]\n[SEP]\na\n##b\n"

  private func tokenizer(_ configuration: String?, vocabulary: String = vocabulary) throws
    -> WordPieceTokenizer
  {
    var files = ["vocab.txt": vocabulary]
    files["tokenizer_config.json"] = configuration
    let directory = try Golden.temporaryDirectory(files)
    defer { try? FileManager.default.removeItem(at: directory) }
    return try WordPieceTokenizer(modelDirectory: directory)
  }

  @Test func `without a configuration the model is uncased`() throws {
    let tokenizer = try tokenizer(nil)
    #expect(tokenizer.files == ["vocab.txt"])
    #expect(tokenizer.settings.lowercases && tokenizer.settings.stripsAccents)
    // [MASK] is not in this vocabulary, so it is text.
    #expect(tokenizer.settings.addedTokens.map(\.content) == ["[UNK]", "[CLS]", "[SEP]", "[PAD]"])
    #expect(tokenizer.encode("ÁB", maximumLength: 9).ids == [2, 4, 5, 3])
    #expect(tokenizer.vocabularySize == 6)
  }

  @Test func `accents follow the case unless they are named`() throws {
    #expect(try !tokenizer("{\"do_lower_case\":false}").settings.stripsAccents)
    #expect(try tokenizer("{\"do_lower_case\":false,\"strip_accents\":true}").settings.stripsAccents)
    #expect(try !tokenizer("{\"strip_accents\":false}").settings.stripsAccents)
    #expect(try tokenizer("{}").files == ["vocab.txt", "tokenizer_config.json"])
  }

  @Test func `tokens beyond the vocabulary are numbered on`() throws {
    let decoder =
      "\"added_tokens_decoder\":{\"6\":{\"content\":\"<x>\",\"normalized\":false,\"special\":true}}"
    let tokenizer = try tokenizer("{\(decoder),\"additional_special_tokens\":[\"<y>\"]}")
    #expect(tokenizer.encode("a<x><y>", maximumLength: 9).ids == [2, 4, 6, 7, 3])
    #expect(tokenizer.vocabularySize == 8)
    #expect(throws: TokenizationError.self) {
      try self.tokenizer("{\(decoder.replacingOccurrences(of: "\"6\"", with: "\"60\""))}")
    }
    #expect(throws: TokenizationError.self) {
      try self.tokenizer("{\(decoder.replacingOccurrences(of: "\"6\"", with: "\"six\""))}")
    }
  }

  @Test(arguments: [
    ("{\"cls_token\":\"<s>\"}", "cls_token: '<s>' is not in vocab.txt"),
    ("{\"do_lower_case\":\"yes\"}", "do_lower_case: true or false is expected"),
    ("{\"truncation_side\":\"left\"}", "truncation_side: left is not supported"),
    ("[]", "an object is expected, an array was found"),
    ("{", "a name in quotes is expected"),
  ])
  func `a wrong value is named`(configuration: String, message: String) throws {
    let error = #expect(throws: TokenizationError.self) { try tokenizer(configuration) }
    let description = try #require(error).description
    #expect(description.contains("tokenizer_config.json"))
    #expect(description.contains(message), "\(description)")
  }

  @Test func `an empty vocabulary has no special tokens`() {
    #expect(throws: TokenizationError.self) { try tokenizer(nil, vocabulary: "") }
  }
}
