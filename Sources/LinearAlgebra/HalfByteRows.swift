internal import CKernels

/// Rows in 4-bit integers, each row with a scale of its own, and what these leave out in 4-bit integers again: together as large as
/// ``ByteRows`` and nearly as fine, but half of them tells much already.
///
/// What a row's integers leave out is known by its norm, so that a product with them is a bound on the product with the row.
public struct HalfByteRows: Sendable {
  /// The integers of all rows, odd ones from −15 to 15.
  public struct Half: Sendable {
    /// What one unit is worth [rows]; 0 for a row that is all zeros by them.
    public let scales: [Float]
    /// The norm of what is left out of each row by these integers, and those before, [rows]; not finite where the row is not.
    public let residuals: [Double]
    fileprivate let stride: Int
    fileprivate let integers: FixedBuffer<UInt8>

    /// How many rows.
    public var rows: Int { scales.count }
  }

  /// The rows by their first integers, and what these leave out by the second.
  public let firsts, seconds: Half

  private static let blockRows = 512

  /// The rows of `matrix` in integers. O(rows · columns).
  public init(_ matrix: Matrix<Float>, threads: Threads) {
    // From one row to the next are whole steps of the kernels.
    let stride = (matrix.columns + 127) / 128 * 64
    var (blocks, second): ([(first: Measures, second: Measures)], FixedBuffer<UInt8>) = (
      [], FixedBuffer(count: 0) { _ in }
    )
    let first = FixedBuffer<UInt8>(count: matrix.rows * stride) { first in
      second = FixedBuffer(count: matrix.rows * stride) { second in
        guard let first = first.baseAddress, let second = second.baseAddress else { return }
        // Every block writes what belongs to its own rows and nothing else.
        nonisolated(unsafe) let (one, other) = (first, second)
        blocks = threads.mapBlocks(of: matrix.rows, by: Self.blockRows) { rows in
          let own = Measures(of: matrix.rows(at: rows), to: one + rows.lowerBound * stride, stride: stride)
          return (own, Measures(of: own.rest, to: other + rows.lowerBound * stride, stride: stride))
        }
      }
    }
    func half(_ integers: FixedBuffer<UInt8>, _ measures: [Measures]) -> Half {
      Half(
        scales: measures.flatMap(\.scales), residuals: measures.flatMap(\.residuals), stride: stride,
        integers: integers)
    }
    firsts = half(first, blocks.map(\.first))
    seconds = half(second, blocks.map(\.second))
  }

  /// What is known of some rows when they are in integers.
  private struct Measures {
    private(set) var scales: [Float]
    private(set) var residuals: [Double]
    private(set) var rest: Matrix<Float>

    init(of matrix: Matrix<Float>, to integers: UnsafeMutablePointer<UInt8>, stride: Int) {
      let (rows, columns) = (matrix.rows, matrix.columns)
      (scales, residuals) = ([Float](repeating: 0, count: rows), [Double](repeating: 0, count: rows))
      var rest = [Float](repeating: 0, count: rows * columns)
      firn_arithmetic().pointee.quantize_half_bytes(
        matrix.elements, rows, columns, integers, stride, &scales, &rest, &residuals)
      self.rest = Matrix(rows: rows, columns: columns, elements: rest)
    }
  }

  /// A query in 8-bit integers.
  public struct ByteInteger: Sendable {
    /// What one unit is worth.
    public let scale: Double
    /// ‖q − scale · integers‖ of the query q.
    public let residual: Double
    fileprivate let integers: [Int8]

    /// A query, all of whose values are finite.
    public init(_ query: [Double]) {
      let scale = query.reduce(0) { max($0, abs($1)) } / Double(Int8.max)
      let values = query.map { scale > 0 ? ($0 / scale).rounded() : 0 }
      self.scale = scale
      residual = zip(query, values).reduce(0) { sum, pair in
        let rest = pair.0 - scale * pair.1
        return sum + rest * rest
      }.squareRoot()
      integers = values.map { Int8($0) } + [Int8](repeating: 0, count: -query.count & 127)
    }
  }
}

extension HalfByteRows.Half {
  /// The products of some rows' integers with those of a query of as many columns, exact, one for each row.
  public func products(_ range: Range<Int>, with query: HalfByteRows.ByteInteger) -> [Int32] {
    precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows lie inside their matrix")
    return products(of: nil, from: range.lowerBound, count: range.count, with: query)
  }

  /// The same of the rows at `indices`, which lie below 2³².
  public func products(ofRows indices: [UInt32], with query: HalfByteRows.ByteInteger) -> [Int32] {
    precondition(indices.allSatisfy { $0 < rows }, "rows lie inside their matrix")
    return indices.withUnsafeBufferPointer {
      products(of: $0.baseAddress, from: 0, count: indices.count, with: query)
    }
  }

  private func products(
    of indices: UnsafePointer<UInt32>?, from first: Int, count: Int, with query: HalfByteRows.ByteInteger
  ) -> [Int32] {
    precondition(query.integers.count == 2 * stride, "a query is as long as the rows")
    return [Int32](unsafeUninitializedCapacity: count) { out, initialized in
      integers.withUnsafeBufferPointer { integers in
        guard let start = integers.baseAddress, let out = out.baseAddress else { return }
        firn_arithmetic().pointee.half_byte_products(
          start + first * stride, stride, indices, count, query.integers, out)
      }
      initialized = count
    }
  }
}
