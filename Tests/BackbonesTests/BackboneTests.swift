import Backbones
import Foundation
import LinearAlgebra
import Testing

/// The reference backbone's directory; `tools/test` fetches it.
func referenceBackbone() throws -> URL {
  let path = try #require(
    ProcessInfo.processInfo.environment["FIRN_TEST_BACKBONE"],
    "FIRN_TEST_BACKBONE names no model directory: run the tests with tools/test, which fetches it")
  return URL(fileURLWithPath: path)
}

/// Vectors are held against sentence-transformers'.
struct BackboneTests {
  private func cosine(_ a: [Float], _ b: [Float]) -> Double {
    func product(_ a: [Float], _ b: [Float]) -> Double {
      zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
    return product(a, b) / (product(a, a) * product(b, b)).squareRoot()
  }

  @Test(arguments: try Goldens.read().variants)
  func `Every pooling, module, activation, length and tensor format gives the original's vectors`(
    variant: Goldens.Variant
  ) throws {
    let directory = try variant.directory()
    defer { try? FileManager.default.removeItem(at: directory) }
    let backbone = try Backbone(directory: directory)
    #expect(backbone.dimension == variant.dimension)
    let texts = try Goldens.read().texts
    let embeddings = try backbone.embed(texts, threads: Threads(2))
    let exact = try Goldens.vectors(variant.name, dimension: variant.dimension, exact: true)
    let original = try Goldens.vectors(variant.name, dimension: variant.dimension, exact: false)
    try #require(exact.count == texts.count && original.count == texts.count)
    for (index, text) in texts.enumerated() {
      #expect(difference(embeddings[index].vector, original[index]) <= 1e-5, "\(text)")
      #expect(cosine(embeddings[index].vector, exact[index]) >= 0.99999, "\(text)")
    }
  }

  @Test func `The reference backbone gives the original's vectors`() throws {
    let backbone = try Backbone(directory: referenceBackbone())
    let reference = try Goldens.read().reference
    let embeddings = try backbone.embed(reference.texts, threads: Threads(2))
    let exact = try Goldens.vectors("reference", dimension: reference.dimension, exact: true)
    let original = try Goldens.vectors("reference", dimension: reference.dimension, exact: false)
    try #require(original.count == reference.texts.count)
    var worst: (ours: Float, original: Float) = (0, 0)
    for (index, text) in reference.texts.enumerated() {
      #expect(difference(embeddings[index].vector, original[index]) <= 1e-5, "\(text)")
      #expect(cosine(embeddings[index].vector, original[index]) >= 0.99999, "\(text)")
      worst.ours = max(worst.ours, difference(embeddings[index].vector, exact[index]))
      worst.original = max(worst.original, difference(original[index], exact[index]))
    }
    print("largest difference to double precision: ours \(worst.ours), the original's \(worst.original)")
  }

  @Test(arguments: NumericMode.allCases)
  func `A text's vector is the same bits alone, in any batch, order and number of threads`(
    numeric: NumericMode
  ) throws {
    let backbone = try Backbone(
      directory: referenceBackbone(), options: BackboneOptions(numeric: numeric))
    let texts = try Goldens.read().reference.texts
    let together = try backbone.embed(texts, threads: Threads(1))
    #expect(try backbone.embed(texts, threads: Threads(3)) == together)
    #expect(try Array(backbone.embed(texts.reversed(), threads: Threads(2)).reversed()) == together)
    for (text, embedding) in zip(texts, together) {
      #expect(try backbone.embed([text], threads: Threads(1)) == [embedding])
    }
    #expect(try backbone.embed([], threads: Threads(2)) == [])
  }

  @Test func `The fast arithmetic is close to the original, in small networks of odd sizes too`() throws {
    let fast = BackboneOptions(numeric: .int16)
    let goldens = try Goldens.read()
    let reference = try Backbone(directory: referenceBackbone(), options: fast)
      .embed(goldens.reference.texts, threads: Threads(2))
    let original = try Goldens.vectors("reference", dimension: goldens.reference.dimension, exact: true)
    for (found, vector) in zip(reference, original) { #expect(cosine(found.vector, vector) >= 0.9999) }
    for variant in goldens.variants {
      let directory = try variant.directory()
      defer { try? FileManager.default.removeItem(at: directory) }
      let found = try Backbone(directory: directory, options: fast).embed(goldens.texts, threads: Threads(2))
      let exact = try Goldens.vectors(variant.name, dimension: variant.dimension, exact: true)
      for (found, vector) in zip(found, exact) {
        #expect(cosine(found.vector, vector) >= 0.999, "\(variant)")
      }
    }
  }

  @Test func `A prompt that is not pooled is left out, whatever tokens the tokenizer puts behind a text`()
    throws
  {
    let directory = try Goldens.variant("prompt-not-pooled").directory()
    defer { try? FileManager.default.removeItem(at: directory) }
    let url = directory.appendingPathComponent("tokenizer.json")
    var tokenizer = try #require(
      JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any])
    func special(_ token: String) -> [String: Any] { ["SpecialToken": ["id": token, "type_id": 0]] }
    tokenizer["post_processor"] = [
      "type": "TemplateProcessing", "single": [special("[CLS]"), ["Sequence": ["id": "A", "type_id": 0]]],
      "pair": [], "special_tokens": ["[CLS]": ["id": "[CLS]", "ids": [2], "tokens": ["[CLS]"]]],
    ]
    try JSONSerialization.data(withJSONObject: tokenizer).write(to: url)
    // Of one token the mean is the greatest.
    let (mean, max) = try (
      Backbone(directory: directory, options: BackboneOptions(pooling: [.mean])),
      Backbone(directory: directory, options: BackboneOptions(pooling: [.max]))
    )
    let (one, two) = (["snow"], ["snow snow"])
    #expect(try mean.embed(one, threads: Threads(1)) == max.embed(one, threads: Threads(1)))
    #expect(try mean.embed(two, threads: Threads(1)) != max.embed(two, threads: Threads(1)))
  }

  @Test func `A text that is too long is cut and says so`() throws {
    let directory = try Goldens.variant("three-layers").directory()
    defer { try? FileManager.default.removeItem(at: directory) }
    let backbone = try Backbone(directory: directory)
    let short = try backbone.embed(["snow"], threads: Threads(1))[0]
    #expect(!short.isTruncated)
    let long = try backbone.embed([String(repeating: "snow ", count: 1000)], threads: Threads(1))[0]
    #expect(long.isTruncated)
    #expect(long.tokens == backbone.manifest.maximumLength)
  }
}
