import Backbones
import Foundation
import LinearAlgebra
import Testing

/// Texts that have more tokens than the backbone reads at once.
struct LongTextTests {
  private func backbone(_ variant: String, _ rule: LongTexts) throws -> Backbone {
    let directory = try Goldens.variant(variant).directory()
    defer { try? FileManager.default.removeItem(at: directory) }
    return try Backbone(directory: directory, options: BackboneOptions(longTexts: rule))
  }

  @Test(arguments: try Goldens.read().windows.made)
  func `Windows are where tokenizers puts them, and their mean is NumPy's`(made: Goldens.Windows.Made) throws
  {
    let backbone = try backbone(made.variant, .window)
    let texts = try Goldens.read().windows.texts
    let found = try backbone.embed(texts, threads: Threads(2))
    #expect(found.map(\.tokens) == made.tokens)
    #expect(found.allSatisfy { !$0.isTruncated })
    let expected = try made.vectors(dimension: backbone.dimension)
    try #require(found.count == expected.count)
    for (index, (found, expected)) in zip(found, expected).enumerated() {
      #expect(difference(found.vector, expected) <= 1e-5, "\(texts[index])")
    }
  }

  @Test func `A text that fits is the same bits by every rule`() throws {
    let texts = try Goldens.read().texts + Goldens.read().windows.texts
    let cut = try backbone("three-layers", .truncate).embed(texts, threads: Threads(1))
    let fitting = texts.indices.filter { !cut[$0].isTruncated }
    #expect(fitting.count > 10 && fitting.count < texts.count)
    for rule in [LongTexts.window, .error] {
      let found = try backbone("three-layers", rule).embed(fitting.map { texts[$0] }, threads: Threads(1))
      #expect(found == fitting.map { cut[$0] })
    }
  }

  @Test func `A windowed vector is the same bits alone, in any batch, order and number of threads`() throws {
    let backbone = try backbone("prompt-not-pooled", .window)
    let texts = try Goldens.read().windows.texts
    let together = try backbone.embed(texts, threads: Threads(1))
    #expect(try backbone.embed(texts.reversed(), threads: Threads(3)) == together.reversed())
    for (text, embedding) in zip(texts, together) {
      #expect(try backbone.embed([text], threads: Threads(1)) == [embedding])
    }
  }

  @Test func `A text that is refused is told with its tokens and the limit`() throws {
    let backbone = try backbone("three-layers", .error)
    let texts = try Goldens.read().windows.texts
    #expect(texts.compactMap(backbone.refusal).map(\.tokens) == [33, 46, 47, 55, 56, 102])
    let error = #expect(throws: LongTextError.self) { try backbone.embed(texts, threads: Threads(2)) }
    #expect(try (#require(error).tokens, #require(error).limit) == (33, 32))
    #expect("\(try #require(error))".contains("33 tokens"))
    #expect(try self.backbone("three-layers", .truncate).refusal(of: texts[12]) == nil)
  }

  @Test func `The rule is part of the fingerprint, and the overlap is told`() throws {
    let backbones = try LongTexts.allCases.map { try backbone("prompt", $0) }
    #expect(Set(backbones.map(\.fingerprint)).count == 3)
    // 32 tokens, less two special ones and five of the prompt's, are 25.
    #expect(backbones.map(\.manifest.windowOverlap) == [nil, 6, nil])
  }

  @Test func `A prompt that leaves no room for windows is refused`() throws {
    let directory = try Goldens.variant("prompt").directory()
    defer { try? FileManager.default.removeItem(at: directory) }
    try Data(#"{"max_seq_length": 7}"#.utf8).write(
      to: directory.appendingPathComponent("sentence_bert_config.json"))
    #expect(throws: BackboneError.noRoomForWindows(prompt: "find: ", maximumLength: 7)) {
      try Backbone(directory: directory, options: BackboneOptions(longTexts: .window))
    }
    #expect(try Backbone(directory: directory).manifest.maximumLength == 7)
  }
}
