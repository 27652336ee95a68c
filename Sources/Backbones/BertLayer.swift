internal import LinearAlgebra

/// One layer of the encoder: self-attention, then two products with an activation between them, each added to what came
/// in and normalised.
///
/// What the published form spends twice is folded together at loading: queries, keys and values are one product; 1/√d goes
/// into the queries' weights; the keys' bias is dropped, for a softmax doesn't see it; and the values' bias, which passes the
/// softmax unchanged, becomes part of the output's.
struct BertLayer: Sendable {
  private let queriesKeysValues: LinearLayer
  private let output: LinearLayer
  private let attentionNorm: LayerNorm
  private let expansion: LinearLayer
  private let activation: Activation
  private let contraction: LinearLayer
  private let norm: LayerNorm

  init(_ index: Int, _ configuration: BertConfiguration, _ weights: BertWeights, numeric: NumericMode)
    throws(BackboneError)
  {
    let name = "encoder.layer.\(index)"
    let (size, inner) = (configuration.hiddenSize, configuration.intermediateSize)
    func weight(_ part: String, from columns: Int, to rows: Int) throws(BackboneError) -> MappedTensor {
      try weights.matrix("\(name).\(part).weight", rows: rows, columns: columns)
    }
    func bias(_ part: String, count: Int) throws(BackboneError) -> [Float] {
      try weights.vector("\(name).\(part).bias", count: count)
    }

    let scale = 1 / Float(configuration.headSize).squareRoot()
    var query = try weight("attention.self.query", from: size, to: size)
    query.scale = scale
    queriesKeysValues = try LinearLayer(
      stacking: [
        query, try weight("attention.self.key", from: size, to: size),
        try weight("attention.self.value", from: size, to: size),
      ],
      bias: try bias("attention.self.query", count: size).map { $0 * scale }
        + [Float](repeating: 0, count: 2 * size),
      numeric: numeric)

    let output = try weight("attention.output.dense", from: size, to: size)
    let valueBias = try bias("attention.self.value", count: size)
    var outputBias = try bias("attention.output.dense", count: size)
    let weightOfValues = output.matrix()
    for row in outputBias.indices {
      outputBias[row] = zip(weightOfValues.row(row), valueBias).reduce(outputBias[row]) { $0 + $1.0 * $1.1 }
    }
    self.output = try LinearLayer(stacking: [output], bias: outputBias, numeric: numeric)
    attentionNorm = try weights.layerNorm("\(name).attention.output.LayerNorm", configuration)

    expansion = try LinearLayer(
      stacking: [try weight("intermediate.dense", from: size, to: inner)],
      bias: try bias("intermediate.dense", count: inner), numeric: numeric)
    activation = configuration.activation
    contraction = try LinearLayer(
      stacking: [try weight("output.dense", from: inner, to: size)],
      bias: try bias("output.dense", count: size), numeric: numeric)
    norm = try weights.layerNorm("\(name).output.LayerNorm", configuration)
  }

  func apply(to batch: PackedBatch, in workspace: inout BertWorkspace) {
    let all = 0..<batch.tokens.count
    // A block of rows at a time: what one step leaves, the next finds in the second cache.
    let blocks = stride(from: 0, to: all.upperBound, by: BertWorkspace.blockRows).map {
      $0..<min(all.upperBound, $0 + BertWorkspace.blockRows)
    }
    for rows in blocks {
      queriesKeysValues.apply(
        to: workspace.hidden, rows: rows, into: &workspace.queriesKeysValues, rows: rows,
        quantizing: &workspace.quantized)
    }
    for text in batch.texts {
      workspace.attention.attend(workspace.queriesKeysValues, rows: text, into: &workspace.context)
    }
    for rows in blocks {
      output.apply(
        to: workspace.context, rows: rows, accumulating: true, into: &workspace.hidden, rows: rows,
        quantizing: &workspace.quantized)
      attentionNorm.apply(to: &workspace.hidden, rows: rows)
      let block = 0..<rows.count
      expansion.apply(
        to: workspace.hidden, rows: rows, activation: activation, into: &workspace.expanded, rows: block,
        quantizing: &workspace.quantized)
      contraction.apply(
        to: workspace.expanded, rows: block, accumulating: true, into: &workspace.hidden, rows: rows,
        quantizing: &workspace.quantized)
      norm.apply(to: &workspace.hidden, rows: rows)
    }
  }
}
