internal import LinearAlgebra

/// The tensors of a BERT checkpoint, under the names they were published with.
struct BertWeights: Sendable {
  let file: SafetensorsFile
  /// Checkpoints saved with a task's head on top put `bert.` before every name.
  private let prefix: String

  init(file: SafetensorsFile) {
    self.file = file
    prefix = file.contains("bert.embeddings.word_embeddings.weight") ? "bert." : ""
  }

  func matrix(_ name: String, rows: Int, columns: Int) throws(BackboneError) -> MappedTensor {
    try file.tensor(prefix + name, rows: rows, columns: columns)
  }

  func vector(_ name: String, count: Int) throws(BackboneError) -> [Float] {
    try file.vector(prefix + name, count: count)
  }

  func layerNorm(_ name: String, _ configuration: BertConfiguration) throws(BackboneError) -> LayerNorm {
    // Checkpoints converted from TensorFlow keep the names of the paper.
    let isOld = file.contains("\(prefix)\(name).gamma")
    return LayerNorm(
      scale: try vector(isOld ? "\(name).gamma" : "\(name).weight", count: configuration.hiddenSize),
      shift: try vector(isOld ? "\(name).beta" : "\(name).bias", count: configuration.hiddenSize),
      epsilon: configuration.layerNormEpsilon)
  }
}

/// The normalisation that follows every sum of the network.
struct LayerNorm: Sendable {
  let scale: [Float]
  let shift: [Float]
  let epsilon: Float

  func apply(to hidden: inout Matrix<Float>, rows: Range<Int>) {
    hidden.normalizeLayers(rows: rows, scale: scale, shift: shift, epsilon: epsilon)
  }
}
