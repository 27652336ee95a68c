internal import LinearAlgebra

/// One layer of the encoder: self-attention, then two products with an activation between them, each added to what came
/// in and normalised.
///
/// What the published form spends twice is folded together at loading: queries, keys and values are one product; 1/√d goes
/// into the queries' weights; the keys' bias is dropped, for a softmax doesn't see it; and the values' bias, which passes the
/// softmax unchanged, becomes part of the output's.
struct BertLayer: Sendable {
  private let queriesKeysValues: PackedMatrix
  private let queriesKeysValuesBias: [Float]
  private let output: PackedMatrix
  private let outputBias: [Float]
  private let attentionNorm: LayerNorm
  private let expansion: PackedMatrix
  private let expansionBias: [Float]
  private let activation: Activation
  private let contraction: PackedMatrix
  private let contractionBias: [Float]
  private let norm: LayerNorm

  init(_ index: Int, _ configuration: BertConfiguration, _ weights: BertWeights) throws(BackboneError) {
    let name = "encoder.layer.\(index)"
    let (size, inner) = (configuration.hiddenSize, configuration.intermediateSize)
    func linear(
      _ part: String, from columns: Int, to rows: Int
    ) throws(BackboneError) -> (weight: Matrix<Float>, bias: [Float]) {
      (
        try weights.matrix("\(name).\(part).weight", rows: rows, columns: columns).matrix(),
        try weights.vector("\(name).\(part).bias", count: rows)
      )
    }

    let query = try linear("attention.self.query", from: size, to: size)
    let key = try linear("attention.self.key", from: size, to: size)
    let value = try linear("attention.self.value", from: size, to: size)
    let scale = 1 / Float(configuration.headSize).squareRoot()
    let stacked = Matrix(
      rows: 3 * size, columns: size,
      elements: query.weight.elements.map { $0 * scale } + key.weight.elements + value.weight.elements)
    queriesKeysValues = PackedMatrix(stacked, transposed: true)
    queriesKeysValuesBias = query.bias.map { $0 * scale } + [Float](repeating: 0, count: 2 * size)

    let output = try linear("attention.output.dense", from: size, to: size)
    self.output = PackedMatrix(output.weight, transposed: true)
    outputBias = output.bias.indices.map { row in
      zip(output.weight.row(row), value.bias).reduce(output.bias[row]) { $0 + $1.0 * $1.1 }
    }
    attentionNorm = try weights.layerNorm("\(name).attention.output.LayerNorm", configuration)

    let expansion = try linear("intermediate.dense", from: size, to: inner)
    self.expansion = PackedMatrix(expansion.weight, transposed: true)
    expansionBias = expansion.bias
    activation = configuration.activation
    let contraction = try linear("output.dense", from: inner, to: size)
    self.contraction = PackedMatrix(contraction.weight, transposed: true)
    contractionBias = contraction.bias
    norm = try weights.layerNorm("\(name).output.LayerNorm", configuration)
  }

  func apply(to batch: PackedBatch, in workspace: inout BertWorkspace) {
    let all = 0..<batch.tokens.count
    queriesKeysValues.multiply(
      workspace.hidden, rows: all, plus: queriesKeysValuesBias, into: &workspace.queriesKeysValues, rows: all)
    for text in batch.texts {
      workspace.attention.attend(workspace.queriesKeysValues, rows: text, into: &workspace.context)
    }
    output.multiply(
      workspace.context, rows: all, plus: outputBias, accumulating: true, into: &workspace.hidden, rows: all)
    attentionNorm.apply(to: &workspace.hidden, rows: all)

    // The expanded rows are many times as wide: a block of them at a time stays in the second cache.
    for start in stride(from: 0, to: all.upperBound, by: BertWorkspace.blockRows) {
      let rows = start..<min(all.upperBound, start + BertWorkspace.blockRows)
      let block = 0..<rows.count
      expansion.multiply(
        workspace.hidden, rows: rows, plus: expansionBias, into: &workspace.expanded, rows: block)
      workspace.expanded.apply(activation, rows: block)
      contraction.multiply(
        workspace.expanded, rows: block, plus: contractionBias, accumulating: true, into: &workspace.hidden,
        rows: rows)
    }
    norm.apply(to: &workspace.hidden, rows: all)
  }
}
