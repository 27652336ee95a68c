internal import CKernels

/// Values as whole numbers of units, each in two parts of 20 bits: high · 2²⁰ + low.
struct WholeParts: Sendable {
  private(set) var wholes, highs, lows: [Double]
  /// The high and low part of each, added up.
  private(set) var sums: [Double]

  /// The whole numbers nearest to `values` times `scale`, below 2⁵¹.
  init(of values: ArraySlice<Float>, scale: Double) {
    wholes = [Double](repeating: 0, count: values.count)
    (highs, lows, sums) = (wholes, wholes, wholes)
    values.withUnsafeBufferPointer { values in
      guard let start = values.baseAddress else { return }
      firn_arithmetic().pointee.split(start, values.count, scale, &wholes, &highs, &lows, &sums)
    }
  }
}
