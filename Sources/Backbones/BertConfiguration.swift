internal import LinearAlgebra

/// The shape of a BERT encoder, from `config.json`.
struct BertConfiguration: Sendable {
  static let file = "config.json"

  let vocabularySize: Int
  let hiddenSize: Int
  let layers: Int
  let heads: Int
  let intermediateSize: Int
  let activation: Activation
  let layerNormEpsilon: Float
  let maximumPositions: Int
  let tokenTypes: Int

  /// A head's share of the hidden size.
  var headSize: Int { hiddenSize / heads }

  /// The keys as published, with the defaults that Transformers gives those left out.
  private struct Keys: Decodable {
    let model_type: String
    let vocab_size: Int
    let hidden_size: Int
    let num_hidden_layers: Int
    let num_attention_heads: Int
    let intermediate_size: Int
    let hidden_act: String?
    let layer_norm_eps: Double?
    let max_position_embeddings: Int
    let type_vocab_size: Int?
    let position_embedding_type: String?
    let is_decoder: Bool?
  }

  private static let activations: [(name: String, activation: Activation)] = [
    ("gelu", .gelu), ("gelu_new", .geluTanh), ("gelu_pytorch_tanh", .geluTanh), ("relu", .relu),
    ("silu", .silu), ("swish", .silu),
  ]

  init(_ directory: ModelDirectory) throws(BackboneError) {
    let path = directory.path(of: Self.file)
    struct Architecture: Decodable { let model_type: String }
    let architecture = try directory.read(Architecture.self, from: Self.file)
    guard architecture.model_type == "bert" else {
      throw .unsupported(
        file: path, key: "model_type", value: "\"\(architecture.model_type)\"", supported: ["bert"])
    }
    let keys = try directory.read(Keys.self, from: Self.file)

    // No network of this kind is near the upper bounds; they keep products of sizes far from overflow.
    func positive(
      _ key: String, _ value: Int, upTo largest: Int = 1_000_000
    ) throws(BackboneError) -> Int {
      guard 1...largest ~= value else {
        throw .malformed(file: path, key: key, problem: "is \(value), but lies between 1 and \(largest)")
      }
      return value
    }
    vocabularySize = try positive("vocab_size", keys.vocab_size)
    hiddenSize = try positive("hidden_size", keys.hidden_size)
    layers = try positive("num_hidden_layers", keys.num_hidden_layers, upTo: 10_000)
    heads = try positive("num_attention_heads", keys.num_attention_heads)
    intermediateSize = try positive("intermediate_size", keys.intermediate_size)
    maximumPositions = try positive("max_position_embeddings", keys.max_position_embeddings)
    tokenTypes = try positive("type_vocab_size", keys.type_vocab_size ?? 2)
    guard hiddenSize.isMultiple(of: heads) else {
      throw .malformed(
        file: path, key: "num_attention_heads",
        problem: "\(heads) heads do not divide the hidden size \(hiddenSize)")
    }
    let epsilon = keys.layer_norm_eps ?? 1e-12
    guard epsilon >= 0, epsilon < 1 else {
      throw .malformed(file: path, key: "layer_norm_eps", problem: "is \(epsilon), but lies between 0 and 1")
    }
    layerNormEpsilon = Float(epsilon)

    let activationName = keys.hidden_act ?? "gelu"
    guard let known = Self.activations.first(where: { $0.name == activationName }) else {
      throw .unsupported(
        file: path, key: "hidden_act", value: "\"\(activationName)\"", supported: Self.activations.map(\.name)
      )
    }
    activation = known.activation
    if let positions = keys.position_embedding_type, positions != "absolute" {
      throw .unsupported(
        file: path, key: "position_embedding_type", value: "\"\(positions)\"", supported: ["absolute"])
    }
    if keys.is_decoder == true {
      throw .unsupported(file: path, key: "is_decoder", value: "true", supported: ["false"])
    }
  }
}

extension BertConfiguration {
  /// The layer that is asked for, 0 being the embeddings; the last if none is.
  func layer(_ asked: Int?) throws(BackboneError) -> Int {
    let layer = asked ?? layers
    guard 0...layers ~= layer else { throw .noLayer(layer, last: layers) }
    return layer
  }
}

extension BertConfiguration: CustomStringConvertible {
  /// All that the shape of the network is made of, in a line.
  var description: String {
    "bert \(layers)×\(hiddenSize), \(heads) heads, \(intermediateSize) \(activation.rawValue), "
      + "\(maximumPositions) positions, epsilon \(layerNormEpsilon)"
  }
}
