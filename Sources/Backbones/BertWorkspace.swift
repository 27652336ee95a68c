internal import LinearAlgebra

/// The intermediate results of one worker, kept from batch to batch.
struct BertWorkspace {
  /// How many rows go through the products at a time.
  static let blockRows = 96

  var hidden: Matrix<Float>
  var queriesKeysValues: Matrix<Float>
  var context: Matrix<Float>
  var expanded: Matrix<Float>
  var attention: Attention
  /// The left factor of a product in integers.
  var quantized: QuantizedRows

  init(_ configuration: BertConfiguration, maximumTokens: Int) {
    let size = configuration.hiddenSize
    hidden = Matrix(rows: maximumTokens, columns: size)
    queriesKeysValues = Matrix(rows: maximumTokens, columns: 3 * size)
    context = Matrix(rows: maximumTokens, columns: size)
    expanded = Matrix(rows: min(Self.blockRows, maximumTokens), columns: configuration.intermediateSize)
    quantized = QuantizedRows(rows: expanded.rows, columns: max(size, configuration.intermediateSize))
    attention = Attention(
      heads: configuration.heads, headSize: configuration.headSize, maximumTokens: maximumTokens)
  }
}
