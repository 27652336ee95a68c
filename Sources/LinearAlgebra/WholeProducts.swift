internal import CKernels

/// Σ q and Σ q·q over rows of whole numbers q below 2³⁹ in magnitude, exactly.
protocol WholeProducts: Sendable {
  /// Of no rows yet.
  init(width: Int)
  /// Adds rows of features [· × d], each value as the whole number nearest to it times `scale`: 256 at the most at a time, and 2¹³ in all.
  mutating func add(_ values: ArraySlice<Float>, scale: Double)
  /// Σ q of a feature.
  func sum(_ column: Int) -> Int64
  /// Σ q·q of two features, the first not behind the second.
  func product(_ row: Int, _ column: Int) -> Int128
}

/// By doubles, which hold whole numbers up to 2⁵³: those of the upper and lower halves are told apart.
struct DoubleProducts: WholeProducts {
  private var sums: [Double]
  private var parts = WholeParts()
  /// Σ high·high, Σ low·low and Σ (high + low)·(high + low), from which the mixed products follow (Karatsuba and Ofman 1962)
  /// [d × d], on the diagonal and above.
  private var high, low, both: Matrix<Double>

  init(width: Int) {
    sums = [Double](repeating: 0, count: width)
    high = Matrix(rows: width, columns: width)
    (low, both) = (high, high)
  }

  mutating func add(_ values: ArraySlice<Float>, scale: Double) {
    parts.take(values, scale: scale)
    for start in stride(from: 0, to: values.count, by: max(1, sums.count)) {
      for column in sums.indices { sums[column] += parts.wholes[start + column] }
    }
    add(parts.highs, to: \.high)
    add(parts.lows, to: \.low)
    add(parts.sums, to: \.both)
  }

  private mutating func add(_ parts: [Double], to triangle: WritableKeyPath<DoubleProducts, Matrix<Double>>) {
    let parts = Matrix(rows: parts.count / max(1, sums.count), columns: sums.count, elements: parts)
    PackedDoubles(parts).addTriangle(transposing: parts, to: &self[keyPath: triangle])
  }

  func sum(_ column: Int) -> Int64 { Int64(sums[column]) }

  func product(_ row: Int, _ column: Int) -> Int128 {
    let (high, low) = (Int64(high[row, column]), Int64(low[row, column]))
    let mixed = Int64(both[row, column]) - high - low
    let bits = Int128(WholeParts.lowBits)
    return Int128(high) &<< (2 * bits) + Int128(mixed) &<< bits + Int128(low)
  }
}

/// By multiply-adds of whole numbers, where the processor has them: in half of the time.
struct IntegerProducts: WholeProducts {
  /// Whether there are such.
  static var areSupported: Bool { firn_multiplies_wholes() }

  private var rows = 0
  /// The numbers are moved by an offset that leaves none below zero.
  private var sums: [UInt64]
  /// The rows that are being added, in the order in which the kernel reads them.
  private var packed: [UInt64] = []
  /// The products' bits above the lower 52, and those [stride × stride].
  private var highs, lows: [UInt64]
  private let stride: Int

  init(width: Int) {
    stride = firn_packed_wholes_count(1, width)
    sums = [UInt64](repeating: 0, count: width)
    highs = [UInt64](repeating: 0, count: stride * stride)
    lows = highs
  }

  mutating func add(_ values: ArraySlice<Float>, scale: Double) {
    guard !sums.isEmpty else { return }
    let (added, width) = (values.count / sums.count, sums.count)
    let size = firn_packed_wholes_count(added, width)
    if packed.count < size { packed = [UInt64](repeating: 0, count: size) }
    values.withUnsafeBufferPointer { values in
      guard let start = values.baseAddress else { return }
      firn_pack_wholes(start, added, width, scale, &packed, &sums)
    }
    firn_add_whole_products(packed, added, width, &lows, &highs)
    rows += added
  }

  func sum(_ column: Int) -> Int64 { Int64(sums[column]) - Int64(rows) * firn_whole_offset }

  /// (q + offset)·(q′ + offset) = q·q′ + offset·(q + q′) + offset².
  func product(_ row: Int, _ column: Int) -> Int128 {
    let (place, offset) = (row * stride + column, Int128(firn_whole_offset))
    let moved = Int128(highs[place]) &<< 52 + Int128(lows[place])
    return moved - offset * (Int128(sum(row)) + Int128(sum(column))) - Int128(rows) * offset * offset
  }
}
