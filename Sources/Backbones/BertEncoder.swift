internal import LinearAlgebra

/// A frozen BERT encoder (Devlin et al. 2018): token ids in, one hidden vector a token out.
///
/// Texts stand packed without padding. A token's vector is the same bits whatever texts stand beside its own.
struct BertEncoder: Sendable {
  let configuration: BertConfiguration
  private let words: MappedTensor
  /// Position embeddings, with the embedding of token type 0 added: Firn embeds single texts.
  private let positions: Matrix<Float>
  private let embeddingNorm: LayerNorm
  private let layers: [BertLayer]

  /// Loads the network up to the layer `depth`, counted from 1; 0 is the embeddings alone.
  init(
    _ configuration: BertConfiguration, depth: Int, numeric: NumericMode, weights file: SafetensorsFile,
    threads: Threads
  ) throws(BackboneError) {
    self.configuration = configuration
    let weights = BertWeights(file: file)
    let size = configuration.hiddenSize
    words = try weights.matrix(
      "embeddings.word_embeddings.weight", rows: configuration.vocabularySize, columns: size)
    var positions = try weights.matrix(
      "embeddings.position_embeddings.weight", rows: configuration.maximumPositions, columns: size
    ).matrix()
    let types = try weights.matrix(
      "embeddings.token_type_embeddings.weight", rows: configuration.tokenTypes, columns: size
    ).matrix()
    positions.add(Array(types.row(0)))
    self.positions = positions
    embeddingNorm = try weights.layerNorm("embeddings.LayerNorm", configuration)
    // Packing all weights is the larger part of opening a model: every layer is one task.
    layers = try threads.map(depth) { index in
      Result { () throws(BackboneError) in try BertLayer(index, configuration, weights, numeric: numeric) }
    }.map { (result) throws(BackboneError) in try result.get() }
  }

  /// Runs the layers that are loaded. `visit` gets the hidden vectors behind each, one row a token, as the pass goes by: those
  /// behind layer 0, the embeddings, then those behind layer 1, 2, …
  func encode(
    _ batch: PackedBatch, in workspace: inout BertWorkspace, behind visit: (Int, Matrix<Float>) -> Void
  ) {
    embed(batch, into: &workspace)
    visit(0, workspace.hidden)
    for (index, layer) in layers.enumerated() {
      layer.apply(to: batch, in: &workspace)
      visit(index + 1, workspace.hidden)
    }
  }

  private func embed(_ batch: PackedBatch, into workspace: inout BertWorkspace) {
    for text in batch.texts {
      for (position, index) in text.enumerated() {
        let position = positions.row(position)
        workspace.hidden.fillRow(index) { values in
          words.readRow(Int(batch.tokens[index]), into: &values)
          for (column, value) in position.enumerated() { values[column] += value }
        }
      }
    }
    embeddingNorm.apply(to: &workspace.hidden, rows: 0..<batch.tokens.count)
  }
}
