import Backbones
import Foundation
import LinearAlgebra
import Testing

/// Features behind another layer, or pooled in another way, than the model directory says, against transformers' hidden
/// states.
struct FeatureTests {
  @Test(arguments: try Goldens.read().features.made)
  func `They are the original's`(made: Goldens.Features.Made) throws {
    let directory = try Goldens.variant("three-layers").directory()
    defer { try? FileManager.default.removeItem(at: directory) }
    let modes = made.pooling.split(separator: "+").compactMap { PoolingMode(rawValue: String($0)) }
    let backbone = try Backbone(
      directory: directory, options: BackboneOptions(layer: made.layer, pooling: modes))
    #expect(backbone.dimension == made.dimension)
    let texts = try Goldens.read().features.texts
    let (found, expected) = (try backbone.embed(texts, threads: Threads(2)), try made.vectors())
    try #require(found.count == expected.count)
    for (found, expected) in zip(found, expected) {
      #expect(difference(found.vector, expected) <= 1e-5)
    }
  }

  @Test func `Several in one pass are the same bits as each alone`() throws {
    let directory = try Goldens.variant("three-layers").directory()
    let other = try Goldens.variant("one-layer").directory()
    defer { for folder in [directory, other] { try? FileManager.default.removeItem(at: folder) } }
    var backbones = [try Backbone(directory: other)]
    for (layer, pooling) in [(2, PoolingMode.cls), (0, .mean), (3, .max), (2, .mean), (1, .lastToken)] {
      backbones.append(
        try Backbone(directory: directory, options: BackboneOptions(layer: layer, pooling: [pooling])))
    }
    let texts = try Goldens.read().texts
    let alone = try backbones.map { try $0.embed(texts, threads: Threads(1)) }
    #expect(try EmbeddingPipeline(threads: Threads(2)).begin(texts, by: backbones).wait() == alone)
    #expect(
      try EmbeddingPipeline(threads: Threads(1)).begin(texts, by: backbones.reversed()).wait()
        == alone.reversed())
    let twice = [backbones[1], backbones[1]]
    #expect(
      try EmbeddingPipeline(threads: Threads(1)).begin(texts, by: twice).wait() == [alone[1], alone[1]])
    #expect(
      try EmbeddingPipeline(threads: Threads(2)).begin([], by: backbones).wait()
        == Array(repeating: [], count: 6))
    #expect(try EmbeddingPipeline(threads: Threads(2)).begin(texts, by: []).wait() == [])
  }

  @Test func `No layer behind the one that is asked for needs to be there`() throws {
    let directory = try Goldens.variant("one-layer").directory()
    defer { try? FileManager.default.removeItem(at: directory) }
    let plain = try Backbone(directory: directory)
    let url = directory.appendingPathComponent("config.json")
    let text = try String(contentsOf: url, encoding: .utf8)
    try text.replacing("\"num_hidden_layers\": 1", with: "\"num_hidden_layers\": 2").write(
      to: url, atomically: true, encoding: .utf8)
    #expect(throws: BackboneError.self) { try Backbone(directory: directory) }
    let first = try Backbone(directory: directory, options: BackboneOptions(layer: 1))
    let texts = try Goldens.read().texts
    #expect(try first.embed(texts, threads: Threads(1)) == plain.embed(texts, threads: Threads(1)))
  }

  @Test func `A layer that is not there is refused, and a pooling that a dense layer does not take`() throws {
    let directory = try Goldens.variant("dense-tanh").directory()
    defer { try? FileManager.default.removeItem(at: directory) }
    func refuses(_ options: BackboneOptions, naming words: [String]) throws {
      let error = #expect(throws: BackboneError.self) {
        try Backbone(directory: directory, options: options)
      }
      let message = "\(try #require(error))"
      for word in words { #expect(message.contains(word), "\(message)") }
    }
    for layer in [-1, 4] {
      try refuses(BackboneOptions(layer: layer), naming: ["\(layer)", "to 3"])
    }
    try refuses(
      BackboneOptions(pooling: [.mean, .max]), naming: ["2_Dense/config.json", "in_features", "48", "96"])
    #expect(try Backbone(directory: directory, options: BackboneOptions(pooling: [.max])).dimension == 20)
  }
}
