internal import CKernels

/// Rows in 8-bit integers, each row with a scale of its own: a quarter of the size of floats.
///
/// What a row's integers leave out is known by its norm, so that a product with them is a bound on the product with the row.
public struct ByteRows: Sendable {
  /// How many rows.
  public let rows: Int
  /// How many values a row has.
  public let columns: Int
  /// What one unit of a row's integers is worth [rows]; 0 for a row that is all zeros by them.
  public let scales: [Float]
  /// ‖x − scale · integers‖ of each row x [rows]; not finite where x is not.
  public let residuals: [Double]
  /// From one row to the next: whole steps of the kernels, filled up with zeros.
  let stride: Int
  private let integers: FixedBuffer<Int8>

  /// The rows of `matrix` in integers from −127 to 127. O(rows · columns).
  public init(_ matrix: Matrix<Float>, threads: Threads) {
    let (rows, columns, stride) = (matrix.rows, matrix.columns, (matrix.columns + 31) / 32 * 32)
    (self.rows, self.columns, self.stride) = (rows, columns, stride)
    var scales = [Float](repeating: 0, count: rows)
    var residuals = [Double](repeating: 0, count: rows)
    integers = FixedBuffer(count: rows * stride) { integers in
      integers.initialize(repeating: 0)
      matrix.elements.withUnsafeBufferPointer { elements in
        scales.withUnsafeMutableBufferPointer { scales in
          residuals.withUnsafeMutableBufferPointer { residuals in
            guard let elements = elements.baseAddress, let integers = integers.baseAddress,
              let scales = scales.baseAddress, let residuals = residuals.baseAddress
            else { return }
            // Every block writes what belongs to its own rows and nothing else.
            nonisolated(unsafe) let (x, out, scale, residual) = (elements, integers, scales, residuals)
            let blockRows = 512
            threads.forEach((rows + blockRows - 1) / blockRows) { block in
              let start = block * blockRows
              firn_arithmetic().pointee.quantize_bytes(
                x + start * columns, min(blockRows, rows - start), columns, out + start * stride, stride,
                scale + start, residual + start)
            }
          }
        }
      }
    }
    (self.scales, self.residuals) = (scales, residuals)
  }

  /// The products of some rows' integers with those of a query of as many columns, exact, one for each row.
  public func products(_ range: Range<Int>, with query: WideInteger) -> [Int32] {
    precondition(query.integers.count == stride, "a query is as long as the rows")
    precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows lie inside their matrix")
    return [Int32](unsafeUninitializedCapacity: range.count) { out, initialized in
      integers.withUnsafeBufferPointer { integers in
        guard let start = integers.baseAddress, let out = out.baseAddress else { return }
        firn_arithmetic().pointee.byte_products(
          start + range.lowerBound * stride, range.count, stride, query.integers, out)
      }
      initialized = range.count
    }
  }

  /// The same of the rows at `indices`, which lie below 2³².
  public func products(ofRows indices: [UInt32], with query: WideInteger) -> [Int32] {
    precondition(query.integers.count == stride, "a query is as long as the rows")
    precondition(indices.allSatisfy { $0 < rows }, "rows lie inside their matrix")
    return [Int32](unsafeUninitializedCapacity: indices.count) { out, initialized in
      integers.withUnsafeBufferPointer { integers in
        guard let start = integers.baseAddress, let out = out.baseAddress else { return }
        firn_arithmetic().pointee.chosen_byte_products(
          start, stride, indices, indices.count, query.integers, out)
      }
      initialized = indices.count
    }
  }

  func withUnsafeIntegers(_ body: (UnsafeBufferPointer<Int8>) -> Void) {
    integers.withUnsafeBufferPointer(body)
  }

  /// A query in 16-bit integers, so many that its products with bytes have room in 32 bits.
  public struct WideInteger: Sendable {
    /// What one unit is worth.
    public let scale: Double
    /// ‖q − scale · integers‖ of the query q.
    public let residual: Double
    fileprivate let integers: [Int16]

    /// One value, again and again, as it is.
    init(filledWith value: Int16, count: Int) {
      (scale, residual) = (1, 0)
      integers = [Int16](repeating: value, count: count)
    }

    /// A query, all of whose values are finite.
    public init(_ query: [Double]) {
      let (greatest, total) = query.reduce(into: (0.0, 0.0)) {
        ($0.0, $0.1) = (max($0.0, abs($1)), $0.1 + abs($1))
      }
      // Rounding adds half to each of the integers.
      let room = Double(Int32.max) / 127 - Double(query.count)
      let scale = max(greatest / Double(Int16.max), total / max(1, room))
      self.scale = scale
      // Adding this number rounds to a whole one.
      let values = query.map { scale > 0 ? $0 / scale + 0x1.8p52 - 0x1.8p52 : 0 }
      residual = zip(query, values).reduce(0) { sum, pair in
        let rest = pair.0 - scale * pair.1
        return sum + rest * rest
      }.squareRoot()
      integers = values.map { Int16($0) } + [Int16](repeating: 0, count: -query.count & 31)
    }
  }
}
