internal import CKernels

/// Values as whole numbers of units, each in two parts of 20 bits: high · 2²⁰ + low. The room is used again and again.
struct WholeParts: Sendable {
  static let lowBits = 20
  private(set) var wholes: [Double] = []
  private(set) var highs: [Double] = []
  private(set) var lows: [Double] = []
  /// The high and low part of each, added up.
  private(set) var sums: [Double] = []

  /// Takes the whole numbers nearest to `values` times `scale`, below 2⁵¹.
  mutating func take(_ values: ArraySlice<Float>, scale: Double) {
    if wholes.count != values.count {
      let room = [Double](repeating: 0, count: values.count)
      (wholes, highs, lows, sums) = (room, room, room, room)
    }
    values.withUnsafeBufferPointer { values in
      guard let start = values.baseAddress else { return }
      firn_arithmetic().pointee.split(start, values.count, scale, &wholes, &highs, &lows, &sums)
    }
  }
}
