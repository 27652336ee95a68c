internal import CKernels

/// What is done to rows in place. Every function gives the same bits on every processor family.
extension Matrix<Float> {
  /// Normalises each of `range`'s rows to mean 0 and variance 1, then scales and shifts each column (Ba, Kiros and
  /// Hinton 2016). The variance takes a pass of its own.
  public mutating func normalizeLayers(
    rows range: Range<Int>, scale: [Float], shift: [Float], epsilon: Float
  ) {
    precondition(scale.count == columns && shift.count == columns, "one scale and one shift a column")
    let width = columns
    withRows(range) { firn_arithmetic().pointee.layer_norm($0, range.count, width, scale, shift, epsilon) }
  }

  /// Turns each of `range`'s rows of scores into probabilities: exp(x − max) / Σ exp(x − max).
  public mutating func softmax(rows range: Range<Int>) {
    let width = columns
    withRows(range) { firn_arithmetic().pointee.softmax($0, width, range.count, width) }
  }

  /// Puts each element of `range`'s rows through `activation`.
  public mutating func apply(_ activation: Activation, rows range: Range<Int>) {
    let count = range.count * columns
    withRows(range) { start in
      switch activation {
      case .identity: break
      case .relu: for index in 0..<count { start[index] = max(0, start[index]) }
      case .gelu: firn_arithmetic().pointee.gelu(start, count)
      case .geluTanh: firn_arithmetic().pointee.gelu_tanh(start, count)
      case .silu: firn_arithmetic().pointee.silu(start, count)
      case .tanh: firn_arithmetic().pointee.tanh(start, count)
      }
    }
  }

  private mutating func withRows(_ range: Range<Int>, _ body: (UnsafeMutablePointer<Float>) -> Void) {
    precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows lie inside their matrix")
    let start = range.lowerBound * columns
    elements.withUnsafeMutableBufferPointer { elements in
      guard let base = elements.baseAddress else { return }
      body(base + start)
    }
  }
}

/// The functions of one value that networks put between their layers.
public enum Activation: String, Sendable, Hashable, Codable {
  case identity
  case relu
  /// x·Φ(x), by the error function (Hendrycks and Gimpel 2016).
  case gelu
  /// Its approximation by a hyperbolic tangent, from the same paper.
  case geluTanh
  /// x·σ(x) (Elfwing, Uchibe and Doya 2017).
  case silu
  case tanh
}
