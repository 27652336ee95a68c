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

  /// The bits of a value behind its sign, and those of its lower part.
  private static let (bits, lowBits) = (39, 20)
  /// So many rows, an eighth in each lane, are summed up before doubles, which hold whole numbers up to 2⁵³, are added to wider ones.
  private static let chunkRows = 1 << 18
  private static let blockRows = 512
  /// rows² · 2⁷⁸ is less than 2¹²⁷.
  static let mostExactRows = 1 << 24

  /// The moments of features [N × d], finite, at the smallest scale, or at a larger one that is given. O(N·d²).
  public init(_ features: Matrix<Float>, exponent: Int? = nil, threads: Threads) {
    let width = features.columns
    let largest = threads.map(features.rows) { row in features.row(row).reduce(0) { max($0, abs($1)) } }
    let exponent = exponent ?? Self.exponent(of: largest.max() ?? 0)
    (self.exponent, rows) = (exponent, features.rows)
    rowsAtScale =
      exponent > 0 ? largest.count { $0 > Float(sign: .plus, exponent: exponent - 1, significand: 1) } : 0
    sums = [Int64](repeating: 0, count: width)
    products = [Int128](repeating: 0, count: width * width)
    for start in stride(from: 0, to: features.rows, by: Self.chunkRows) {
      add(features, rows: start..<min(features.rows, start + Self.chunkRows), threads: threads)
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
          ? Double(count * products[index] - Int128(sums[row]) * Int128(sums[column])) * scale
          : (Double(products[index]) - Double(sums[row]) * Double(sums[column]) / Double(rows)) * unit * unit
      }
    }
    return Matrix(rows: width, columns: width, elements: elements)
  }

  /// A value as a whole number in two parts of 20 bits, high · 2²⁰ + low.
  static func parts(of value: Float, scale: Double) -> (high: Double, low: Double) {
    // Adding and taking away this number rounds to a whole one, as long as the value is below 2⁵¹.
    let rounder = 0x1.8p52
    let whole = Double(value) * scale + rounder - rounder
    let high = whole * 0x1p-20 + rounder - rounder
    return (high, whole - high * 0x1p20)
  }

  /// The whole number of two parts.
  static func whole(_ parts: (high: Double, low: Double)) -> Int64 {
    Int64(parts.high) &<< Int64(lowBits) + Int64(parts.low)
  }

  /// What a value is multiplied by to become a whole number.
  var scale: Double { 1 / unit }

  private mutating func add(_ features: Matrix<Float>, rows: Range<Int>, threads: Threads) {
    let (width, scale) = (features.columns, scale)
    let partials = threads.fold(
      blocks: (rows.count + Self.blockRows - 1) / Self.blockRows, into: { Partial(width: width) }
    ) { partial, block in
      let start = rows.lowerBound + block * Self.blockRows
      let range = start..<min(rows.upperBound, start + Self.blockRows)
      partial.add(features.elements[range.lowerBound * width..<range.upperBound * width], scale: scale)
    }
    for partial in partials {
      for column in 0..<width {
        sums[column] += Self.whole((partial.highSums[column], partial.lowSums[column]))
      }
      for row in 0..<width {
        for column in 0..<width {
          let (index, mirror) = (row * width + column, column * width + row)
          // The products of equal parts are symmetric; one triangle of them is computed.
          let triangle = row <= column ? index : mirror
          let mixed = Int64(partial.mixed.elements[index]) + Int64(partial.mixed.elements[mirror])
          let high = Int128(Int64(partial.high.elements[triangle]))
          products[index] +=
            high &<< Int128(2 * Self.lowBits) + Int128(mixed) &<< Int128(Self.lowBits)
            + Int128(Int64(partial.low.elements[triangle]))
        }
      }
    }
  }

  /// Sums over some rows, whole numbers in doubles.
  private struct Partial: Sendable {
    var highSums, lowSums: [Double]
    /// Σ high·high, Σ high·low and Σ low·low [d × d]; of the first and last one triangle.
    var high, mixed, low: Matrix<Double>

    init(width: Int) {
      highSums = [Double](repeating: 0, count: width)
      lowSums = highSums
      high = Matrix(rows: width, columns: width)
      (mixed, low) = (high, high)
    }

    mutating func add(_ values: ArraySlice<Float>, scale: Double) {
      let width = highSums.count
      var (highs, lows) = (
        [Double](repeating: 0, count: values.count), [Double](repeating: 0, count: values.count)
      )
      for (index, value) in values.enumerated() {
        (highs[index], lows[index]) = FeatureMoments.parts(of: value, scale: scale)
      }
      for start in stride(from: 0, to: values.count, by: max(1, width)) {
        for column in 0..<width {
          highSums[column] += highs[start + column]
          lowSums[column] += lows[start + column]
        }
      }
      let rows = values.count / max(1, width)
      let parts = (
        high: Matrix(rows: rows, columns: width, elements: highs),
        low: Matrix(rows: rows, columns: width, elements: lows)
      )
      parts.high.addSquareTriangle(to: &high)
      parts.low.addSquareTriangle(to: &low)
      parts.high.addTransposedProduct(with: parts.low, to: &mixed)
    }
  }
}
