internal import LinearAlgebra

/// x·Wᵀ + b with frozen weights, in the arithmetic of a numeric mode.
struct LinearLayer: Sendable {
  private enum Weights: Sendable {
    case float32(PackedMatrix)
    case int16(QuantizedMatrix)
  }

  private let weights: Weights
  private let bias: [Float]

  /// Shapes: weight [outputs × inputs], bias [outputs].
  init(weight: Matrix<Float>, bias: [Float], numeric: NumericMode) {
    weights =
      switch numeric {
      case .float32: .float32(PackedMatrix(weight, transposed: true))
      case .int16: .int16(QuantizedMatrix(weight, transposed: true))
      }
    self.bias = bias
  }

  /// output[outputRows] ← (what it held when `accumulating`) + input[rows]·Wᵀ + b. Shapes: input [· × inputs],
  /// output [· × outputs]; `quantized` has room for the rows.
  func apply(
    to input: Matrix<Float>, rows: Range<Int>, accumulating: Bool = false, into output: inout Matrix<Float>,
    rows outputRows: Range<Int>, quantizing quantized: inout QuantizedRows
  ) {
    switch weights {
    case .float32(let weights):
      weights.multiply(
        input, rows: rows, plus: bias, accumulating: accumulating, into: &output, rows: outputRows)
    case .int16(let weights):
      quantized.fill(from: input, rows: rows)
      weights.multiply(quantized, plus: bias, accumulating: accumulating, into: &output, rows: outputRows)
    }
  }
}
