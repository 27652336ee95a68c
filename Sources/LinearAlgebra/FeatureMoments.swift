/// How many rows there are, what they sum up to and what their products sum up to, exactly.
///
/// Each value counts as the nearest multiple of 2⁻³⁹ of the scale, so that all sums are sums of whole numbers: they do not
/// depend on the order in which rows come and go, on threads, or on how rows are spread over shards. What is added can be
/// taken away again without a trace.
public struct FeatureMoments: Sendable, Equatable {
  /// How many rows.
  public private(set) var rows: Int
  /// No value is larger than two to this power, at least 1.
  public let exponent: Int
  /// How many rows have a value above half of that: while there are some, no smaller scale would do.
  private(set) var rowsAtScale: Int
  /// Σ q of each feature [d].
  private(set) var sums: [Int64]
  /// Σ q·q of each pair of features [d × d].
  private(set) var products: [Int128]

  /// The bits of a value behind its sign.
  private static let bits = 39
  /// So many rows, an eighth in each lane, are summed up before they are added to what has more room.
  private static let chunkRows = 1 << 16
  private static let blockRows = 256
  /// rows² · 2⁷⁸ is less than 2¹²⁷.
  static let mostExactRows = 1 << 24

  /// The moments of features [N × d], finite, at the smallest scale, or at a larger one that is given. O(N·d²).
  public init(_ features: Matrix<Float>, exponent: Int? = nil, threads: Threads) {
    let width = features.columns
    let largest = threads.mapBlocks(of: features.rows, by: Self.blockRows) { rows in
      rows.map { features.row($0).largestMagnitude }
    }.flatMap { $0 }
    let exponent = exponent ?? Self.exponent(of: largest.max() ?? 0)
    (self.exponent, rows) = (exponent, features.rows)
    rowsAtScale =
      exponent > 0 ? largest.count { $0 > Float(sign: .plus, exponent: exponent - 1, significand: 1) } : 0
    sums = [Int64](repeating: 0, count: width)
    products = [Int128](repeating: 0, count: width * width)
    for start in stride(from: 0, to: features.rows, by: Self.chunkRows) {
      let rows = start..<min(features.rows, start + Self.chunkRows)
      if IntegerProducts.areSupported {
        add(features, rows: rows, by: IntegerProducts.self, threads: threads)
      } else {
        add(features, rows: rows, by: DoubleProducts.self, threads: threads)
      }
    }
  }

  init(rows: Int, exponent: Int, rowsAtScale: Int, sums: [Int64], products: [Int128]) {
    (self.rows, self.exponent, self.rowsAtScale) = (rows, exponent, rowsAtScale)
    (self.sums, self.products) = (sums, products)
  }

  /// The least exponent, at least 0, of a power of two that is not below `value`.
  private static func exponent(of value: Float) -> Int {
    guard value > 1 else { return 0 }
    return Int(value.exponent) + (value.significand > 1 ? 1 : 0)
  }

  /// Whether the moments of so many rows can be kept as words.
  public var canBeKept: Bool { rows <= Self.mostExactRows }

  /// How many features.
  public var width: Int { sums.count }

  /// Whether rows that go leave the scale as it would be without them, and rows that come fit into it.
  public func keepsItsScale(adding added: FeatureMoments, removing removed: FeatureMoments) -> Bool {
    exponent == 0 || rowsAtScale + added.rowsAtScale > removed.rowsAtScale
  }

  /// Whether the scale of these moments holds all values of a row.
  public func holds(_ row: ArraySlice<Float>) -> Bool {
    let limit = Float(sign: .plus, exponent: exponent, significand: 1)
    return row.allSatisfy { abs($0) <= limit }
  }

  /// Adds the rows of other moments at the same scale, or takes them away.
  public mutating func combine(_ other: FeatureMoments, removing: Bool) {
    precondition(other.exponent == exponent && other.width == width, "moments of one scale and width")
    let sign: Int64 = removing ? -1 : 1
    rows += Int(sign) * other.rows
    rowsAtScale += Int(sign) * other.rowsAtScale
    for index in sums.indices { sums[index] += sign * other.sums[index] }
    for index in products.indices { products[index] += Int128(sign) * other.products[index] }
  }

  /// The size of one unit of the whole numbers.
  var unit: Double { Double(sign: .plus, exponent: exponent - Self.bits, significand: 1) }

  /// The mean of each feature [d]; 0 where there are no rows.
  public var means: [Double] { sums.map { Double($0) / Double(max(1, rows)) * unit } }

  /// Σ (x − mean)·(x − mean)ᵀ over the rows x [d × d]. Only the last step rounds, but for more rows than 128 bits can be sure of.
  public var scatter: Matrix<Double> {
    let (count, scale) = (Int128(max(1, rows)), unit * unit / Double(max(1, rows)))
    var elements = [Double](repeating: 0, count: width * width)
    for row in 0..<width {
      for column in 0..<width {
        let index = row * width + column
        elements[index] =
          rows <= Self.mostExactRows
          ? (count * products[index] - Int128(sums[row]) * Int128(sums[column])).rounded * scale
          : (Double(products[index]) - Double(sums[row]) * Double(sums[column]) / Double(rows)) * unit * unit
      }
    }
    return Matrix(rows: width, columns: width, elements: elements)
  }

  /// A value as a whole number below 2⁵¹.
  static func whole(_ value: Float, scale: Double) -> Int64 {
    // Adding this number leaves no room for a fraction, and the whole number in the last bits.
    let rounder = 0x1.8p52
    return Int64(bitPattern: (Double(value) * scale + rounder).bitPattern &- rounder.bitPattern)
  }

  /// What a value is multiplied by to become a whole number.
  var scale: Double { 1 / unit }

  private mutating func add<Products: WholeProducts>(
    _ features: Matrix<Float>, rows: Range<Int>, by _: Products.Type, threads: Threads
  ) {
    let (width, scale) = (features.columns, scale)
    let partials = threads.fold(
      blocks: (rows.count + Self.blockRows - 1) / Self.blockRows, into: { Products(width: width) }
    ) { partial, block in
      let start = rows.lowerBound + block * Self.blockRows
      let range = start..<min(rows.upperBound, start + Self.blockRows)
      partial.add(features.elements[range.lowerBound * width..<range.upperBound * width], scale: scale)
    }
    for partial in partials {
      for row in 0..<width {
        sums[row] += partial.sum(row)
        for column in row..<width { products[row * width + column] += partial.product(row, column) }
      }
    }
    for row in 0..<width {
      for column in 0..<row { products[row * width + column] = products[column * width + row] }
    }
  }
}

extension ArraySlice<Float> {
  /// The largest magnitude of finite values; their bits without the sign are in the same order.
  fileprivate var largestMagnitude: Float {
    Float(bitPattern: reduce(0) { Swift.max($0, $1.bitPattern & 0x7fff_ffff) })
  }
}

extension Int128 {
  /// The nearest double, of two equally near the even one: what `Double(_:)` gives, in a fraction of its time.
  var rounded: Double {
    let surplus = UInt128.bitWidth - magnitude.leadingZeroBitCount - UInt64.bitWidth
    guard surplus > 0 else { return (self < 0 ? -1 : 1) * Double(UInt64(truncatingIfNeeded: magnitude)) }
    // A last bit in place of all that is cut off keeps a tie from seeming to be one.
    let rest: UInt64 = magnitude & ((1 << UInt128(surplus)) - 1) == 0 ? 0 : 1
    let kept = UInt64(truncatingIfNeeded: magnitude &>> UInt128(surplus)) | rest
    return (self < 0 ? -1 : 1) * Double(sign: .plus, exponent: surplus, significand: Double(kept))
  }
}
