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

  /// Turns each element x into 1/(1 + exp(−x)), small ones with all their digits.
  public mutating func applyLogistic() {
    var exponentials = elements.map { -abs($0) }
    let count = elements.count
    exponentials.withUnsafeMutableBufferPointer { values in
      guard let base = values.baseAddress else { return }
      firn_arithmetic().pointee.exp(base, count)
    }
    for index in elements.indices {
      let exponential = exponentials[index]
      elements[index] = (elements[index] < 0 ? exponential : 1) / (1 + exponential)
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
