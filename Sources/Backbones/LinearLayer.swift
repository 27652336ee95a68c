internal import LinearAlgebra

/// x·Wᵀ + b with frozen weights, in the arithmetic of a numeric mode.
struct LinearLayer: Sendable {
  private enum Weights: Sendable {
    case float32(PackedMatrix)
    case int16(QuantizedMatrix)
  }

  private let weights: Weights
  private let bias: [Float]

  /// The layer whose weight is `stack`: the tensors under one another, all as wide as there are inputs.
  ///
  /// Shapes: weight [outputs × inputs], bias [outputs].
  /// - Throws: ``BackboneError/tensor(file:name:problem:)`` where a weight is not finite.
  init(
    stacking stack: [MappedTensor], bias: [Float], numeric: NumericMode = .float32
  ) throws(BackboneError) {
    let inputs = stack.first?.columns ?? 0
    let rows = stack.flatMap { tensor in (0..<tensor.rows).map { (tensor: tensor, row: $0) } }
    var unusable: MappedTensor?
    let fill = { (output: Int, values: inout MutableSpan<Float>) in
      rows[output].tensor.readRow(rows[output].row, into: &values)
      if !values.areFinite { unusable = rows[output].tensor }
    }
    weights =
      switch numeric {
      case .float32: .float32(PackedMatrix(rows: inputs, columns: rows.count, fillColumn: fill))
      case .int16: .int16(QuantizedMatrix(rows: inputs, columns: rows.count, fillColumn: fill))
      }
    self.bias = bias
    if let unusable { throw unusable.unusable(MappedTensor.notFinite) }
  }

  /// output[outputRows] ← activation((what it held when `accumulating`) + input[rows]·Wᵀ + b). Shapes: input [· × inputs],
  /// output [· × outputs]; `quantized` has room for the rows.
  func apply(
    to input: Matrix<Float>, rows: Range<Int>, accumulating: Bool = false,
    activation: Activation = .identity, into output: inout Matrix<Float>,
    rows outputRows: Range<Int>, quantizing quantized: inout QuantizedRows
  ) {
    switch weights {
    case .float32(let weights):
      weights.multiply(
        input, rows: rows, plus: bias, accumulating: accumulating, activation: activation, into: &output,
        rows: outputRows)
    case .int16(let weights):
      quantized.fill(from: input, rows: rows)
      weights.multiply(
        quantized, plus: bias, accumulating: accumulating, activation: activation, into: &output,
        rows: outputRows)
    }
  }
}

extension MutableSpan<Float> {
  /// Whether none of the values is infinite or not a number: the greatest of their bits without the sign tells.
  fileprivate var areFinite: Bool {
    var greatest: UInt32 = 0
    for index in indices { greatest = Swift.max(greatest, self[index].magnitude.bitPattern) }
    return greatest < Float.infinity.bitPattern
  }
}
